"""时钟与日历: what 政务办 sees and does there; two persons, a preview, nothing typed is lost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qingdan.kernel import clock
from qingdan.kernel.calendar.models import CalendarProposal
from qingdan.kernel.ledger import guard, holds
from qingdan.kernel.ledger.models import ClockMark, LapseHold
from tests.kernel.ledger.worlds import all_referred, referred, second_clerk, tick_at
from tests.kernel.test_calendar_years import NOTICE, year_2016

pytestmark = pytest.mark.django_db
WHERE = "/desk/calendar/"


@pytest.fixture
def two(district, client_as):
    second_clerk(district.zwb, "zwb_2")
    return client_as("zwb_1"), client_as("zwb_2")


def typed(*days, **more):
    return {"year": "2016", "days": year_2016(*days), **NOTICE, **more}


def text(response):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", response.content.decode()))


def test_一人录入_另一人看过预览后采用(district, two):
    case = referred(district, "fzb")
    with clock.frozen("2016-06-13T09:00"):
        answer = two[0].post(WHERE, typed("2016-06-15,放假,临时放假"))
        assert answer.status_code == 302
        page = two[1].get(answer["Location"])
        assert "2016-06-17" in page.content.decode() and "2016-06-20" in page.content.decode()
        assert answer["Location"] in two[1].get("/desk/").content.decode()
        assert answer["Location"] not in two[0].get("/desk/").content.decode() and "现在的到期日" in text(two[0].get(answer["Location"]))
        assert 'name="adopt"' not in two[0].get(answer["Location"]).content.decode()
        own = two[0].post(answer["Location"], {"adopt": "1"})
        assert own.status_code == 422 and "不能是同一个人" in text(own)
        assert two[1].post(answer["Location"], {"adopt": "1"}).status_code == 302
        assert answer["Location"] not in two[1].get("/desk/").content.decode()
    assert case.obligations.get(row="D4").due.isoformat() == "2016-06-20"


def test_有错的行按行说明_所填内容保留(two):
    with clock.frozen("2016-06-13T09:00"):
        page = two[0].post(WHERE, typed("2016-06-31,放假,临时放假"))
    assert page.status_code == 422
    assert "不是日期" in text(page) and "2016-06-31" in page.content.decode() and NOTICE["notice"] in page.content.decode()
    assert not CalendarProposal.objects.exists()


@pytest.mark.parametrize(("field", "value"), [("year", "一六年"), ("year", "99999999999"), ("url", "javascript:x"), ("notice", "")])
def test_填错的栏目说明怎么改(two, field, value):
    page = two[0].post(WHERE, typed(**{field: value}))
    assert page.status_code == 422 and "errorlist" not in page.content.decode()


def test_上传文件也可以_不是UTF8的说明(two):
    with clock.frozen("2016-06-13T09:00"):
        bad = two[0].post(WHERE, typed(file=SimpleUploadedFile("a.csv", "放假".encode("gb18030"))))
        assert bad.status_code == 422 and "UTF-8" in text(bad)
        good = two[0].post(WHERE, typed(file=SimpleUploadedFile("a.csv", year_2016().encode())))
    assert good.status_code == 302


def test_退回要写理由(two):
    with clock.frozen("2016-06-13T09:00"):
        where = two[0].post(WHERE, typed())["Location"]
        assert two[1].post(where, {"reject": "1", "remark": ""}).status_code == 422
        assert two[1].post(where, {"reject": "1", "remark": "缺一天"}).status_code == 302
    assert CalendarProposal.objects.get().remark == "缺一天"


def test_没有这份安排或者这一批_是404(two):
    assert two[0].get("/desk/calendar/99/").status_code == 404
    assert two[0].post("/desk/calendar/holds/99/").status_code == 404


def test_时钟可疑时_页面说明并可由两人确认(district, two, monkeypatch):
    clock.set_fixed(None)
    guard.look()
    ClockMark.objects.update(wall=0)
    assert "服务器时钟可疑" in text(two[0].get(WHERE))
    assert "还需要另一名同志" in text(two[0].post("/desk/calendar/clock/", follow=True))
    assert "时钟已由两人确认" in text(two[1].post("/desk/calendar/clock/", follow=True))
    assert guard.doubt() == ""


def test_待核对的一批_两人核对后放行(district, two, monkeypatch):
    monkeypatch.setattr(holds, "FEW", 1)
    all_referred(district, 2)
    tick_at("2016-06-18")
    hold = LapseHold.objects.get()
    with clock.frozen("2016-06-20T09:00"):
        page = text(two[0].get(WHERE))
        assert "待核对的视为效果" in page and "法制办（第七条（三））" in page
        two[0].post(f"/desk/calendar/holds/{hold.pk}/")
        two[1].post(f"/desk/calendar/holds/{hold.pk}/")
    hold.refresh_from_db()
    assert hold.released_on is not None


def test_查询数不随年度和事项增加(district, two, django_assert_max_num_queries):
    all_referred(district, 6)
    with clock.frozen("2016-06-13T09:00"):
        where = two[0].post(WHERE, typed("2016-06-15,放假,临时放假"))["Location"]
        with django_assert_max_num_queries(16):
            two[0].get(WHERE)
        with django_assert_max_num_queries(14):
            two[1].get(where)
