"""The pages of the watch: a law change is entered once, each unit finds its task in its 待办; 待核 and 暂停行使 are seen and decided."""

from urllib.parse import quote

import pytest

from qingdan.lists.bases.models import BasisDocument, Hold, LawChange
from qingdan.measures.adjustment import holding
from qingdan.measures.adjustment.models import Application
from tests.measures.laws import case_of, code, law, put_all, repeal, sweep

KNOWN = {"sort": "amended", "announced_on": "2016-06-01", "takes_effect": "2016-09-01", "evidence": "公报第1期", "summary": "提高处罚幅度"}
NEW = {"kind": "法规", "title": "丙条例", "announced_on": "2016-06-01", "takes_effect": "2016-07-01", "evidence": "公报第2期"}


@pytest.fixture
def items(room):
    found = put_all(room)
    room.on("06-02")
    return found


def entering(key="甲条例"):
    return f"/adjustment/laws/new/?document={law(key).pk}"


def test_第五条_登记修改_单位在待办看到本单位的事项(room, items, reader):
    zwb = reader("zwb")
    answer = zwb.fill(entering(), **KNOWN)
    change = LawChange.objects.get()
    assert (answer.status, answer.location) == (302, f"/adjustment/laws/{change.pk}/")
    shown = zwb.get(answer.location)
    assert "已登记，为 2 个单位各生成一项任务" in shown.text and "还有 3 个事项没有答复" in shown.text
    assert "变更：事项1" in reader("cg").get("/desk/").text
    assert "变更：事项3" not in reader("cg").get(answer.location).text and "变更：事项1" in reader("cg").get(answer.location).text
    assert "提高处罚幅度" in reader("cg").get(f"/desk/cases/{case(items['1']).number}/").text


def case(item):
    return item.requests.get().case


def test_只勾选涉及的条款(room, items, reader):
    reader("fzb").fill(entering(), **KNOWN, places=["第五条"])
    assert [a.office.code for a in Application.objects.all()] == ["hyl"]
    assert LawChange.objects.get().office.code == "fzb"


def test_登记新颁布的文件_指明单位和事项(room, items, reader):
    answer = reader("zwb").fill("/adjustment/laws/new/", **NEW, units=[room.d.hyl.office.pk], codes=f"{code(1)}\n{code(2)}")
    assert answer.status == 302
    assert {a.office.code: a.places.count() for a in Application.objects.all()} == {"cg": 2, "hyl": 1}
    assert law("丙条例").in_force_from.isoformat() == "2016-07-01"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"announced_on": "2016-06-03"}, "公布日不能晚于今天"), ({"announced_on": "1900-01-01"}, "公布日不能早于"), ({"announced_on": "昨天"}, "看不懂这个日期"),
        ({"takes_effect": "2016-05-01"}, "施行日早于公布日"), ({"evidence": ""}, "请填写证明材料"), ({"sort": ""}, "请选择修改、废止或者恢复施行"),
        ({"places": ["第九条"]}, "没有这个选项"),
    ],
)  # fmt: skip
def test_填错的说明哪里不对_所填还在_什么也没有登记(typed, said, room, items, reader):
    answer = reader("zwb").fill(entering(), **KNOWN | typed)
    assert answer.status == 422 and said in answer.text and answer.value("summary") == "提高处罚幅度"
    assert LawChange.objects.count() == 0 and BasisDocument.objects.filter(key="甲条例").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "请至少选择一个单位"), ({"codes": "410105-没有"}, "现行清单中没有“410105-没有”"), ({"units": ["9999"]}, "没有这个选项"),
        ({"received_on": "2016-07-01", "codes": code(1)}, "文件收到日不能晚于今天"), ({"title": ""}, "请填写名称"),
    ],
)  # fmt: skip
def test_新文件填错的说明哪里不对(typed, said, room, items, reader):
    answer = reader("zwb").fill("/adjustment/laws/new/", **NEW | typed)
    assert answer.status == 422 and (said in answer.text or "不是有效" in answer.text) and answer.value("evidence") == "公报第2期"
    assert LawChange.objects.count() == 0


def test_登记簿中已核的文件_不能再当作新颁布的登记(room, items, reader):
    reader("zwb").fill("/adjustment/laws/new/", **NEW, codes=code(1))
    answer = reader("zwb").fill("/adjustment/laws/new/", **NEW | {"title": "中华人民共和国丙条例"}, codes=code(1))
    assert answer.status == 422 and "依据登记簿中已有“《丙条例》”" in answer.text


def test_同一张表单提交两次_只登记一次(room, items, reader):
    person, page = reader("zwb"), reader("zwb").load(entering())
    assert person.send(page, entering(), **KNOWN).status == 302
    assert person.send(page, entering(), **KNOWN).status == 302
    assert LawChange.objects.count() == 1


@pytest.mark.parametrize("path", ["/adjustment/laws/new/?document=999", "/adjustment/laws/new/?document=x", "/adjustment/laws/999/", "/adjustment/holds/999/resume/"])
def test_没有的是404(path, room, items, reader):
    assert reader("zwb").get(path).status == 404


def test_单位不能登记法律变动(room, items, reader):
    assert reader("cg").get("/adjustment/laws/new/").status == 403
    assert "/adjustment/laws/new/" not in reader("cg").get("/adjustment/laws/").links
    assert "还没有登记过法律变动" in reader("cg").get("/adjustment/laws/").text


# ---- 第十条（一） -------------------------------------------------------------------------------------------


@pytest.fixture
def flagged(room, items):
    repeal(room)
    sweep(room, "09-12")
    room.on("09-12")
    return items


def test_第十条一_待核的事项_政务办确认暂停_单位只看到自己的(flagged, reader):
    zwb = reader("zwb")
    page = zwb.get("/adjustment/holds/")
    number = case_of(flagged["1"]).number
    assert "事项1" in page.text and "事项3" in page.text and f"/desk/cases/{quote(number)}/" in page.links
    own = reader("cg").get("/adjustment/holds/")
    assert "事项1" in own.text and "事项3" not in own.text
    assert "《甲条例》第三条" in zwb.get(f"/desk/cases/{number}/").text
    answer = zwb.fill(f"/adjustment/{number}/suspend_item/", opinion="甲条例已废止")
    assert answer.status == 302
    assert "暂停行使" in zwb.get("/adjustment/holds/").text and "甲条例已废止" in zwb.get(f"/desk/cases/{number}/").text


def test_暂停的由政务办恢复_说明理由(flagged, room, reader):
    room.do("09-12", "zwb", holding.suspend_item, case_of(flagged["1"]), "甲条例已废止")
    hold = Hold.objects.get(case=case_of(flagged["1"]))
    path = f"/adjustment/holds/{hold.pk}/resume/"
    assert path in reader("zwb").get("/adjustment/holds/").links and path not in reader("cg").get("/adjustment/holds/").links
    empty = reader("zwb").fill(path, opinion="")
    assert empty.status == 422 and "请填写恢复行使的理由" in empty.text
    assert reader("zwb").fill(path, opinion="甲条例恢复施行").location == "/adjustment/holds/"
    assert "事项1" not in reader("zwb").get("/adjustment/holds/").text.replace("“事项1”已恢复行使", "")
    again = reader("zwb").fill(path, opinion="打了半天的理由")
    assert again.status == 422 and "不必再办" in again.text and again.value("opinion") == "打了半天的理由"


def test_没有的说明何时会有(room, items, reader):
    assert "没有待核或者暂停行使的事项" in reader("cg").get("/adjustment/holds/").text


@pytest.mark.parametrize("n", [1, 8])
def test_各页的查询数与行数无关(n, room, client_as, django_assert_max_num_queries):
    put_all(room, {str(i): ("cg", "《甲条例》第三条") for i in range(1, n + 1)})
    repeal(room)
    sweep(room, "09-12")
    room.on("09-12")
    client = client_as("zwb_1")
    for path in ("/adjustment/laws/", f"/adjustment/laws/{LawChange.objects.get().pk}/", "/adjustment/holds/", entering()):
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200


def test_第五条_申请页写明由来是哪一部法_怎样变动(room, items, reader):
    """The unit reads which law and what happened to it, and is led to it."""
    reader("zwb").fill(entering(), **KNOWN)
    application, change = Application.objects.get(office__code="cg"), LawChange.objects.get()
    page = reader("cg").get(f"/adjustment/group/{application.number}/")
    assert "来源：《甲条例》修改" in page.tight and "提高处罚幅度" in page.text and f"法律变动 {change.pk}" not in page.text
    assert f"/adjustment/laws/{change.pk}/" in page.links


def test_第五条_废止的写停止施行_不写施行(room, items, reader):
    """Of a repeal its day is that on which the law ceases: in the task, on the application's page, on the page of the change."""
    reader("zwb").fill(entering(), **{**KNOWN, "sort": "repealed"})
    application, change = Application.objects.get(office__code="cg"), LawChange.objects.get()
    cg = reader("cg")
    assert "2016年9月1日（周四）起停止施行" in application.places.first().case.request.cause
    assert "9月1日（周四）起停止施行" in cg.get(f"/adjustment/group/{application.number}/").tight
    assert "停止施行日" in cg.get(f"/adjustment/laws/{change.pk}/").text
