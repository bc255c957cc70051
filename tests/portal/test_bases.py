"""依据此条的事项 (P-A6) and 待核, 暂停行使 (第十条（一）, X5) as the public sees them, on both axes."""

import csv
import io
from datetime import date

import pytest

from qingdan.kernel import clock
from qingdan.lists.actions import CHANGE, Change
from qingdan.lists.bases.models import BasisArticle, BasisDocument, Hold, LawChange
from qingdan.measures.adjustment import holding
from qingdan.measures.adjustment.watching import actions as watching
from tests.lists.samples import complete

CODE = "410105-001-01-001-00"


@pytest.fixture
def two(put, at):
    """One item rests on 甲条例 alone, the other also on 乙法."""
    with at("2016-06-07T09:00"):
        return put(
            "审批",
            complete("审批", CODE, "只有甲") | {"basis": "《甲条例》第三条\n同上"},
            complete("审批", "410105-001-01-002-00", "还有乙") | {"basis": "《甲条例》第三条、第五条\n《乙法》第一条"},
        )


@pytest.fixture
def repealed(two, district):
    """甲条例 is repealed from 09-12 on, as entered on 06-08; the sweep of that day has been there."""
    clock.set_fixed("2016-06-08T09:00")
    days = {"announced_on": date(2016, 6, 8), "takes_effect": date(2016, 9, 12)}
    change = LawChange(sort="repealed", document=BasisDocument.objects.get(key="甲条例"), evidence="公报", **days)
    watching.enter(change, by=district.zwb.person, office=district.zwb.office, key="k")
    clock.set_fixed("2016-09-12T00:05")
    holding.open_repeals()
    clock.set_fixed("2016-09-12T09:00")
    return Hold.objects.get()


@pytest.fixture
def suspended(repealed, district):
    holding.suspend_item(repealed.case, "甲条例废止，省里另行规定之前", by=district.zwb.person, office=district.zwb.office)
    return repealed


def article(place, key="甲条例"):
    found = BasisArticle.objects.get(place=place, document__key=key)
    return f"/basis/{found.document_id}/{found.pk}/"


# ---- reverse look-up ------------------------------------------------------------------------------------


def test_依据此条的事项_列出现行的引用(two, get):
    assert "今天有效 2 项" in get(article("第三条")).text
    page = get(article("第五条"))
    assert "还有乙" in page.text and "只有甲" not in page.text
    assert f"/item/{CODE}" in get(article("第三条")).links


def test_事项页连到每一条依据_未能识别的照原文注明(two, get):
    page = get(f"/item/{CODE}")
    assert article("第三条") in page.links
    assert "同上 未能识别" in page.text


def test_文件页_每一条和引用它的事项数(two, get):
    page = get(f"/basis/{BasisDocument.objects.get(key='甲条例').pk}/")
    assert "第三条" in page.text and "2 项" in page.text and article("第五条") in page.links


def test_全部依据可以查找(two, get):
    assert "甲条例" in get("/basis/").text and "乙法" in get("/basis/").text
    found = get("/basis/", q="乙")
    assert "乙法" in found.text and "甲条例" not in found.text
    assert "没有找到" in get("/basis/", q="丙").text


@pytest.mark.parametrize("path", ["/basis/999/", "/basis/999/1/", "/basis/1/999999/"])
def test_没有的文件和条款_说明没有(path, two, get):
    assert get(path).status == 404


@pytest.mark.parametrize("n", [1, 30])
def test_依据各页的查询数与事项数无关(n, put, client, django_assert_num_queries):
    put("审批", *[complete("审批", f"410105-{i}", f"事项{i}") | {"basis": f"《甲条例》第{i}条、第一百条"} for i in range(1, n + 1)])
    document = BasisDocument.objects.get()
    for path, queries in (("/basis/", 2), (f"/basis/{document.pk}/", 4), (article("第一百条"), 4)):
        with django_assert_num_queries(queries):
            assert client.get(path).status_code == 200


# ---- 待核, 暂停行使 ----------------------------------------------------------------------------------------


def test_第十条一_废止之日_公开页面自行注明待核(repealed, get):
    page = get(f"/item/{CODE}")
    assert "待核 ：自 9月12日（周一） 起" in page.text and "正在核实" in page.text
    assert "待核" in get("/list/shenpi/").text and "待核" in get("/", q="只有甲").text and "待核" in get(article("第三条")).text
    assert "待核" not in get("/item/410105-001-01-002-00").text
    assert "今天不在施行" in page.text


def test_第十条一_暂停行使_页面清单和表格都注明日期和理由(suspended, get, client):
    page = get(f"/item/{CODE}")
    assert "暂停行使 ：自" in page.text and "甲条例废止，省里另行规定之前" in page.text
    listed = get("/list/shenpi/")
    assert "暂停行使" in listed.text and "2016-09-12 起：甲条例废止" in listed.text
    rows = list(csv.DictReader(io.StringIO(client.get("/list/shenpi.csv").content.decode("utf-8-sig"))))
    assert {row["名称"]: row["行使状态"] for row in rows} == {
        "只有甲": "暂停行使（2016-09-12 起：甲条例废止，省里另行规定之前）", "还有乙": "",
    }  # fmt: skip


def test_两条时间轴_前一天的清单没有注明(suspended, get, client):
    clock.set_fixed("2016-09-20T09:00")
    assert "暂停行使" not in get(f"/item/{CODE}@2016-09-11").text
    assert "暂停行使" in get(f"/item/{CODE}@2016-09-12").text
    assert "暂停行使" not in get("/list/shenpi/", on="2016-09-20", known="2016-09-11").text
    assert "暂停行使" in get("/list/shenpi/", on="2016-09-20", known="2016-09-12").text
    assert "暂停行使" not in client.get("/list/shenpi.csv?on=2016-09-11").content.decode()


def test_公布新版本以后不再注明_旧版本的页面也不(suspended, two, publish, district, get):
    clock.set_fixed("2016-09-20T09:00")
    publish(Change(CHANGE, "审批", district.cg.office, complete("审批", CODE, "改依据") | {"basis": "《乙法》第一条"}, "政务办", item=two[0]))
    assert "暂停行使" not in get(f"/item/{CODE}").text and "暂停行使" not in get(f"/item/{CODE}/v/1").text
    assert "暂停行使" in get(f"/item/{CODE}@2016-09-19").text


def test_恢复行使以后不再注明(suspended, district, get):
    clock.set_fixed("2016-10-10T09:00")
    holding.resume_item(suspended, "甲条例恢复施行", by=district.zwb.person, office=district.zwb.office, key="r")
    assert "暂停行使" not in get(f"/item/{CODE}").text
    assert "暂停行使" in get(f"/item/{CODE}@2016-10-09").text
