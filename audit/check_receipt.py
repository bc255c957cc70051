#!/usr/bin/env python3
"""Does a receipt of a qingdan system prove that a complaint was filed? For whoever holds one, to be read in five minutes.

It needs Python 3.9 or newer and this file alone; it asks no server. What it holds against what:

1. the signature   Ed25519 (RFC 8032) over the receipt's canonical JSON, under the key that it names;
                   with --key or --heads also: is that one of the published keys?
2. the day         with --heads (heads.csv of the public page) or --root: the receipt's proof leads from the leaf to the published root (RFC 6962)
3. the words       where they were kept with the receipt: it is bound to them, H("commitment", salt, canonical words), H as in verify_ledger.py

Exit: 0 all that was asked holds; 1 something does not; 2 it could not be checked.
"""

import argparse
import csv
import hashlib
import json
import sys

SIGNED = ("receipt", "reference", "at", "seq", "alg", "sealed", "leaf", "head", "key")
P = 2**255 - 19  # the curve of Ed25519
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(a, b):
    """Points as (x, y, z, x*y/z)."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, d - c, d + c, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    found = (0, 1, 1, 0)
    while n:
        found = add(found, point) if n & 1 else found
        point, n = add(point, point), n >> 1
    return found


def point(raw):
    """The point of 32 bytes, or None."""
    number = int.from_bytes(raw, "little")
    y, odd = number & (2**255 - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * ROOT_OF_MINUS_ONE % P
    if len(raw) != 32 or y >= P or (x * x - square) % P or (x == 0 and odd):
        return None
    x = x if x & 1 == odd else P - x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(public, text, signature):
    a, r, s = point(public), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or len(signature) != 64 or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % L
    one, two = times(s, BASE), add(r, times(h, a))
    return (one[0] * two[2] - two[0] * one[2]) % P == 0 and (one[1] * two[2] - two[1] * one[2]) % P == 0


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(alg, *parts):
    h = hashlib.new(alg)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        h.update(len(raw).to_bytes(8, "big") + raw)
    return h.hexdigest()


def proves(leaf, proof):
    """The root to which the proof leads from the leaf."""
    alg, low, high, turns = proof["alg"], 0, proof["size"], []
    while high - low > 1:
        middle = low + (1 << (high - low - 1).bit_length() - 1)
        turns.append(proof["place"] < middle)
        low, high = (low, middle) if turns[-1] else (middle, high)
    found = hashlib.new(alg, b"\x00" + leaf.encode()).digest()
    for left, other in zip(reversed(turns), map(bytes.fromhex, proof["hashes"])):
        found = hashlib.new(alg, b"\x01" + (found + other if left else other + found)).digest()
    return found.hex() if len(turns) == len(proof["hashes"]) and 0 <= proof["place"] < proof["size"] else ""


def checks(told, keys, roots):
    """(what, whether it holds) for each; whether is None where there was nothing to hold it against."""
    text = canonical({name: told[name] for name in SIGNED}).encode("utf-8", "surrogatepass")
    yield "签名与所写公钥相符", signed(bytes.fromhex(told["key"]), text, bytes.fromhex(told["signature"]))
    yield "公钥是公布过的", told["key"] in keys if keys else None
    day = told.get("day")
    yield "在当日公布的摘要之内", (proves(told["leaf"], day) == day["root"] and day["root"] in roots) if day and roots else None
    kept = told.get("told")
    bound = [value.partition(":") for value in told["sealed"]]
    words = canonical(kept["fields"]) if kept else ""
    yield "所写内容与记录相符", any(digest(alg, "commitment", kept["salt"], words) == value for alg, _, value in bound) if kept else None


def main(argv=None):
    parser = argparse.ArgumentParser(description="独立核对投诉回执：不联网，不用本系统的任何代码。退出码：0 属实，1 不属实，2 无法核对。")
    parser.add_argument("receipt", help="下载的回执（.json 或者 .txt）")
    parser.add_argument("--key", action="append", default=[], metavar="公钥", help="公布过的公钥，可多次")
    parser.add_argument("--heads", action="append", default=[], metavar="CSV", help="从公开页下载的链首表：用其中的公钥和日摘要，可多次")
    parser.add_argument("--root", action="append", default=[], metavar="日摘要", help="公布过的日摘要，可多次")
    options = parser.parse_args(argv)
    try:
        keys, roots = {key.strip().lower() for key in options.key}, {root.strip().lower() for root in options.root}
        for path in options.heads:
            with open(path, encoding="utf-8-sig", newline="") as lines:
                for line in csv.DictReader(lines):
                    roots.add(line["root"])
                    keys.update((line.get("receipt_keys") or "").split())
        with open(options.receipt, encoding="utf-8-sig") as file:
            text = file.read()
        told = json.loads(text[text.index("{") : text.rindex("}") + 1])
        found = list(checks(told, keys, roots))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"无法核对：{type(error).__name__} {error}", file=sys.stderr)
        return 2
    print(f"受理编号 {told['reference']}，{told['at']}（UTC）记入台账第 {told['seq']} 号；公钥 {told['key']}")
    for what, holds in found:
        print(f"{ {True: '是　', False: '否　', None: '未核对'}[holds]} {what}")
    wrong = False in [holds for _, holds in found]
    print("不属实" if wrong else "属实" if found[1][1] else "签名属实；请再核对公钥是不是公布过的（--key 或者 --heads）")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
