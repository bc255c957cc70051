"""What holds on every public page: small, its own, readable by machine and by keyboard, without script (P-J4, P-J5)."""

from itertools import pairwise

import pytest
from django.urls import reverse

from qingdan.lists.actions import CHANGE, Change
from qingdan.lists.schema import LISTS
from tests.lists.samples import complete

CODE = "410105-001-01-001-00"
PATHS = [
    "/", "/?q=审批", "/?q=没有的", *[f"/list/{kind.slug}/" for kind in LISTS.values()], "/list/shenpi/?on=2026-11-20", "/list/shenpi/?on=x",
    "/list/shenpi/?on=2026-11-20&known=2026-11-20", "/list/shenpi/compare?from=2026-11-18&to=2026-11-24", "/list/shenpi/compare?from=x",
    f"/item/{CODE}/compare", f"/item/{CODE}?on=2026-11-24&known=2026-11-20",
    f"/item/{CODE}", f"/item/{CODE}@2026-11-20", f"/item/{CODE}/v/1", "/item/nothing", "/list/nothing/", "/rules/", "/rules/调/", "/rules/诉/",
    "/rules/监/", "/rules/考/", "/rules/会/", "/due/", "/due/?start=2026-11-20&n=30", "/due/?start=2026-01-04&n=250", "/due/?start=x&n=y",
    "/ledger/", "/write/figures/", "/write/figures/?quarter=2016-3",
]  # fmt: skip


@pytest.fixture
def filled(put, publish, district, at):
    """Full pages of long items, and one item with two versions."""
    with at("2026-11-19T09:00"):
        long = {"basis": "《依据》第一条\n" * 20, "materials": "材料一份\n" * 20}
        first, *_ = put("审批", *[complete("审批", f"410105-001-01-{n:03d}-00", f"审批事项之{n}" + "很长的名称" * 6) | long for n in range(1, 56)])
        for kind in ("权责", "收费", "基金", "负面"):
            put(kind, complete(kind, f"410105-{kind}"))
    with at("2026-11-23T09:00"):
        publish(Change(CHANGE, "审批", district.cg.office, complete("审批", CODE, "改了名"), "政务办", item=first))
    with at("2026-11-24T09:00"):
        yield


@pytest.mark.parametrize("path", PATHS)
def test_each_page_is_small_whole_and_its_own(filled, get, path):
    page = get(path)
    assert len(page.html.encode()) < 100_000
    assert '<html lang="zh-Hans">' in page.html and page.title.strip().endswith("· 金水区“五单一网”")
    levels = [level for level, _ in page.headings]
    assert levels.count(1) == 1 and levels[0] == 1 and all(b - a <= 1 for a, b in pairwise(levels)), page.headings
    assert all(text.strip() for _, text in page.headings)
    assert len(page.ids) == len(set(page.ids)), "the same id twice"
    assert page.inline == [], "style or script inside the page"
    assert all(a.startswith(("/", "#", "?", "tel:")) and not a.startswith("//") for a in page.addresses), "something from elsewhere"
    assert set(page.controls) <= page.labelled, "a control without a label"
    assert all(link[1:] in page.ids for link in page.links if link.startswith("#")), "a link into the page that leads nowhere"


def test_titles_tell_the_pages_apart(filled, get):
    paths = [p for p in PATHS if "nothing" not in p and "on=" not in p and "from=x" not in p and "quarter=" not in p and "@" not in p and p not in ("/due/?start=x&n=y",)]
    titles = [get(p).title for p in paths]
    assert len(set(titles)) == len(titles), sorted(titles)


def test_every_link_of_the_public_pages_leads_to_a_page(filled, get):
    seen, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        page = get(path)
        assert page.status == 200, path
        base = path.partition("?")[0]
        links = {link.partition("#")[0] for link in page.links if not link.startswith(("#", "tel:"))}
        found = {base + link if link.startswith("?") else link for link in links}
        waiting += [link for link in found if not link.startswith(("/desk/", "/item/410105-001-01-0")) or link == f"/item/{CODE}"]
    assert {"/", "/rules/", "/due/", f"/item/{CODE}", "/list/jijin/"} <= seen


def test_the_addresses_are_those_that_are_promised_for_ever():
    assert reverse("portal:item", args=[CODE]) == f"/item/{CODE}"
    assert reverse("portal:item_on", args=[CODE, "2016-09-01"]) == f"/item/{CODE}@2016-09-01"
    assert reverse("portal:item_version", args=[CODE, 3]) == f"/item/{CODE}/v/3"
    assert reverse("portal:item_compare", args=[CODE]) == f"/item/{CODE}/compare"
    assert reverse("portal:list", args=["shenpi"]) == "/list/shenpi/"
    assert reverse("portal:list_csv", args=["shenpi"]) == "/list/shenpi.csv"
    assert reverse("portal:compare", args=["shenpi"]) == "/list/shenpi/compare"


def test_nobody_needs_to_be_logged_in_and_nothing_is_set_in_the_browser(filled, client):
    for path in PATHS:
        assert not client.get(path).cookies, path
