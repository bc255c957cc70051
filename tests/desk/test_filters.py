"""P-M2: the list of cases narrowed by state, unit, list and article; conditions kept, shared, with counts of what their reader may see."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.kernel.ledger.models import Case
from qingdan.kernel.saved.actions import MOST
from qingdan.kernel.saved.models import SavedFilter

CASES, KEEP = "/desk/cases/", "/desk/filters/"


@pytest.fixture
def june(room):
    """One of 城管局, referred to 法制办, and one of 花园路街道; the cases with which their items came in have ended."""
    items = [room.put(code="A-1", name="甲"), room.put(code="C-1", name="丙", unit="hyl")]
    first, third = (room.apply("06-07", item, item.office.code, promised="3") for item in items)
    room.refer("06-12", first)
    room.on("06-13")
    return first, third


def numbers(reader, query, who="zwb"):
    page = reader(who).get(f"{CASES}?{query}")
    return {link.split("/")[3] for link in page.links if link.startswith(CASES) and link.count("/") == 4}


def test_按状态_单位_清单_条款查找(june, reader):
    first, third = (quote(c.number) for c in june)
    begun = {quote(c.number) for c in Case.objects.filter(request=None)}
    assert numbers(reader, "state=open") == {first, third} and numbers(reader, "state=ended") == begun
    assert numbers(reader, "state=mine") == {third} and numbers(reader, "state=mine", "fzb") == {first}
    assert numbers(reader, "unit=hyl&state=open") == {third} and numbers(reader, "kind=权责") == {first, third} and numbers(reader, "kind=基金") == set()
    assert numbers(reader, f"article={quote('第七条（三）')}") == {first}
    assert numbers(reader, f"q={quote('丙')}") == {third} and numbers(reader, f"state=open&unit=cg&q={quote('甲')}") == {first}


def test_今天到期_临近_逾期(june, room, reader):
    first, third = (quote(c.number) for c in june)
    assert numbers(reader, "state=late") == {third} and numbers(reader, "state=today") == set(), "D3 of 丙 ended on 06-12"
    room.on("06-15")
    assert numbers(reader, "state=near") == {first}, "D4 ends on 06-17"
    room.on("06-17")
    assert numbers(reader, "state=today") == {first} and first in numbers(reader, "state=near")


@pytest.mark.parametrize("query", ["state=nonsense", "unit=nowhere", "kind=x", "article=第九十九条", f"q={'长' * 101}"])
def test_看不懂的条件_说明_不报错(june, reader, query):
    page = reader("zwb").get(f"{CASES}?{query}")
    assert page.status == 200 and "请先改正查找条件" in page.text


def test_保存_计数_共用_删除(june, room, client_as, reader):
    mine = client_as("zwb_1")
    assert mine.post(KEEP, {"name": " 在办 ", "query": "state=open&page=3&x=1", "shared": "1"}).status_code == 302
    row = SavedFilter.objects.get()
    assert (row.name, row.query, row.shared) == ("在办", "state=open", True)
    assert "在办 2" in reader("zwb").get(CASES).text
    assert "在办 2" not in reader("fzb").get(CASES).text, "another office's"
    mine.post(KEEP, {"name": "在办", "query": "state=ended"})
    assert SavedFilter.objects.get().query == "state=ended" and "在办 2" in reader("zwb").get(CASES).text
    other = client_as("fzb_1")
    other.post(KEEP, {"drop": str(row.pk)})
    assert SavedFilter.objects.exists(), "somebody else's is not dropped"
    mine.post(KEEP, {"drop": str(row.pk)})
    assert not SavedFilter.objects.exists()


def test_计数只数看得到的(june, client_as, reader):
    client_as("cg_1").post(KEEP, {"name": "全部在办", "query": "state=open"})
    client_as("zwb_1").post(KEEP, {"name": "全部在办", "query": "state=open"})
    assert "全部在办 1" in reader("cg").get(CASES).text and "全部在办 2" in reader("zwb").get(CASES).text


@pytest.mark.parametrize(
    ("sent", "why"),
    [({"name": "", "query": "state=open"}, "1 至 20 个字"), ({"name": "x" * 21, "query": "state=open"}, "1 至 20 个字"),
     ({"name": "空的", "query": ""}, "没有选择任何条件"), ({"name": "坏的", "query": "state=nonsense"}, "没有选择任何条件")],
)  # fmt: skip
def test_不能保存的_说明为什么(june, client_as, sent, why):
    answer = client_as("zwb_1").post(KEEP, sent, follow=True)
    assert why in answer.content.decode() and not SavedFilter.objects.exists()


def test_最多十二个_条数不增加查询(june, client_as):
    person = client_as("zwb_1")

    def queries():
        with CaptureQueriesContext(connection) as told:
            assert person.get(CASES).status_code == 200
        return len(told)

    person.post(KEEP, {"name": "0", "query": "state=open"})
    one = queries()
    for n in range(MOST + 3):
        person.post(KEEP, {"name": str(n), "query": "state=open&unit=cg"})
    assert SavedFilter.objects.count() == MOST and queries() == one
