"""第七条（五）、P-B8: where a version was published between 申请 and 公布, nothing of either is lost: merged field by field, or refused."""

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import open_case
from qingdan.lists.actions import version
from qingdan.lists.queries import current

from .browsing import Reader
from .room import owed, told
from .stages import STAGES


def over(room, item, **changes):
    """A version that came past this case: an import puts it into the list (S3 lets no second application be handed in)."""
    newest, zwb = current(item), room.d.zwb.office

    def rows(case):
        content = {k: v for k, v in {**newest.content_dict, **changes}.items() if v}
        return [version(item, newest.number + 1, content, office=newest.office, case=case, act="publish_initial", approver="",
                        now=clock.now(), incomplete=False)]  # fmt: skip

    open_case("调", "publish_initial", by=None, office=zwb, title="另一版", gives={"政务办": [zwb]}, rows=rows)


def test_第七条五_只有一方改动的字段_公布时都在(room, item):
    case = room.forwarded(item, promised="3")
    over(room, item, phone="0371-63520009", discretion="新裁量")
    room.publish("06-20", case)
    content = current(item).content_dict
    assert (current(item).number, content["promised"], content["phone"], content["discretion"]) == (3, "3", "0371-63520009", "新裁量")


def test_第七条五_双方改得相同的_照公布(room, item):
    case = room.forwarded(item, promised="3")
    over(room, item, promised="3")
    room.publish("06-20", case)
    assert current(item).content_dict["promised"] == "3"


def test_第七条五_双方把同一字段改得不同_不公布_说明是哪个字段(room, item):
    case = room.forwarded(item, promised="3", phone="0371-63520001")
    over(room, item, promised="4")
    with pytest.raises(Refused, match="双方把同一字段改成了不同的内容：承诺时限") as refused:
        room.publish("06-20", case)
    assert [m.field.key for m in refused.value.meetings] == ["promised", "phone"]
    assert current(item).number == 2 and ("D11", "dzzw", "06-20") in owed(case)


def test_第七条五_取消不因新版而改变(room, item):
    case = room.forwarded(item, move="取消")
    over(room, item, promised="4")
    room.publish("06-20", case)
    assert current(item).cancelled and current(item).content_dict["promised"] == "4"


def test_第七条五_没有新版的_公布页没有三方对照(room, item, client_as):
    case = room.forwarded(item, promised="3")
    room.on("06-20")
    page = Reader(client_as("dzzw_1")).get(f"/adjustment/{case.number}/publish/")
    assert "申请之后清单另有新版本" not in page.text


def test_第七条五_公布页先列出三方对照_所填还在(room, item, client_as):
    """At publish: base, newest and approved side by side, before and after the refusal; nothing is written."""
    case = room.forwarded(item, promised="3")
    over(room, item, promised="4", phone="0371-63520009")
    room.on("06-20")
    reader, path, before = Reader(client_as("dzzw_1")), f"/adjustment/{case.number}/publish/", told(case)
    page = reader.load(path)
    assert "申请之后清单另有新版本" in page.text and "双方改得不同，请核对" in page.text and "公布时保留现行内容" in page.text
    answer = reader.send(page, path, **{**STAGES["publish"].typed, "opinion": "首页"})
    assert answer.status == 422 and "请回执公布失败" in answer.text and answer.value("opinion") == "首页"
    assert "双方改得不同，请核对" in answer.text and told(case) == before
