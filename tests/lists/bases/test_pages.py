"""The register of 依据 for the staff: found, completed by 政务办, and what lacks a 依据 is listed."""

from datetime import date

import pytest

from qingdan.kernel.ledger.models import Event
from qingdan.lists.bases.models import BasisArticle, BasisDocument
from tests.measures.laws import TEXTS, enter, law, put_all
from tests.measures.room import Room

TYPED = {"kind": "法规", "title": "甲条例", "issuer": "省人大常委会", "number": "公告第1号", "published_on": "2000-01-01",
         "in_force_from": "2000-05-01", "url": "https://example.gov.cn/1"}  # fmt: skip


@pytest.fixture
def room(request):
    """The shared district and not the one of the lists."""
    from tests.world import make_district

    request.getfixturevalue("db")
    return Room(make_district())


@pytest.fixture
def items(room):
    found = put_all(room, TEXTS | {"5": ("hyl", "同上")})
    room.on("06-07")
    return found


def where(key="甲条例"):
    return f"/lists/bases/{law(key).pk}/"


def test_登记簿列出全部文件_待核的注明_可以查找(room, items, reader):
    page = reader("cg").get("/lists/bases/")
    assert "《甲条例》 待核" in page.text and "《乙法》" in page.text and "1 个事项有未能识别的依据" in page.text
    assert "《乙法》" not in reader("cg").get("/lists/bases/", q="甲").text
    assert "没有符合条件的文件" in reader("cg").get("/lists/bases/", q="丙").text
    assert "《甲条例》" in reader("cg").get("/lists/bases/", state="unchecked").text


def test_空的登记簿说明何时会有(room, reader):
    room.on("06-07")
    assert "还没有依据记录" in reader("cg").get("/lists/bases/").text


def test_文件页_条款_事项数_版本和变动(room, items, reader):
    enter(room, "06-07", "amended", "甲条例", "06-06", "09-01")
    old = BasisDocument.objects.filter(key="甲条例").order_by("pk").first()
    page = reader("cg").get(f"/lists/bases/{old.pk}/")
    assert "第三条" in page.text and "2 项" in page.text and "修改" in page.text and "2016版" in page.text
    assert where() in page.links


def test_第五条_政务办核对以后_条款随之有了施行日(room, items, reader):
    path = where() + "check/"
    answer = reader("zwb").fill(path, **TYPED)
    assert (answer.status, answer.location) == (302, where())
    document = law("甲条例")
    assert document.checked and document.in_force_from == date(2000, 5, 1) and document.key == "甲条例"
    assert set(BasisArticle.objects.filter(document=document).values_list("in_force_from", flat=True)) == {date(2000, 5, 1)}
    event = Event.objects.get(act="check_basis")
    assert event.person.username == "zwb_1" and event.facts["issuer"] == "省人大常委会"
    assert "待核" not in reader("cg").get(where()).text.replace("待核和暂停行使", "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"in_force_from": "1999-01-01"}, "施行日早于公布日"), ({"in_force_from": "去年"}, "看不懂这个日期"), ({"title": ""}, "请填写名称"),
        ({"url": "javascript:1"}, "网址以 https:// 或者 http:// 开头"), ({"issuer": "字" * 201}, "最多 200 字"), ({"kind": "没有"}, "请从列出的种类中选择"),
    ],
)  # fmt: skip
def test_填错的说明哪里不对_所填还在_什么也没有改(typed, said, room, items, reader):
    answer = reader("zwb").fill(where() + "check/", **TYPED | {"number": "打了半天的文号"} | typed)
    assert answer.status == 422 and said in answer.text and answer.value("number") == "打了半天的文号"
    assert not law("甲条例").checked and not Event.objects.filter(act="check_basis").exists()


def test_只有政务办能够核对_别的单位看不到按钮(room, items, reader):
    assert reader("cg").get(where() + "check/").status == 403
    assert where() + "check/" in reader("zwb").get(where()).links
    assert where() + "check/" not in reader("cg").get(where()).links


def test_没有的文件是404(room, items, reader):
    assert reader("zwb").get("/lists/bases/999/").status == 404
    assert reader("zwb").get("/lists/bases/999/check/").status == 404


def test_缺依据的事项_三种分别列出(room, items, reader):
    enter(room, "06-07", "repealed", "甲条例", "06-06", "06-07")
    page = reader("cg").get("/lists/bases/lacking/")
    assert "没有依据记录 1" in page.text and "有未能识别的依据 1" in page.text and "依据都已停止施行 2" in page.text and "事项5" in page.text
    assert "同上 未能识别" in reader("cg").get("/lists/bases/lacking/", sort="unread").text
    ended = reader("cg").get("/lists/bases/lacking/", sort="ended")
    assert "事项1" in ended.text and "事项3" in ended.text and "事项2" not in ended.text
    assert reader("cg").get("/lists/bases/lacking/", sort="坏").status == 200


@pytest.mark.parametrize("n", [1, 12])
def test_各页的查询数与行数无关(n, room, client_as, django_assert_max_num_queries):
    put_all(room, {str(i): ("cg", f"《甲{i}条例》第三条\n《乙法》第{i}条\n同上") for i in range(1, n + 1)})
    room.on("06-07")
    client = client_as("cg_1")
    for path in ("/lists/bases/", where("乙法"), "/lists/bases/lacking/?sort=unread"):
        with django_assert_max_num_queries(13):
            assert client.get(path).status_code == 200
