"""Published versions rest on records (P-A6): made by the act that publishes, 待核; found from the article; dated by X5."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.verify import verify
from qingdan.lists.actions import CANCEL, CHANGE, NEW, Change
from qingdan.lists.bases import queries
from qingdan.lists.bases.linking import edition_on, link
from qingdan.lists.bases.models import BasisArticle, BasisDocument, BasisLink, valid_on
from qingdan.lists.importing import committing
from qingdan.lists.importing.reading import read
from qingdan.lists.queries import current
from tests.lists.samples import HEADER, complete, csv_bytes

WATER = "《中华人民共和国水法》第二十五条第一款"


def code(n):
    return f"410105-001-01-{n:03d}-00"


@pytest.fixture
def rest(put):
    """rest("《水法》第三条", …) → one item in force for each text of 依据."""

    def rest(*texts, start=1):
        return put("权责", *(complete("权责", code(n), f"事项{n}") | {"basis": t} for n, t in enumerate(texts, start)))

    return rest


def change_of(item, district, action=CHANGE, **changes):
    content = current(item).content_dict | changes
    return Change(action, item.kind, district.first, content, "王一", item=item)


def places(item):
    return [str(link.article) for link in queries.links_of(current(item))]


# ---- what the act of publishing writes ------------------------------------------------------------------


def test_每个事项至少依据一条记录_新记录待核(rest):
    one, two = rest(WATER, "《水法》第三条\n财税〔2015〕72 号")
    assert places(one) == ["《中华人民共和国水法》第二十五条第一款"]
    assert places(two) == ["《中华人民共和国水法》第三条", "财税〔2015〕72号"]
    assert [d.checked for d in BasisDocument.objects.all()] == [False, False]  # 水法 once, however it is written
    assert verify().fault is None


def test_未能识别的原文另记并计数(rest):
    one, two = rest("《水法》第三条\n同上", "省里有文件")
    assert [link.text for link in queries.links_of(current(one)) if link.article is None] == ["同上"]
    assert [v.item for v in queries.with_unread(clock.today())] == [one, two]
    assert [v.item for v in queries.without_basis(clock.today())] == [two]


def test_导入写入依据记录(district):
    rows = [["甲局", f"事项{n}", code(n), "01", "0371-63526000", f"《水法》第{n}条"] for n in range(1, 6)]
    table = read(csv_bytes([[*HEADER, "法律依据"], *rows]), "表.csv")
    committing.commit("权责", table, committing.plan("权责", table).digest, by=district.clerk, office=district.zwb)
    water = BasisDocument.objects.get()
    assert [(a.place, n) for a, n in queries.counts_of(water, clock.today())] == [(f"第{c}条", 1) for c in "一二三四五"]


def test_第七条五_新版本改写依据_旧版本的关联不动(rest, publish, district):
    (item,) = rest("《水法》第三条")
    publish(change_of(item, district, basis="《水法》第四条"))
    old, new = item.versions.order_by("number")
    assert [link.article.place for link in queries.links_of(old)] == ["第三条"]
    assert [link.article.place for link in queries.links_of(new)] == ["第四条"]
    third = BasisArticle.objects.get(place="第三条")
    assert list(queries.resting_on([third])) == []


def test_取消的版本不再依据任何条款(rest, publish, district):
    (item,) = rest("《水法》第三条")
    publish(change_of(item, district, CANCEL))
    assert list(queries.resting_on(BasisArticle.objects.all())) == [] and not current(item).bases.exists()


def test_同样的版本得出同样的关联(rest):
    """Links are a pure function of the versions: made again, they need no new record."""
    items = rest(WATER, "《水法》第三条至第五条", "同上")
    versions = [current(item) for item in items]
    again = link(versions, clock.today())
    assert again.before == []
    stored = {(one.version_id, one.article_id, one.text) for one in BasisLink.objects.all()}
    assert {(one.version.pk, one.article.pk if one.article else None, one.text) for one in again.links} == stored


# ---- reverse look-up ------------------------------------------------------------------------------------


def test_依据此条的事项_正好是现行版本引用它的那些(rest, publish, district):
    a, b, c = rest("《水法》第三条、第四条", "《水法》第四条", "《土地法》第四条")
    fourth = BasisArticle.objects.get(document__key="水法", place="第四条")
    assert [v.item for v in queries.resting_on([fourth])] == [a, b]
    publish(change_of(b, district, basis="《水法》第五条"))
    assert [v.item for v in queries.resting_on([fourth])] == [a]
    assert [v.item for v in queries.resting_on(BasisArticle.objects.filter(document__key="水法"))] == [a, b]
    assert c.versions.count() == 1


@pytest.mark.parametrize("n", [1, 12])
def test_反查的查询数与事项数无关(n, rest, django_assert_num_queries):
    rest(*["《水法》第三条"] * n)
    third = list(BasisArticle.objects.all())
    with django_assert_num_queries(1):
        assert len(queries.resting_on(third)) == n
    water = BasisDocument.objects.get()
    with django_assert_num_queries(2):
        assert queries.counts_of(water, clock.today()) == [(third[0], n)]


@pytest.mark.parametrize("n", [1, 12])
def test_写入关联的查询数与事项数无关(n, rest, django_assert_num_queries):
    items = rest(*["《水法》第三条"] * n)
    versions = [current(item) for item in items]
    with django_assert_num_queries(2):
        link(versions, clock.today())


# ---- 第十条（一） 生效日; editions ---------------------------------------------------------------------------


@pytest.fixture
def law(district):
    """law("新水法", from) → a checked document whose days are known."""

    def law(title, begins=None, ends=None, published=None, replaces=None):
        document = BasisDocument(key=title, title=title, kind="法律", in_force_from=begins, in_force_to=ends, published_on=published,
                                 replaces=replaces, checked=True)  # fmt: skip
        note("law", by=None, rows=[document])
        return document

    return law


def test_第十条一_不早于所依据条款的施行日(law, publish, district):
    law("新水法", date(2016, 9, 1))
    law("旧水法", date(2002, 10, 1))
    made = publish(Change(NEW, "权责", district.first, complete("权责", code(1)) | {"basis": "《旧水法》第一条\n《新水法》第三条"}, "王一"))
    assert (made.published_on, made.effective_from) == (date(2016, 6, 7), date(2016, 9, 1))
    assert made.bases.last().article.in_force_from == date(2016, 9, 1)


def test_第十条一_施行日已过的自公布日生效_更晚的拟生效日仍然算数(law, publish, district):
    law("水法", date(2002, 10, 1))
    change = Change(NEW, "权责", district.first, complete("权责", code(1)) | {"basis": "《水法》第三条"}, "王一")
    assert publish(change).effective_from == date(2016, 6, 7)
    later = Change(NEW, "权责", district.first, complete("权责", code(2)) | {"basis": "《水法》第三条"}, "王一", wished=date(2016, 8, 1))
    assert publish(later).effective_from == date(2016, 8, 1)


def test_前后两版_按公布之日施行的一版_写明年份的按所写(law, rest):
    old = law("水法", date(2002, 10, 1), date(2016, 8, 31), date(2002, 8, 29))
    new = law("水法", date(2016, 9, 1), None, date(2016, 7, 2), replaces=old)
    one, two = rest("《水法》第三条", "《水法》（2016年修订）第三条")
    assert [link.article.document for link in queries.links_of(current(one))] == [old]
    assert [link.article.document for link in queries.links_of(current(two))] == [new]
    assert edition_on([old, new], date(2016, 9, 1)) == new and edition_on([], date(2016, 9, 1)) is None


def test_登记的文件有了日期_其后的条款随之(law, rest):
    law("水法", date(2002, 10, 1), date(2016, 8, 31))
    rest("《水法》第三条")
    assert BasisArticle.objects.get().in_force_to == date(2016, 8, 31)


# ---- valid on a day ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2016-05-31", False), ("2016-06-01", True), ("2016-07-31", True), ("2016-08-01", False), ("2016-09-30", False), ("2016-10-01", True)],
)
def test_施行的日子_行和查询一致(day, holds, law):
    document = law("水法", date(2016, 6, 1), date(2016, 7, 31))
    document.restored_on = date(2016, 10, 1)
    note("law", by=None, rows=[document])
    on = date.fromisoformat(day)
    assert document.holds_on(on) is holds
    assert BasisDocument.objects.filter(valid_on(on)).exists() is holds


def test_没有有效依据的事项(law, rest):
    ended = law("甲法", date(2000, 1, 1), date(2016, 6, 30))
    law("乙法", date(2000, 1, 1))
    one, two, three = rest("《甲法》第一条", "《甲法》第一条、第二条\n《乙法》第一条", "同上")
    assert list(queries.without_valid_basis(date(2016, 6, 30))) == []
    assert [v.item for v in queries.without_valid_basis(date(2016, 7, 1))] == [one]
    assert ended.articles.count() == 2 and two != three


def test_关联不能改也不能删(rest):
    """P-A6: what a version rests on is as immutable as the version, also for raw SQL."""
    rest("《水法》第三条")
    for statement in ("UPDATE bases_basislink SET text = '改'", "DELETE FROM bases_basislink"):
        with pytest.raises(DatabaseError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert BasisLink.objects.get().text == "《水法》第三条"
