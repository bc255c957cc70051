"""What is handed in as a complaint (第八条), looked at before it is taken in: at the desk and at the portal alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import holders, lineage
from qingdan.kernel.vault.filing import SealedFile
from qingdan.kernel.vault.models import Sealed
from qingdan.kernel.vault.sealing import seal
from qingdan.lists.models import Item
from qingdan.lists.queries import current
from qingdan.statute.complaints_grounds import (
    BODIES,
    CHANNELS,
    ITEM_KINDS,
    MOST_REPRESENTATIVES,
    QUESTIONS,
    RESPONDENTS,
    VISIT,
    WEB,
    Suggestion,
    kind_of,
    route,
)
from qingdan.statute.roles import DISTRICT, HANDLER, OFFICE

from .access import CODE
from .models import Complaint, new_reference

WHAT = "不能登记投诉"
LONGEST = 20_000  # characters of what is told


TOLD = ("text", "respondent", "evidence", "receipt", "place", "new_facts")


@dataclass
class Filing:
    """One complaint as it is handed in. Nothing of `identity`, `text`, `respondent`, `evidence` and `receipt` leaves it but sealed.

    new_facts: what is new since an earlier answer (S16).
    identity: any of name, phone, address, email, id_kind, id_tail, unit, representatives; empty: anonymous.
    grounds: keys of QUESTIONS. to: the handling body at which it is handed in, None for 政务办 (第九条).
    received_at: None for now. receipt: what shows that time (第十条, an outside fact). files: of `vault.filing.seal_files(reference, …)`.
    salt: of the commitment to what was told, for the receipt (T19).
    earlier, with new facts: which complaint is reopened (P-D9); `reopening`: the how manieth time, set when it is filed.
    carried: the identity of the earlier one, sealed under this reference by `vault.carrying`.
    """

    channel: str
    text: str
    grounds: Sequence[str]
    respondent_kind: str = "organ"
    respondent_office: Office | None = None
    respondent: str = ""
    item: Item | None = None
    item_kind: str = ""
    evidence: str = ""
    identity: Mapping[str, str] = field(default_factory=dict, repr=False)
    confidential: bool = True
    representatives: int = 1
    id_shown: bool = False
    place: str = ""
    received_at: datetime | None = None
    receipt: str = ""
    to: Office | None = None
    earlier: Complaint | None = None
    new_facts: str = ""
    query_hash: str = field(default="", repr=False)
    files: Sequence[SealedFile] = ()
    reference: str = field(default_factory=new_reference)
    salt: str = field(default="", repr=False)
    reopening: int = 0
    carried: Sealed | None = field(default=None, repr=False)

    @property
    def anonymous(self) -> bool:
        return self.carried is None and not any(value.strip() for value in self.identity.values())


def accused(filing: Filing) -> Office | None:
    """The office complained of: the one named, or the one whose item it is."""
    if filing.respondent_office is not None or filing.item is None:
        return filing.respondent_office
    version = current(filing.item)
    return version.office if version else filing.item.office


def kind_meant(filing: Filing) -> str:
    """The kind of the item (S13): as chosen, or as the list has it."""
    if filing.item_kind or filing.item is None:
        return filing.item_kind
    version = current(filing.item)
    return kind_of(filing.item.kind, version.content_dict.get("category", "") if version else "")


def is_office(office: Office | None) -> bool:
    """第三条 (S14): is this 政务办, or does it stand in its place?"""
    return office is not None and bool(lineage(office) & {o.pk for o in holders(CODE, OFFICE, clock.today())})


def suggested(filing: Filing) -> Suggestion:
    """S13, and S14: a complaint about one of the four bodies is never suggested to that body."""
    found = route(kind_meant(filing) or None, filing.grounds)
    about = accused(filing)
    if found.scope and about is not None and about in bodies_for(found.scope):
        return Suggestion("", True, f"投诉的就是{about.short}，由政务办指定另一家（第三条）")
    return found


def bodies_for(scope: str) -> list[Office]:
    """第九条: the office or offices that handle this matter today."""
    return holders(CODE, HANDLER, clock.today(), scope)


def ensure_fit(filing: Filing, now: datetime) -> None:
    """第五条, 第八条: raises Refused with what is missing. The text itself stands in no message."""
    if filing.channel not in CHANNELS or filing.respondent_kind not in RESPONDENTS or (filing.item_kind and filing.item_kind not in ITEM_KINDS):
        raise Refused(WHAT, "途径、被投诉人或者事项种类不在列出的各项中", "请从列出的各项中选择")
    if set(filing.grounds) - set(QUESTIONS):
        raise Refused(WHAT, "选择的情形不在第五条所列之内", "请从列出的各项中选择")
    if not filing.grounds:
        raise Refused(WHAT, "没有选择情形（第五条）", "请至少选择一项，说不清的选最后一项")
    if not filing.text.strip():
        raise Refused(WHAT, "没有写投诉的内容", "请写明什么单位、什么时候、做了什么")
    if max(len(filing.text), len(filing.evidence)) > LONGEST:
        raise Refused(WHAT, f"内容超过 {LONGEST} 字", "请精简，详细内容可以作为材料上传")
    _ensure_received(filing, now)
    _ensure_present(filing)


def _ensure_received(filing: Filing, now: datetime) -> None:
    at = filing.received_at
    if at is None:
        return
    if at > now:
        raise Refused(WHAT, "收到时间晚于现在（第十条，期限自收到之日起算）", "请核对收到的日期和时间")
    if filing.channel != WEB and clock.legal_day(at) < clock.legal_day(now) and not filing.receipt.strip():
        raise Refused(WHAT, "收到的日子早于今天，没有写凭什么认定", f"请写明{CHANNELS[filing.channel].evidence}等凭据")


def _ensure_present(filing: Filing) -> None:
    """第八条: at most five representatives; who comes in person shows an ID, at the place that was named."""
    if filing.representatives > MOST_REPRESENTATIVES:
        why = f"代表人数不得超过{MOST_REPRESENTATIVES}人（第八条），现有{filing.representatives}人"
        raise Refused(WHAT, why, "请来访人推选五人以内的代表，再予登记")
    if filing.representatives < 1:
        raise Refused(WHAT, "代表人数至少为一人", "请核对人数")
    if filing.channel != VISIT:
        return
    if not filing.id_shown:
        raise Refused(WHAT, "当面投诉应当出示居民身份证或者其他有效证件（第八条）", "请核对证件后勾选；不愿出示的，可以改用网上、书信等途径")
    if not filing.place.strip():
        raise Refused(WHAT, "没有写在哪个场所（第八条：到指定的场所投诉）", "请填写指定的场所")


@sensitive_variables()
def sealed_rows(filing: Filing) -> tuple[Sealed | None, Sealed]:
    """(identity, content), sealed under the reference; not yet saved."""
    who = filing.carried
    if who is None and not filing.anonymous:
        who = seal(Sealed.IDENTITY, filing.reference, {k: v.strip() for k, v in filing.identity.items() if v.strip()})
    return who, seal(Sealed.CONTENT, filing.reference, told_in(filing), filing.salt)


def told_in(filing: Filing) -> dict[str, str]:
    """What is sealed of what was said, by name."""
    return {name: str(getattr(filing, name)).strip() for name in TOLD}


def office_today() -> Office:
    """第三条: 政务办, as 投诉处理 has it today. Raises Refused."""
    return _only(OFFICE, "政务办")


def district_today() -> Office:
    """第三条 (S14): 区政府, which names who handles what is said about 政务办. Raises Refused."""
    return _only(DISTRICT, "区政府")


def _only(role: str, name: str) -> Office:
    found = holders(CODE, role, clock.today())
    if not found:
        raise Refused(WHAT, f"还没有单位担任投诉处理的{name}", "请系统管理员授予角色")
    return found[0]


def names_of(scope: str) -> str:
    """A body as the regulation calls it."""
    return BODIES[scope].name if scope else "政务办指定"
