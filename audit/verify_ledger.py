#!/usr/bin/env python3
"""The second verifier: does a qingdan database say what its ledger says was written? For an auditor, to be read in ten minutes.

It needs Python 3.9 or newer and this file alone. It shares no line with the product, reads and never writes. What it holds against what:

1. the chain      events 1, 2, 3 ... without gap; each body in its one canonical spelling; leaf = H("leaf", 1, seq, salt, body);
                  head = H("head", head before, leaf); the recorded tip is the last of them
2. published heads  given with --head or --heads: a cut tail, a fork or a rewritten past cannot also give the old heads
3. the days       the root over the events of a day (RFC 6962), as it was written into the ledger after midnight
4. the columns    of each event against its body; the acts of a case are exactly 1, 2, 3 ...; an act done 代 another fell within a recorded absence
5. the rows       every row of every business table against the digest in the event that last wrote it; rows missing, rows too many
6. the numbers    case numbers are those of their measure, year and serial, without gap; those of 诉 are drawn, so that a gap tells nobody anything
7. the files      length and SHA-256 of every stored file; files that no row names

H(parts) hashes every part with its length (8 bytes, big-endian) before it. NOT_COMPARED says which tables are left out, and why: the
product's own `verify` also replays every case under the rules of law and so compares ledger_obligation; this file knows no law.
Exit: 0 all agree; 1 something does not; 2 it could not be checked.
"""

import argparse
import csv
import hashlib
import json
import re
import sqlite3
import subprocess
import sys
import time
import unicodedata
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

ALGORITHMS = ("sha256", "sm3")
DRAWN = "[0-9A-HJKMNP-TV-Z]{8}"  # the numbers of 诉
NOT_COMPARED = {
    "ledger_obligation": "期限的影子表：要按法规的规则重放才能核对（qingdan verify 核对）",
    "ledger_head": "链首：作为链的一部分核对", "ledger_event": "台账本身：由链核对",
    "ledger_clockmark": "服务器时钟的记号，不是案件事实", "adjustment_draft": "未提交的草稿",
    "notices_notice": "提醒，由台账派生", "notices_reading": "提醒是否看过", "django_session": "登录状态",
    "mfa_authenticator": "二次验证的密钥（加密）；添加和移除在台账中",
    "account_emailaddress": "程序自用，空表", "account_emailconfirmation": "程序自用，空表",
    "notices_letter": "邮件，由提醒派生", "notices_enclosed": "哪条提醒在哪封邮件里", "notices_mailmark": "提醒看到哪里",
    "saved_savedfilter": "个人保存的查询条件", "throttle_salt": "每天的随机数", "throttle_tries": "访问次数，只有来源的摘要",
    "accounts_failure": "连续登录失败的次数", "accounts_entry": "登录记录，数据库只许添加", "accounts_word": "告知本人的话，事情本身在台账中",
    "django_migrations": "数据结构的版本", "django_content_type": "程序自用", "auth_permission": "程序自用", "auth_group": "程序自用",
    "auth_group_permissions": "程序自用", "sqlite_sequence": "数据库自用",
}  # fmt: skip


# ---- where the rows come from: one table at a time, every value as canonical text knows it -------------


class Sqlite:
    """A database file, opened read-only; all reads see one moment."""

    MOMENT = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(?!000000)(\d{6}))?")

    def __init__(self, path):
        self.db = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
        self.db.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        self.db.execute("BEGIN")

    def tables(self):
        return [name for (name,) in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]

    def columns(self, table):
        """{column: its declared type}, and the column that is the key."""
        found = self.db.execute(f'PRAGMA table_info("{table}")').fetchall()
        return {row[1]: row[2] for row in found}, [row[1] for row in found if row[5]][0]

    def rows(self, table, order):
        cursor = self.db.execute(f'SELECT * FROM "{table}" ORDER BY "{order}"')
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, values)) for values in cursor)

    def close(self):
        self.db.close()


class Postgresql:
    """A server, asked through psql: one session, one read-only snapshot, one line of JSON a row. Passwords: PGPASSWORD or ~/.pgpass."""

    MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00:00")

    def __init__(self, address):
        command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", address]
        self.psql = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        list(self._ask("SET TimeZone = 'UTC'; SET client_encoding = 'UTF8'; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"))

    def _ask(self, sql):
        self.psql.stdin.write(f"{sql};\n\\echo .\n")
        self.psql.stdin.flush()
        for line in iter(self.psql.stdout.readline, ".\n"):
            if not line:
                raise OSError("psql 没有回答，见上面它自己的话")
            yield line

    def tables(self):
        asked = "SELECT to_json(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        return [json.loads(line) for line in self._ask(asked)]

    def columns(self, table):
        asked = f"""SELECT json_build_array(a.attname, format_type(a.atttypid, NULL), coalesce(i.indisprimary, false)) FROM pg_attribute a
            LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY(i.indkey)
            WHERE a.attrelid = 'public."{table}"'::regclass AND a.attnum > 0 AND NOT a.attisdropped"""
        found = [json.loads(line) for line in self._ask(asked)]
        return {row[0]: row[1] for row in found}, [row[0] for row in found if row[2]][0]

    def rows(self, table, order):
        return map(json.loads, self._ask(f'SELECT to_json(t) FROM public."{table}" t ORDER BY "{order}"'))

    def close(self):
        self.psql.communicate()


def rows_of(source, table):
    """(key as text, {column: value}) for each row. A value that its column would never hold comes out so that no digest fits it."""
    types, key = source.columns(table)
    for row in source.rows(table, key):
        yield str(row[key]), {name: spelled(source, types[name].lower(), value) for name, value in row.items()}


def spelled(source, kind, value):
    """True/false, 2016-06-07, 2016-06-07T01:00:00.000000Z; bytes as {"bytes": hex}; text and integers as they are."""
    if value is None:
        return None
    if kind in ("bool", "boolean"):
        return bool(value) if type(value) in (bool, int) and value in (0, 1) else {"unreadable": str(value)}
    if kind in ("datetime", "timestamp with time zone"):
        found = source.MOMENT.fullmatch(value) if isinstance(value, str) else None
        return f"{found[1]}T{found[2]}.{(found[3] or ''):0<6}Z" if found else {"unreadable": str(value)}
    return {"bytes": value.hex()} if isinstance(value, bytes) else value


# ---- hashes --------------------------------------------------------------------------------------------


def canonical(value):
    """Sorted keys, no blanks, Chinese as Chinese."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(alg, *parts):
    h = hashlib.new(alg)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        h.update(len(raw).to_bytes(8, "big") + raw)
    return h.hexdigest()


def root(alg, leaves):
    """RFC 6962: leaves under 0x00, nodes under 0x01, split at the largest power of two below their number."""
    if len(leaves) == 1:
        return hashlib.new(alg, b"\x00" + leaves[0].encode()).digest()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.new(alg, b"\x01" + root(alg, leaves[:k]) + root(alg, leaves[k:])).digest()


# ---- what is compared; each yields (table, row, what is wrong, the event that bears on it) ------------


class Ledger:
    """What reading the chain has found: which event last wrote each row, the days, the bodies' own claims."""

    def __init__(self, wanted):
        self.wanted, self.heads = wanted, {}  # the published heads to compare, and what stands at their place
        self.last, self.head, self.count = 0, "", {}
        self.written = {}  # (table, key): (seq, alg, salt, digest)
        self.days = {}  # day: [leaves, last seq, head after it]
        self.closings = []  # (seq, facts)


def chain(source, ledger):
    for _, e in rows_of(source, "ledger_event"):
        seq = ledger.last + 1
        if wrong := link(e, seq, ledger):
            yield "ledger_event", str(seq), wrong, ledger.last
            return
        ledger.last, ledger.head = seq, e["head"]
        if seq in ledger.wanted:
            ledger.heads[seq] = e["head"]
    yield from tip(source, ledger)


def link(e, seq, ledger):
    """What is wrong with this event at this place; nothing if it follows on, and then its claims are taken down."""
    if e["seq"] != seq:
        return f"此处应是第 {seq} 号事件，却是 {e['seq']}：缺少或者多出"
    if e["alg"] not in ALGORITHMS or not all(isinstance(e[name], str) for name in ("body", "salt", "head")):
        return "算法、正文、盐或链值不是系统写入的样子"
    leaf = digest(e["alg"], "leaf", "1", str(seq), e["salt"], e["body"])
    if digest(e["alg"], "head", ledger.head, leaf) != e["head"]:
        return "正文、盐或链值被改动，与前一号事件接不上"
    told = json.loads(e["body"])
    if unicodedata.normalize("NFC", canonical(told)) != e["body"]:
        return "正文不是规范写法（键排序、NFC、无空格）"
    for table, row, found in told["rows"]:
        ledger.written[table, str(row)] = (seq, e["alg"], e["salt"], found)
    at = datetime.strptime(told["at"], "%Y-%m-%dT%H:%M:%S.%fZ") + timedelta(hours=8)  # the days are those of Shanghai
    leaves = ledger.days.get(str(at.date()), [[]])[0]
    leaves.append(leaf)
    ledger.days[str(at.date())] = [leaves, seq, e["head"]]
    if told["act"] == "close_day":
        ledger.closings.append((seq, told["facts"]))
    return ""


def tip(source, ledger):
    tips = [row for _, row in rows_of(source, "ledger_head")]
    expected = [{"id": 1, "seq": ledger.last, "head": ledger.head}]
    if tips != expected and (tips or ledger.last):
        yield "ledger_head", "1", "链首与最后一号事件不一致：事件可能被截去", ledger.last


def published(ledger):
    good = 0
    for seq, head in sorted(ledger.wanted.items()):
        if seq > ledger.last:
            yield "ledger_event", str(ledger.last + 1), f"公布过第 {seq} 号事件的链首，台账却只到第 {ledger.last} 号：末尾被截去", ledger.last
            return
        if ledger.heads[seq] != head:
            yield "ledger_event", str(seq), f"第 {seq} 号事件的链首与公布的不同：第 {good + 1} 号起的历史被改写，或者另起了一支", good
            return
        good = seq


def days(ledger):
    for seq, facts in ledger.closings:
        leaves, last, head = ledger.days.get(facts["day"], ([], 0, ""))
        found = {"count": len(leaves), "root": root(facts["alg"], leaves).hex() if leaves else "", "seq": last, "head": head}
        if any(facts.get(name, value) != value for name, value in found.items()):
            yield "ledger_event", str(seq), f"{facts['day']} 的日摘要与当日事件不一致", seq - 1


def columns(source):
    """The columns beside the body repeat it."""
    numbers = {row["id"]: row["number"] for _, row in rows_of(source, "ledger_case")}
    people = {row["id"]: row["username"] for _, row in rows_of(source, "offices_person")}
    absences = absences_of(source, people)
    acts = {}
    for key, e in rows_of(source, "ledger_event"):
        told = json.loads(e["body"])
        found = {
            "case_id": numbers.get(e["case_id"], e["case_id"]) == (told["case"] or None), "n": e["n"] == (told["n"] or None),
            "person_id": people.get(e["person_id"], e["person_id"]) == (told["person"] or None), "key": e["key"] == (told["key"] or None),
            "seq": e["seq"] == told["seq"], "act": e["act"] == told["act"], "office_code": e["office_code"] == told["office"],
            "on": e["on"] == told["on"], "recorded_at": e["recorded_at"] == told["at"],
        }  # fmt: skip
        if told["case"]:
            acts[told["case"]] = acts.get(told["case"], 0) + 1
            found["n"] = found["n"] and told["n"] == acts[told["case"]]
        for name in (name for name, agrees in found.items() if not agrees):
            yield "ledger_event", key, f"列 {name} 与正文不一致", e["seq"] - 1
        if "for" in told and not stood_in(told, absences):
            yield "ledger_event", key, "写明是代办，当时却没有生效的代办登记", e["seq"] - 1


def absences_of(source, people):
    """(absent, substitute): [first day, last day, since when it was valid, until when]"""
    found = {}
    for _, row in rows_of(source, "leave_absence"):
        since = row["asked_at"] if row["asked_by_id"] == row["person_id"] else row["confirmed_at"]
        if since:
            pair = people.get(row["person_id"]), people.get(row["substitute_id"])
            found.setdefault(pair, []).append((row["first"], row["last"], since, row["ended_at"] or "9"))
    return found


def stood_in(told, absences):
    """Each who is named was away on that day, and the next one, in the end who acted, stood in."""
    day = str((datetime.strptime(told["at"], "%Y-%m-%dT%H:%M:%S.%fZ") + timedelta(hours=8)).date())
    chain = [*told["for"], told["person"]]
    links = [absences.get((chain[i], chain[i + 1]), []) for i in range(len(chain) - 1)]
    return bool(links) and all(any(a <= day <= b and since <= told["at"] <= until for a, b, since, until in link) for link in links)


def business_rows(source, ledger):
    """Both ways: each row has its event, each row that an event wrote last is there. A table that nobody names must be empty."""
    tables = [table for table in source.tables() if table not in NOT_COMPARED]
    missing = dict(ledger.written)
    for table in tables:
        ledger.count[table] = 0
        for key, row in rows_of(source, table):
            ledger.count[table] += 1
            seq, alg, salt, expected = missing.pop((table, key), (0, "sha256", "", ""))
            if not seq:
                yield table, key, "没有任何事件写过这一行", 0
            elif digest(alg, "row", salt, table, canonical(row)) != expected:
                yield table, key, "内容与台账记载的摘要不一致", seq
    for (table, key), (seq, *_) in missing.items():
        yield table, key, "台账有记载，表中却没有这一行", seq


def numbers(source):
    cases = sorted((row["law"], row["year"], row["serial"], key, row["number"]) for key, row in rows_of(source, "ledger_case"))
    for (law, year), group in groupby(cases, key=lambda case: case[:2]):
        for expected, (_, _, serial, key, number) in enumerate(group, 1):
            drawn = law == "诉" and re.fullmatch(f"诉{year}-{DRAWN}", number)
            if serial != expected or not (drawn or (law != "诉" and number == f"{law}{year}-{serial:04d}")):
                yield "ledger_case", key, f"编号 {number} 不是 {law}{year} 年的第 {expected} 号", 0


def files(source, ledger, folder):
    named = set()
    for key, row in rows_of(source, "files_storedfile"):
        named.add(row["stored"])
        ledger.count["文件"] = len(named)
        try:
            raw = (folder / row["stored"]).read_bytes()
        except OSError:
            yield "files_storedfile", key, f"文件“{row['name']}”不在存放处，或者读不出来", 0
            continue
        if len(raw) != row["length"] or hashlib.sha256(raw).hexdigest() != row["sha256"]:
            yield "files_storedfile", key, f"文件“{row['name']}”的长度或者内容与登记的不一致", 0
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in named and time.time() - path.stat().st_mtime > 24 * 3600:  # younger: an upload on its way
            yield "files_storedfile", path.name, "存放处有一个没有登记的文件", 0


def faults(source, ledger, folder):
    """All that is wrong, in order. After a broken chain nothing more: it would be judged by a ledger that cannot be trusted."""
    try:
        if broken := [*chain(source, ledger)] or [*published(ledger)]:
            yield from broken
            return
        for part in (days(ledger), columns(source), business_rows(source, ledger), numbers(source)):
            yield from part
        if folder is not None:
            yield from files(source, ledger, folder)
    except (ValueError, KeyError, TypeError, IndexError, sqlite3.Error) as error:
        yield "数据库", "?", f"有内容或者表读不出来（{type(error).__name__} {error}）", ledger.last


# ---- the command ---------------------------------------------------------------------------------------


def read_heads(words, lists):
    """{seq: head} out of SEQ:HASH and out of files as the public page gives them (day,seq,head,root,algorithm). Raises ValueError."""
    pairs = [word.rsplit(":", 1) for word in words]
    for path in lists:
        with open(path, encoding="utf-8-sig", newline="") as lines:
            pairs += [(line["seq"], line["head"]) for line in csv.DictReader(lines)]
    wanted = {}
    for seq, head in pairs:
        if wanted.setdefault(int(seq), head.strip().lower()) != head.strip().lower() or int(seq) < 1:
            raise ValueError(f"第 {seq} 号有两个不同的公布链首，或者号码不对")
    return wanted


def main(argv=None):
    parser = argparse.ArgumentParser(description="独立核对清单系统的台账：只读，不用本系统的任何代码。退出码：0 一致，1 不一致，2 无法核对。")
    parser.add_argument("database", help="SQLite 数据库文件，或者 postgresql:// 地址（经 psql 读取）")
    parser.add_argument("--files", type=Path, help="文件存放处（缺省为数据库旁边的 files）")
    parser.add_argument("--no-files", action="store_true", help="不核对文件")
    parser.add_argument("--head", action="append", default=[], metavar="号:链首", help="公布过的链首，可多次")
    parser.add_argument("--heads", action="append", default=[], metavar="CSV", help="从公开页下载的链首表，可多次")
    options = parser.parse_args(argv)
    server = options.database.startswith(("postgresql://", "postgres://"))
    folder = None if options.no_files else options.files or (None if server else Path(options.database).parent / "files")
    try:
        if folder is None and not options.no_files:
            raise ValueError("请用 --files 指明文件存放处，或者用 --no-files 说明不核对文件")
        ledger = Ledger(read_heads(options.head, options.heads))
        source = Postgresql(options.database) if server else Sqlite(options.database)
        found = [fault for fault, _ in zip(faults(source, ledger, folder), range(20))]
        source.close()
    except (OSError, ValueError, KeyError, sqlite3.Error) as error:
        print(f"无法核对：{type(error).__name__} {error}", file=sys.stderr)
        return 2
    kept = ledger.count.pop("文件", 0)
    rows = f"业务数据 {sum(ledger.count.values())} 行（{len(ledger.count)} 张表）"
    print(f"事件 {ledger.last} 件，{rows}，文件 {kept} 个，日摘要 {len(ledger.closings)} 个")
    print(f"链首 {ledger.last}:{ledger.head}（与 {len(ledger.wanted)} 个公布的链首相比）")
    for table, row, what, last in found:
        print(f"不一致：{table} 第 {row} 行：{what}" + (f"（可信到第 {last} 号事件）" if last else ""))
    print("未核对：ledger_obligation（要按法规规则重放）" + ("；文件" if folder is None else ""))
    print("不一致" if found else "一致")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
