"""S46, T6: the public is told of complaints in numbers only what 政务办 decided, as it was decided; 第十七条: what counts for the scores."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.append import Draft, append, writing
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import OfficeRole
from qingdan.kernel.rows import NotRecorded, recording
from qingdan.measures.complaints.actions import write
from qingdan.measures.complaints.effective import effective
from qingdan.measures.complaints.figures import RESULTS, cohort, figures_of, from_json
from qingdan.measures.complaints.models import PublishedFigures
from qingdan.measures.complaints.quarters import Quarter, finished, quarter_of, read
from qingdan.measures.complaints.releasing import publish_figures, take_back_figures
from qingdan.measures.complaints.suppressing import suppress, total_shown

from .attacking import Publisher, Seen, attack, worked_out
from .inquiry import Inquiry

pytestmark = pytest.mark.django_db
THIRD, FOURTH = Quarter(2016, 3), Quarter(2016, 4)
PUBLIC, STAFF = "/write/figures/", "/complaints/figures/2016-3/"
NAMES = ["body", "ground", "channel", "result"]


def concluded(room, complaint, conclusion, act="accept", who="fzb"):
    """Taken up, and what was found: the acts on the way there are another test's."""

    def rows(complaint):
        complaint.conclusion = conclusion
        return [complaint]

    write(complaint.case, act, [], rows, room.who(who))


def autumn(room, day="09-12"):
    """Nine taken up by 法制办, two of them 属实, six by 编办, which declines five; all on the telephone but one."""
    for n in range(15):
        body = "fzb" if n < 9 else "bb"
        grounds = {8: ["9", "7"], 9: ["6"]}.get(n, ["8"])
        c = room.file(day, body, grounds=grounds, channel="letter" if n == 3 else "phone")
        if n in (0, 1):
            concluded(room, c, "true")
        elif n < 10:
            room.accept(day, c, body)
        else:
            room.decline(day, c, who=body)


def table(figures, key):
    return dict(next(t for t in figures.tables if t.key == key).rows)


def publish(room, quarter=THIRD, reason="定期公布", **kw):
    return publish_figures(quarter, reason, **room.who("zwb"), **kw)


# ---- what is counted -------------------------------------------------------------------------------------


def test_季度_起止和名称():
    assert (THIRD.since, THIRD.until, str(THIRD)) == (date(2016, 7, 1), date(2016, 9, 30), "2016年第三季度")
    assert FOURTH.next == Quarter(2017, 1) and quarter_of(date(2016, 12, 31)) == FOURTH and [read(k) for k in ("2016-3", "2016-5", "２016-1", "x")] == [THIRD, None, None, None]
    assert [q.key for q in finished(date(2016, 5, 6), date(2016, 12, 31))] == ["2016-2", "2016-3"]


def test_四张表_每件只数一次_不够五件的不单列(room):
    autumn(room)
    room.on("10-08")
    figures = figures_of(room.office("zwb"), THIRD)
    assert [t.key for t in figures.tables] == NAMES and figures.total == 15
    assert list(table(figures, "body").values()) == [None, None, 9, None] and table(figures, "result") == dict.fromkeys(RESULTS.values()) | {RESULTS["open"]: 8}
    assert table(figures, "ground") == table(figures, "channel") == {}  # beside one large class there are fewer than five


def test_几类情形的_算在第五条中最前的一类(room):
    for _ in range(6):
        room.accept("09-12", room.file("09-12", "fzb", grounds=["12", "8"]))
    for _ in range(5):
        room.accept("09-12", room.file("09-12", "fzb", grounds=["9", "12"]))
    room.on("10-08")
    shown = [(name[:3], n) for name, n in table(figures_of(room.office("zwb"), THIRD), "ground").items() if n]
    assert shown == [("（八）", 6)]


def test_由哪个机关处理_列的是这个季度的处理机关_以前的不列_不在其中的整张表不公布(room):
    autumn(room)
    held = OfficeRole.objects.get(measure="诉", role="投诉处理机关", office=room.office("czj"))
    for until, classes in ((date(2016, 7, 1), 4), (date(2016, 6, 30), 3)):
        held.valid_to = until
        room.on("10-08")
        note("end_role", by=None, rows=[held])
        assert len(table(figures_of(room.office("zwb"), THIRD), "body")) == classes
    for code in ("bb", "zwzx"):  # 法制办 alone is left, with nine; where the six of 编办 belong nobody could say
        held = OfficeRole.objects.get(measure="诉", role="投诉处理机关", office=room.office(code))
        held.valid_to = date(2016, 6, 30)
        note("end_role", by=None, rows=[held])
    assert table(figures_of(room.office("zwb"), THIRD), "body") == {} != table(figures_of(room.office("zwb"), THIRD), "result")


def test_正在进行的季度_不统计(room):
    room.on("09-30")
    with pytest.raises(ValueError, match="running"):
        figures_of(room.office("zwb"), THIRD)
    with pytest.raises(Refused, match="还没有结束"):
        publish(room)


def test_一件投诉只在一个季度里_即使以后才有结论(room):
    c = room.file("09-30", "fzb")
    room.on("10-10")
    assert not cohort(room.office("zwb"), THIRD).exists()
    room.accept("10-10", c)
    room.on("2017-01-05")
    assert [cohort(room.office("zwb"), q).count() for q in (THIRD, FOURTH, Quarter(2017, 1))] == [0, 1, 0]


def test_第三条_投诉政务办的不在数内_政务办不能相减得知件数(room):
    autumn(room)
    about = room.file("09-12", None, respondent_office=room.office("zwb"))
    from qingdan.measures.complaints.assigning import assign_by_district

    room.do("09-12", "qz", assign_by_district, about, room.office("bb"), "指定")
    room.accept("09-12", about, "bb")
    room.on("10-08")
    assert figures_of(room.office("zwb"), THIRD).total == 15


def test_再多的投诉_查询次数不变(room):
    def cost():
        room.on("10-08")
        with CaptureQueriesContext(connection) as found:
            figures_of(room.office("zwb"), THIRD)
        return len(found)

    room.accept("09-12", room.file("09-12", "fzb"))
    few = cost()
    autumn(room)
    assert cost() == few


def test_哪张表都没有被投诉的单位(room):
    autumn(room)
    room.on("10-08")
    told = figures_of(room.office("zwb"), THIRD).as_json()
    assert room.office("cg").name not in told and room.office("cg").short not in told and from_json(told) == figures_of(room.office("zwb"), THIRD)


# ---- who decides -----------------------------------------------------------------------------------------


def test_没有人决定_公众什么也看不到(room, client):
    autumn(room)
    room.on("10-08")
    page = client.get(PUBLIC)
    assert page.status_code == 200 and "还没有公布过投诉的统计" in page.content.decode() and "15" not in page.content.decode()
    assert client.get(PUBLIC, {"quarter": "2016-3"}).status_code == client.get(f"{PUBLIC}2016-3.csv").status_code == 404


def test_从投诉的页面走得到统计(client, district):
    assert f'href="{PUBLIC}"' in client.get("/write/").content.decode()


def test_政务办先看公众会看到什么_再公布_再撤下(room, reader, client):
    autumn(room)
    room.on("10-08")
    zwb = reader("zwb")
    assert "2016年第三季度" in zwb.get("/complaints/figures/").text and "看不到" in zwb.get("/complaints/figures/").text
    preview = zwb.get(STAFF)
    assert "公众看到的" in preview.text and "共15件" in preview.tight
    assert zwb.fill(STAFF, words="").status == 422 and zwb.fill(STAFF, words="第三季度多数已有结论").location == STAFF
    shown = client.get(PUBLIC).content.decode()
    both = [text.partition("<p class=\"lead\">2016年第三季度")[2].partition("</ul></section>")[0] for text in (preview.html, shown)]
    assert both[0] == both[1] != ""
    assert zwb.fill(STAFF, words="有一处登记有误").location == STAFF
    back = zwb.get(STAFF)
    assert "已撤下投诉统计：2016年第三季度。" in back.text and "第三季度多数已有结论" in back.text and "有一处登记有误" in back.text
    assert "还没有公布过" in client.get(PUBLIC).content.decode() and client.get(f"{PUBLIC}2016-3.csv").status_code == 404
    assert list(Event.objects.filter(act__contains="figures").values_list("act", flat=True)) == ["publish_figures", "take_back_figures"]


def test_公布的是当时的数字_以后的结论不改它_撤下再公布也一样(room, client):
    """Two counts of one quarter could be compared: what differs is one complaint."""
    autumn(room)
    later = [room.file("09-12", "fzb") for _ in range(5)]
    for c in later:
        room.accept("09-12", c)
    room.on("10-08")
    publish(room)
    before = client.get(f"{PUBLIC}2016-3.csv").content
    take_back_figures(THIRD, "核对", **room.who("zwb"))
    for c in later:
        room.on("10-10")
        note("fill", by=None, rows=[_with(c, "untrue")])
    assert from_json(PublishedFigures.objects.get().tables) != figures_of(room.office("zwb"), THIRD)
    publish(room, reason="核对无误")
    assert client.get(f"{PUBLIC}2016-3.csv").content == before


def _with(complaint, conclusion="true", **changes):
    for name, value in (changes | {"conclusion": conclusion}).items():
        setattr(complaint, name, value)
    return complaint


def test_公布和撤下_各只一次_同一张表单重复提交不变(room):
    autumn(room)
    room.on("10-08")
    first = publish(room, key="k")
    assert publish(room, key="k") == first and PublishedFigures.objects.count() == 1
    with pytest.raises(Refused, match="已经公布"):
        publish(room)
    back = take_back_figures(THIRD, "核对", **room.who("zwb"), key="b")
    assert take_back_figures(THIRD, "核对", **room.who("zwb"), key="b") == back
    with pytest.raises(Refused, match="没有公布"):
        take_back_figures(THIRD, "核对", **room.who("zwb"))


@pytest.mark.parametrize(("reason", "said"), [(" ", "没有写明理由"), ("长" * 501, "超过 500 字")])
def test_没有理由的_不能公布(room, reason, said):
    room.on("10-08")
    with pytest.raises(Refused, match=said):
        publish(room, reason=reason)


def test_别的单位不能公布_也看不到这一页(room, client_as):
    room.on("10-08")
    with pytest.raises(Refused, match="由政务办决定"):
        publish_figures(THIRD, "公布", **room.who("fzb"))
    assert [client_as(who).get(STAFF).status_code for who in ("fzb_1", "qz_1", "cg_1")] == [403, 403, 403]
    assert "公开统计" not in client_as("fzb_1").get("/complaints/").content.decode() and "公开统计" in client_as("zwb_1").get("/complaints/").content.decode()


@pytest.mark.parametrize("key", ["2016-4", "2016-5", "没有", "2099-1"])
def test_没有结束的和没有的季度_没有这一页(room, client_as, key):
    room.on("10-08")
    assert client_as("zwb_1").get(f"/complaints/figures/{key}/").status_code == 404


def test_不到五件的季度_公布的是不公布数字(room, client):
    room.accept("09-12", room.file("09-12", "fzb"))
    room.on("10-08")
    publish(room)
    assert "不到 5 件，不公布数字" in client.get(PUBLIC).content.decode()
    assert client.get(f"{PUBLIC}2016-3.csv").content.decode().count("\n") == 2


def test_公布的记录只由办理写入(room):
    with pytest.raises(NotRecorded):
        PublishedFigures(quarter="2016-3", tables="{}", reason="", on=date(2016, 10, 8)).save()


# ---- f6, through the product itself ----------------------------------------------------------------------


def test_f6_从公布的几个季度的文件_推不出不到五件的(room, client, record_property):
    """What the attacker has is the files that anybody can download, of two quarters."""
    autumn(room)
    autumn(room, "11-14")
    for _ in range(6):
        room.decline("11-15", room.file("11-15", "czj", grounds=["9"], channel="visit", id_shown=True, place="大厅"), who="czj")
    room.on("2017-01-05")
    ours, seen = Publisher(suppress, total_shown), []
    for n, quarter in enumerate((THIRD, FOURTH)):
        publish(room, quarter)
        lines = list(csv.DictReader(io.StringIO(client.get(f"{PUBLIC}{quarter.key}.csv").content.decode("utf-8-sig"))))
        seen.append(_seen(lines, n))
    assert worked_out(ours, seen) == []
    found = [attack(ours, one) for one in seen]
    assert all(len(values) > 1 or min(values) >= 5 for one in found for values in one.values()) and all(found)
    record_property("files", len(seen))


def _seen(lines, n):
    """A file as the attacker reads it; the table of grounds is too wide to go through, and is attacked in test_suppressing."""
    sizes = {"由哪个机关处理": 4, "怎样提出": 6, "处理的结果": 6}
    total = next(int(line["件数"]) for line in lines if line["表"] == "全部")
    tables = []
    for name, size in sizes.items():
        told = [line["件数"] for line in lines if line["表"] == name and line["类别"] and "合计" not in line["类别"]]
        assert len(told) in (0, size)
        tables.append((tuple(None if n == "不单列" else int(n) for n in told) if told else None, size))
    return Seen(frozenset([n]), total, tuple(tables))


# ---- 第十七条 有效投诉 ------------------------------------------------------------------------------------


@pytest.fixture
def decided(room):
    """decided("true", on, act): a complaint about 城管局, taken up, and decided so on that day; whether that was lawful is another test's."""

    def decided(conclusion, on="09-12", about="cg", act="decide"):
        c = room.file(on, "fzb", respondent_office=room.office(about))
        room.accept(on, c)
        with writing(), recording() as written:
            _with(c, conclusion).save()
            append(Draft(act, clock.today(), "fzb", room.d.fzb.person, case=c.case, n=c.case.events.count() + 1), written)
        return c

    return decided


WITHIN = (date(2016, 9, 1), date(2016, 9, 30))


def test_第十七条_有效投诉是受理并且属实或者部分属实的_按被投诉单位数(room, decided):
    for conclusion in ("true", "partly", "untrue", "unclear"):
        decided(conclusion, act="decide_assigned" if conclusion == "partly" else "decide")
    decided("true", about="hyl")
    assert effective(room.office("zwb"), *WITHIN) == {"cg": 2, "hyl": 1}


@pytest.mark.parametrize(("conclusion", "counted"), [("partly", {"cg": 1}), ("untrue", {})])
def test_第十七条_从受理办到签发决定_属实的计入有效投诉(room, conclusion, counted):
    q = Inquiry(room)
    assert effective(room.office("zwb"), *WITHIN) == {}
    q.decided("09-20", conclusion=conclusion)
    assert effective(room.office("zwb"), *WITHIN) == counted


def test_第十七条_按作出决定的那一天(room, decided):
    decided("true", on="09-30")
    decided("true", on="10-08")
    assert effective(room.office("zwb"), *WITHIN) == {"cg": 1}
    assert effective(room.office("zwb"), date(2016, 10, 1), date(2016, 10, 8)) == {"cg": 1}


def test_第十七条_没有结论的不算_只有件数没有编号(room, decided):
    decided("")
    assert effective(room.office("zwb"), *WITHIN) == {}


@pytest.mark.parametrize("change", [{"refusal": "6-2"}, {"about_office": True}, {"respondent_office": None}])
def test_第十七条_不予受理的_投诉政务办的_不知道投诉谁的_不算(room, decided, change):
    decided("partly", about="hyl")
    note("fill", by=None, rows=[_with(decided("true"), **change)])
    assert effective(room.office("zwb"), *WITHIN) == {"hyl": 1}


@pytest.mark.parametrize("who", ["fzb", "cg"])
def test_第十七条_只有政务办可以统计(room, who):
    room.on("10-08")
    with pytest.raises(Refused, match="由政务办统计"):
        effective(room.office(who), *WITHIN)
