"""Every act that a page offers: the stage at which it may be done, its day, its office, and what that office types."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from qingdan.kernel.ledger.models import Case
from qingdan.measures.adjustment import actions, reviewing
from tests.kernel.files.samples import PNG

from .laws import put_all, repeal, sweep

WORDS = "打了半天的一段话"


def registered(room, item):
    return room.register("06-02", item, promised="3")


def asked(room, item):
    case = registered(room, item)
    room.do("06-03", "cg", actions.ask_extension, case, "细则未出台")
    return case


def applied(room, item):
    return room.apply("06-07", item)


def returned(room, item):
    case = applied(room, item)
    room.do("06-12", "zwb", actions.return_once, case, "缺依据文本")
    return case


def referred(room, item):
    case = applied(room, item)
    room.refer("06-12", case)
    return case


def reviewed(room, item):
    case = referred(room, item)
    room.say("06-13", "fzb", case, "disagree", "依据不足")
    return case


def met(room, item):
    case = reviewed(room, item)
    room.say("06-14", "zwb", case, "refer_to_meeting", "意见不一")
    return case


def refused(room, item):
    case = reviewed(room, item)
    room.say("06-15", "zwb", case, "refuse", "依据不足")
    return case


def approved(room, item):
    return room.approved(item, promised="3")


def confirmed(room, item):
    case = approved(room, item)
    room.say("06-16", "cg", case, "confirm")
    return case


def forwarded(room, item):
    return room.forwarded(item, promised="3")


def published(room, item):
    case = forwarded(room, item)
    room.publish("06-20", case)
    return case


def updated(room, item):
    case = published(room, item)
    room.update("06-21", case)
    return case


def announced(room, item):
    case = referred(room, item)
    room.do("06-13", "fzb", reviewing.announce_joint, case, "涉及编办职责")
    return case


def convened(room, item):
    case = announced(room, item)
    room.do("06-14", "zwb", reviewing.convene_joint, case, "6月15日上午会审")
    return case


def objected(room, item):
    case = approved(room, item)
    room.say("06-16", "cg", case, "object", "时限过短")
    return case


def objected_to_refusal(room, item):
    case = refused(room, item)
    room.say("06-16", "cg", case, "object_refusal", "依据充分")
    return case


def review_asked(room, item):
    case = objected(room, item)
    room.say("06-17", "cg", case, "request_review", "三个工作日办不完")
    return case


def review_referred(room, item):
    case = review_asked(room, item)
    room.do("06-20", "zwb", reviewing.refer_review, case, room.offices("bb"))
    return case


def review_done(room, item):
    case = review_referred(room, item)
    room.do("06-21", "bb", reviewing.review, case, "review_agree", "同意改为四个工作日")
    return case


def repealed(room, item):
    """The 依据 of another item of 城管局 was repealed on 09-12; the calendar has marked it 待核."""
    put_all(room, {"7": ("cg", "《甲条例》第三条")})
    repeal(room)
    sweep(room, "09-12")
    return Case.objects.get(hold__isnull=False)


@dataclass(frozen=True)
class Stage:
    """One act: reached by `ready`, done on `day` by `who`; `other` may see the case and may not do it."""

    ready: Any
    day: str
    who: str
    other: str
    typed: dict[str, Any] = field(default_factory=lambda: {"opinion": WORDS})
    wrote: str = ""


class Picture(SimpleUploadedFile):
    """A photograph in the browser's hands: sent again and again, it is the same."""

    def __init__(self, name="照片.png", data=PNG):
        super().__init__(name, data)

    def read(self, *args):
        self.seek(0)
        return super().read(*args)


RECEIPT = {"receipt": "金电政回〔2016〕1号", "receipt_day": "2016-06-20", "url": "http://zwfw.jinshui.example/item/1", "copy": Picture("页面.png")}
FULL = {"reason": WORDS, "f_phone": "0371-63520009"}
STAGES: dict[str, Stage] = {
    "apply": Stage(registered, "06-06", "cg", "zwb", FULL),
    "ask_extension": Stage(registered, "06-06", "cg", "zwb", {"opinion": WORDS, "until": "2016-07-01"}),
    "close_without_change": Stage(registered, "06-06", "zwb", "cg"),
    "grant_extension": Stage(asked, "06-06", "zwb", "cg", {"opinion": WORDS, "until": "2016-07-01"}),
    "deny_extension": Stage(asked, "06-06", "zwb", "cg"),
    "refer": Stage(applied, "06-12", "zwb", "cg"),
    "return_once": Stage(applied, "06-12", "zwb", "cg"),
    "withdraw": Stage(applied, "06-12", "cg", "zwb"),
    "reapply": Stage(returned, "06-13", "cg", "zwb", FULL),
    "return_unfiled": Stage(returned, "06-20", "zwb", "cg"),
    "add_lead": Stage(referred, "06-13", "zwb", "cg"),
    "agree": Stage(referred, "06-13", "fzb", "zwb"),
    "agree_amended": Stage(referred, "06-13", "fzb", "cg"),
    "disagree": Stage(referred, "06-13", "fzb", "cg"),
    "approve": Stage(reviewed, "06-15", "zwb", "cg"),
    "approve_amended": Stage(reviewed, "06-15", "zwb", "fzb", {"opinion": WORDS, "f_promised": "2"}),
    "refuse": Stage(reviewed, "06-15", "zwb", "cg"),
    "refer_to_meeting": Stage(reviewed, "06-14", "zwb", "cg"),
    "settle_by_meeting": Stage(met, "06-20", "zwb", "cg"),
    "confirm": Stage(approved, "06-16", "cg", "zwb"),
    "accept_refusal": Stage(refused, "06-16", "cg", "zwb"),
    "announce_joint": Stage(referred, "06-13", "fzb", "zwb"),
    "convene_joint": Stage(announced, "06-14", "zwb", "cg"),
    "decline_joint": Stage(announced, "06-14", "zwb", "cg"),
    "sign_joint": Stage(convened, "06-15", "fzb", "zwb"),
    "issue_joint_opinion": Stage(convened, "06-15", "zwb", "cg"),
    "object": Stage(approved, "06-16", "cg", "zwb"),
    "object_refusal": Stage(refused, "06-16", "cg", "zwb"),
    "request_review": Stage(objected, "06-17", "cg", "zwb"),
    "drop_objection": Stage(objected, "06-17", "cg", "zwb"),
    "drop_objection_refused": Stage(objected_to_refusal, "06-17", "cg", "zwb"),
    "confirm_waived": Stage(objected, "06-21", "zwb", "cg"),
    "confirm_waived_refused": Stage(objected_to_refusal, "06-21", "zwb", "cg"),
    "refer_review": Stage(review_asked, "06-20", "zwb", "cg"),
    "review_agree": Stage(review_referred, "06-21", "bb", "zwb"),
    "review_disagree": Stage(review_referred, "06-21", "bb", "zwb"),
    "conclude_review": Stage(review_done, "06-22", "zwb", "cg", {"opinion": WORDS, "f_promised": "4"}),
    "conclude_review_refused": Stage(review_done, "06-22", "zwb", "cg"),
    "send_review_up": Stage(review_done, "06-22", "zwb", "cg"),
    "forward": Stage(confirmed, "06-17", "zwb", "cg"),
    "publish": Stage(forwarded, "06-20", "dzzw", "zwb", {"opinion": WORDS, **RECEIPT}),
    "report_failure": Stage(forwarded, "06-20", "dzzw", "zwb"),
    "update_own_site": Stage(published, "06-21", "cg", "zwb", {"opinion": WORDS, "photo": Picture()}, wrote="update_own_site_to_file"),
    "file_own": Stage(updated, "06-22", "cg", "zwb", {"opinion": WORDS, "paper": Picture()}),
    "suspend_item": Stage(repealed, "09-12", "zwb", "cg"),
    "keep_in_force": Stage(repealed, "09-12", "zwb", "cg"),
}
