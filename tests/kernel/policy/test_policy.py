"""b1: every address × everybody × every method against the declared policy. What is not declared is refused to all."""

import types
from datetime import date

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver, include, path, reverse

from qingdan.config import urls
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.offices.models import Person, Post
from qingdan.kernel.policy import audiences
from qingdan.kernel.policy.declared import DECLARED, audience_of
from qingdan.kernel.policy.middleware import CSP
from qingdan.lists.bases.models import BasisArticle, BasisDocument, Hold, LawChange
from qingdan.lists.importing import committing
from qingdan.lists.importing.reading import read
from qingdan.measures.adjustment.holding import open_repeals
from qingdan.measures.adjustment.watching.actions import enter
from tests.kernel.ledger.worlds import everything, referred
from tests.lists.samples import HEADER, code, csv_bytes
from tests.world import OFFICES

pytestmark = pytest.mark.django_db
METHODS = ["get", "head", "post", "put", "patch", "delete", "options"]
NOBODY, STRANGER = "anonymous", "stranger"  # without an account; with an account but without a post
EVERYBODY = [NOBODY, STRANGER, *[f"{code}_1" for code in OFFICES]]
STAFF = {f"{code}_1" for code in OFFICES}
ADMITTED = {  # who belongs to an audience in the district of these tests, written down and not asked of the code
    "public": set(EVERYBODY),
    "staff": STAFF,
    "office": {"zwb_1"},
    "leads": {"fzb_1", "bb_1", "czj_1", "zwzx_1", "fgw_1"},
    "registrars": {"zwb_1", "fzb_1", "bb_1", "czj_1", "zwzx_1", "fgw_1"},
    "egov": {"dzzw_1"},
    "demonstration": set(),
}


def with_demonstration():
    """The product's addresses and those of the demonstration, whatever the settings say."""
    module = types.ModuleType("urls_with_demonstration")
    module.urlpatterns = [p for p in urls.urlpatterns if str(p.pattern) != "demo/"] + [path("demo/", include("qingdan.demo.urls"))]
    return module


def patterns(conf=None):
    """Every (name, pattern) of the URLconf, with the namespaces that the name bears."""
    found = []

    def walk(resolver, spaces):
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLPattern):
                found.append((":".join([*spaces, str(pattern.name)]), pattern))
            else:
                walk(pattern, [*spaces, *([pattern.namespace] if pattern.namespace else [])])

    walk(get_resolver(conf), [])
    return found


NAMES = [name for name, _ in patterns()]
OF_DEMONSTRATION = [name for name, audience in DECLARED.items() if audience is audiences.DEMONSTRATION]


# ---- declarations --------------------------------------------------------------------------------------


def test_every_address_is_declared():
    assert len(NAMES) > 10
    assert [name for name in NAMES if audience_of(name) is None] == []


def test_every_declared_name_is_an_address():
    assert settings.DEMONSTRATION is False
    assert set(DECLARED) - set(OF_DEMONSTRATION) <= set(NAMES)
    assert set(OF_DEMONSTRATION) == {name for name, _ in patterns(with_demonstration())} - set(NAMES)


def test_no_two_addresses_have_one_name():
    assert sorted(NAMES) == sorted(set(NAMES))


def test_every_audience_has_a_name_and_a_description_in_chinese():
    used = {audience.key: audience for audience in DECLARED.values()}
    assert set(used) <= set(ADMITTED)
    assert all(a.name and a.description.endswith("。") for a in used.values())


# ---- the walk -------------------------------------------------------------------------------------------


@pytest.fixture
def world(district, at):
    """An item, a case at the review, a person without a post, and the time at which they are looked at."""
    with at("2016-05-08T09:00"):
        note("create_person", by=None, rows=[Person(username=STRANGER, name="外人")])
        found = read(csv_bytes([[*HEADER, "法律依据"], ["城管局", "事项一", code(1), "01", "0371-63526000", "《水法》第三条"]]), "表.csv")
        committing.commit("审批", found, committing.plan("审批", found).digest, by=district.zwb.person, office=district.zwb.office)
    case = referred(district, "fzb")
    with at("2016-06-13T09:00"):
        days = {"announced_on": date(2016, 6, 13), "takes_effect": date(2016, 6, 13)}
        change = LawChange(sort="repealed", document=BasisDocument.objects.get(), evidence="公报", **days)
        enter(change, by=district.zwb.person, office=district.zwb.office, key="k")
        open_repeals()
        yield case


def address(name, case):
    """A real address for this name: real objects, so that no 404 hides what would happen."""
    words = {"slug": "shenpi", "code": code(1), "day": "2016-06-07", "number": case.number, "act": "agree", "token": "none", "pk": 1, "target": 1, "stored": "none",
             "figure": "applied", "duty": "1:1:D3:zwb", "group": "none", "sort": "case", "key": case.number}  # fmt: skip
    of_records = {"adjustment:law_change": LawChange, "adjustment:resume": Hold, "lists:basis": BasisDocument, "lists:basis_check": BasisDocument,
                  "portal:basis": BasisDocument, "portal:basis_article": BasisDocument}  # fmt: skip
    if name in of_records:
        words |= {"pk": of_records[name].objects.get().pk, "article": BasisArticle.objects.get().pk}
    if name == "portal:item_version":
        words["number"] = "1"
    if name == "portal:measure":
        words["code"] = "调"
    pattern = dict(patterns(with_demonstration()))[name].pattern
    return reverse(name, kwargs={key: words[key] for key in getattr(pattern, "converters", None) or pattern.regex.groupindex})


def as_(username):
    client = Client(raise_request_exception=False)
    if username != NOBODY:
        client.force_login(Person.objects.get(username=username))
    return client


@pytest.mark.parametrize("name", NAMES)
def test_b1_an_address_is_open_to_its_audience_and_to_nobody_else(world, name):
    where, wrong = address(name, world), []
    for who in EVERYBODY:
        client = as_(who)
        for method in METHODS if who in (NOBODY, STRANGER, "zwb_1") else ("get", "post"):
            response = getattr(as_(who) if name == "desk:logout" else client, method)(where)
            if response.status_code >= 500 or outcome(response) not in expected(name, who):
                wrong.append(f"{who} {method} {where}: {response.status_code} {outcome(response)}")
            if response["Content-Security-Policy"] != CSP or (logged_in(who, name) and response["Cache-Control"] != "no-store"):
                wrong.append(f"{who} {method} {where}: headers")
    assert wrong == []


def outcome(response):
    """sent to log in · turned away by the policy · refused without a page (HEAD has none) · served, whatever the page then says."""
    if response.status_code == 302 and response["Location"].startswith("/desk/login/?next="):
        return "log in"
    if response.status_code == 403 and "这个页面只供" in response.content.decode():
        return "turned away"
    return "refused" if response.status_code == 403 and not response.content else "served"


def expected(name, who):
    if who in ADMITTED[DECLARED[name].key]:
        return {"served"}
    return {"log in"} if who == NOBODY else {"turned away", "refused"}


def logged_in(who, name):
    """Whoever has just logged out is nobody."""
    return who != NOBODY and name != "desk:logout"


@pytest.mark.parametrize("name", NAMES)
def test_b6_looking_changes_nothing(world, name):
    """GET and HEAD of every address by everybody leave every table as it was (sessions apart)."""
    before = {table: rows for table, rows in everything().items() if table != "django_session"}
    for who in (NOBODY, STRANGER, "zwb_1", "cg_1", "fzb_1", "dzzw_1"):
        client = as_(who)
        for method in ("get", "head"):
            getattr(client, method)(address(name, world))
    assert {table: rows for table, rows in everything().items() if table != "django_session"} == before


@pytest.mark.parametrize("name", NAMES)
def test_b6_a_form_without_its_token_is_refused(world, name):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(Person.objects.get(username="zwb_1"))
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(address(name, world)).status_code == 403


def test_the_page_that_was_asked_for_is_kept_through_the_login(world):
    response = Client().get("/desk/cases/?page=2")
    assert response["Location"] == "/desk/login/?next=/desk/cases/%3Fpage%3D2"


# ---- deny by default --------------------------------------------------------------------------------------


def answer(request):
    return HttpResponse("open")


def boom(request):
    raise ZeroDivisionError


def conf(*more):
    module = types.ModuleType("urls_of_a_test")
    module.urlpatterns = [*urls.urlpatterns, *more]
    return module


@pytest.mark.parametrize("who", [NOBODY, STRANGER, "zwb_1"])
@pytest.mark.parametrize("pattern", [path("x/", answer, name="undeclared"), path("x/", answer)], ids=["named", "without a name"])
def test_an_address_that_is_not_declared_is_refused_to_everybody(world, who, pattern):
    with override_settings(ROOT_URLCONF=conf(pattern)):
        for method in METHODS:
            response = getattr(as_(who), method)("/x/")
            assert (response.status_code, b"open" in response.content) == (403, False)


def test_a_declared_one_is_open_and_an_error_in_it_has_the_headers_too(world, monkeypatch):
    monkeypatch.setitem(DECLARED, "declared", audiences.PUBLIC)
    monkeypatch.setitem(DECLARED, "boom", audiences.PUBLIC)
    with override_settings(ROOT_URLCONF=conf(path("x/", answer, name="declared"), path("y/", boom, name="boom"))):
        assert as_(NOBODY).get("/x/").content == b"open"
        broken = as_("zwb_1").get("/y/")
        assert (broken.status_code, broken["Content-Security-Policy"], broken["Cache-Control"]) == (500, CSP, "no-store")


def test_an_address_that_does_not_exist_has_the_headers(world):
    response = as_("zwb_1").get("/no/such/page/")
    assert (response.status_code, response["Content-Security-Policy"], response["Cache-Control"]) == (404, CSP, "no-store")


def test_the_headers_that_keep_content_where_it_belongs(world):
    response = as_("zwb_1").get("/desk/")
    assert {name: response[name] for name in ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")} == {
        "X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    }  # fmt: skip
    assert "'unsafe" not in CSP and "http" not in CSP
    assert {part.split()[0] for part in CSP.split("; ")} >= {"default-src", "frame-ancestors", "form-action", "base-uri"}


@pytest.mark.parametrize("name", OF_DEMONSTRATION)
def test_the_demonstrations_doors_open_only_in_the_demonstration(world, name):
    with override_settings(ROOT_URLCONF=with_demonstration()):
        where = address(name, world)
        for who in (NOBODY, STRANGER, "zwb_1"):
            for method in METHODS:
                assert getattr(as_(who), method)(where).status_code == 403
        with override_settings(DEMONSTRATION=True):
            for who in (NOBODY, STRANGER, "zwb_1"):
                assert as_(who).get(where).status_code == 405
                assert as_(who).post(where).status_code == 404, "without a role or a number of days there is nothing to do"
    assert Client().get("/demo/enter/").status_code == 404


# ---- the post in which somebody acts -------------------------------------------------------------------------


def test_who_has_two_posts_is_admitted_by_the_one_that_they_chose(world, district):
    """A person of 城管局 with a second post in 政务办 opens the office's page only when acting for the office."""
    note("appoint", by=None, rows=[Post(person=district.cg.person, office=district.zwb.office)])
    client, where = as_("cg_1"), reverse("lists:import")
    assert client.get(where).status_code == 403
    for chosen, status in (("zwb", 200), ("cg", 403), ("bb", 403), ("zwb", 200)):
        session = client.session
        session["office"] = chosen
        session.save()
        assert client.get(where).status_code == status


def test_b5_whoever_loses_the_post_loses_the_page_with_the_next_request(world, district):
    client = as_("cg_1")
    assert client.get("/desk/").status_code == 200
    post = Post.objects.get(person=district.cg.person)
    post.valid_to = post.valid_from
    note("end_post", by=None, rows=[post])
    assert client.get("/desk/").status_code == 403


def test_every_audience_admits_the_public_only_if_it_is_meant_for_it(world):
    for audience in {a.key: a for a in DECLARED.values()}.values():
        assert audience.admits(None) == (audience.key == "public")


def test_the_middleware_says_why(world):
    response = as_("cg_1").get(reverse("lists:import"))
    said = response.content.decode()
    assert f"这个页面只供{audiences.OFFICE_ONLY.name}使用：{audiences.OFFICE_ONLY.description}" in said
