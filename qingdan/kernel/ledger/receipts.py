"""A receipt: what the ledger wrote of a filing, signed, in the hands of who filed (T19). It proves the filing when every row is gone.

It says the reference, the moment, the commitments to what was sealed, and the leaf of the event in the ledger. Nothing of persons, no word of what
was filed, and not the event itself: its row numbers would tell how many complaints there are (T6). Once the day is closed, the proof that leads
from the leaf to the published root can be added. `audit/check_receipt.py` checks all of it without the product.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock

from . import canonical, closing, merkle, signing
from .models import Event

FORMAT = 1
SIGNED = ("receipt", "reference", "at", "seq", "alg", "sealed", "leaf", "head", "key")
LONGEST = 200_000  # characters of what is pasted
WHAT = "这不是一份回执"


def receipt_of(event: Event, reference: str) -> dict[str, Any]:
    """The receipt of the event that opened a filing. The same each time it is asked for. Raises Refused where it cannot be signed."""
    public, _ = signing.sign(b"")
    told = {
        "receipt": FORMAT, "reference": reference, "at": canonical.moment(event.recorded_at), "seq": event.seq, "alg": event.alg,
        "sealed": sorted(event.facts["sealed"].values()), "leaf": leaf_of(event), "head": event.head, "key": public,
    }  # fmt: skip
    return told | {"signature": signing.sign(_signed(told))[1]} | ({"day": day} if (day := day_of(event)) else {})


def leaf_of(event: Event) -> str:
    return canonical.leaf(event.alg, event.seq, event.salt, event.body)


def day_of(event: Event) -> dict[str, Any] | None:
    """How the leaf leads to the root of its day, as that was published; None before the day is closed."""
    day = clock.legal_day(event.recorded_at)
    closed = Event.objects.filter(act=closing.ACT, key=f"day:{day.isoformat()}").first()
    if closed is None:
        return None
    leaves = merkle.leaves_of(day)
    place = merkle.events_of(day).filter(seq__lt=event.seq).count()
    hashes = merkle.proof(closed.facts["alg"], leaves, place)
    return {"day": day.isoformat(), "alg": closed.facts["alg"], "root": closed.facts["root"], "place": place, "size": len(leaves), "hashes": hashes}


def _signed(told: Mapping[str, Any]) -> bytes:
    return canonical.text({name: told[name] for name in SIGNED}, exact=True).encode()


@dataclass(frozen=True)
class Checked:
    """What holds of a receipt, each by itself. None: there is nothing yet to hold it against."""

    reference: str
    at: datetime
    seq: int
    key: str
    ours: bool
    signature: bool
    here: bool
    day: str
    included: bool | None
    told: bool | None

    @property
    def holds(self) -> bool:
        """It proves the filing: signed by us, and about this event."""
        return self.ours and self.signature and self.told is not False


def read(text: str) -> dict[str, Any]:
    """The receipt in a pasted text or a file, whatever stands around it. Raises Refused."""
    begin, end = text.find("{"), text.rfind("}")
    try:
        told = json.loads(text[begin : end + 1]) if 0 <= begin < end and len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or told.get("receipt") != FORMAT or not _as_written(told):
        raise Refused(WHAT, "没有读到完整的回执内容", "请粘贴或者上传下载的回执文件的全部内容，不要改动其中任何一个字")
    return told


def _as_written(told: dict[str, Any]) -> bool:
    """Are all parts there, each of its sort?"""
    sorts = dict.fromkeys(SIGNED, str) | {"receipt": int, "seq": int, "sealed": list, "signature": str}
    there = all(type(told.get(name)) is sort for name, sort in sorts.items()) and all(isinstance(bound, str) for bound in told["sealed"])
    return there and told["alg"] in ("sha256", "sm3") and 0 < told["seq"] < 2**62


def check(told: dict[str, Any]) -> Checked:
    """Everything about a receipt that can be said here. `read` has read it. Raises Refused where it contradicts itself."""
    try:
        at, told_fits = datetime.fromisoformat(told["at"]), _told_fits(told)
        day = clock.legal_day(at).isoformat()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        raise Refused(WHAT, "其中的内容互相不合", "请重新下载回执；纸质回执请照原样输入") from None
    signed = signing.signed(told["key"], _signed(told), told["signature"])
    ours, included = told["key"] in signing.known(), _included(told, day)
    return Checked(told["reference"], at, told["seq"], told["key"], ours, signed, _is_here(told), day, included, told_fits)


def _is_here(told: Mapping[str, Any]) -> bool:
    """Does the ledger still hold this event, as the receipt tells of it?"""
    event = Event.objects.filter(seq=told["seq"]).first()
    if event is None or event.facts.get("complaint") != told["reference"]:
        return False
    return (event.head, leaf_of(event), sorted(event.facts["sealed"].values())) == (told["head"], told["leaf"], told["sealed"])


def _told_fits(told: Mapping[str, Any]) -> bool | None:
    """Is what was kept beside the receipt (`told`: salt and fields) what the event is bound to?"""
    if "told" not in told:
        return None
    alg, salt = told["alg"], told["told"]["salt"]
    for bound in told["sealed"]:
        alg, _, value = bound.partition(":")
        if alg in ("sha256", "sm3") and canonical.digest(alg, "commitment", salt, canonical.text(told["told"]["fields"], exact=True)) == value:
            return True
    return False


def _included(told: Mapping[str, Any], day: str) -> bool | None:
    """Does the leaf lead to the root that was published for its day? Where the receipt has no proof, the ledger's own leaves are asked."""
    closed = Event.objects.filter(act=closing.ACT, key=f"day:{day}").first()
    if closed is None:
        return None
    facts, proof = closed.facts, told.get("day")
    if proof is None:
        return told["leaf"] in merkle.leaves_of(datetime.fromisoformat(facts["day"]).date())
    try:
        leads = merkle.proves(facts["alg"], told["leaf"], proof["place"], proof["size"], proof["hashes"], facts["root"])
        return leads and proof["root"] == facts["root"]
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def as_json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1)


def as_text(told: Mapping[str, Any]) -> str:
    """For people, with the whole receipt at its end."""
    at = datetime.fromisoformat(told["at"]).astimezone(clock.SHANGHAI)
    return "\n".join([
        "投诉回执", "", f"受理编号：{told['reference']}", f"提交时间：{at:%Y-%m-%d %H:%M:%S}（北京时间）", f"台账序号：第 {told['seq']} 号",
        f"台账摘要：{told['leaf']}", f"签名公钥：{told['key']}", f"签名：{told['signature']}", "",
        "这份回执证明上述时间提交过这份投诉，即使系统中的记录被删除也能证明。核对：本网站“台账摘要”页的“核对回执”，",
        "或者随源代码提供的 audit/check_receipt.py（一个文件，不依赖本系统）。以下是供核对的内容，请勿改动：", "", as_json(told), "",
    ])  # fmt: skip
