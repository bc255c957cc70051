"""The declared policy: all is declared, nothing else is there, what is not declared is refused to all, the table tells the truth."""

import csv
import io
import types
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse

from qingdan.config import urls
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.offices.models import Post
from qingdan.kernel.policy import audiences
from qingdan.kernel.policy.declared import DECLARED, FORM, LOOK, SEND, Page, audience_of
from qingdan.kernel.policy.middleware import CSP

from .walking import ADMITTED, METHODS, NAMES, NOBODY, OF_DEMONSTRATION, STRANGER, address, as_, lived_in, patterns, with_demonstration

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def world(district):
    return lived_in(district)


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
    used = {page.audience.key: page.audience for page in DECLARED.values()}
    assert set(used) <= set(ADMITTED)
    assert all(a.name and a.description.endswith("。") for a in used.values())


def test_every_page_has_a_name_of_its_own_and_one_of_three_sets_of_methods():
    assert len({page.what for page in DECLARED.values()}) == len(DECLARED)
    assert {page.methods for page in DECLARED.values()} == {LOOK, FORM, SEND}


def test_the_table_in_the_documentation_is_the_declaration(capsys):
    """Written by `qingdan policy > docs/policy.md`."""
    call_command("policy")
    assert capsys.readouterr().out == (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")


def test_the_table_can_be_had_as_csv_with_one_line_a_page(capsys):
    call_command("policy", "--csv")
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["名称"] for row in rows] == list(DECLARED)
    written = {row["名称"]: (row["网址"], row["可以使用的人"], row["方法"]) for row in rows}
    assert written["adjustment:act"] == ("/adjustment/<number>/<act>/", "工作人员", "GET、HEAD、POST")
    assert written["portal:item_on"][0] == "/item/<code>@<day>"


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
            response = as_(who).generic(method, "/x/")
            assert (response.status_code, b"open" in response.content) == (403, False)


def test_a_declared_one_is_open_and_an_error_in_it_has_the_headers_too(world, monkeypatch):
    for name in ("declared", "boom"):
        monkeypatch.setitem(DECLARED, name, Page("一页", audiences.PUBLIC, LOOK))
    with override_settings(ROOT_URLCONF=conf(path("x/", answer, name="declared"), path("y/", boom, name="boom"))):
        assert as_(NOBODY).get("/x/").content == b"open"
        broken = as_("zwb_1").get("/y/")
        assert (broken.status_code, broken["Content-Security-Policy"], broken["Cache-Control"]) == (500, CSP, "no-store")


def test_a_method_that_is_not_declared_is_refused_on_a_page_in_chinese_and_reaches_no_view(world, monkeypatch):
    monkeypatch.setitem(DECLARED, "declared", Page("一页", audiences.STAFF, LOOK))
    with override_settings(ROOT_URLCONF=conf(path("x/", answer, name="declared"))):
        for method in METHODS:
            response = getattr(as_("cg_1"), method.lower())("/x/")
            assert response.status_code == (200 if method in LOOK else 405)
            if method not in LOOK:
                assert response["Allow"] == "GET, HEAD" and "一页不接受这种访问方式" in response.content.decode()
            assert as_(NOBODY).generic(method, "/x/").status_code == 302, "who may not open it is not told its methods"


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
                assert as_(who).generic(method, where).status_code == 403
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


def test_every_audience_admits_the_public_only_if_it_is_meant_for_it(world):
    for audience in {page.audience.key: page.audience for page in DECLARED.values()}.values():
        assert audience.admits(None) == (audience.key == "public")


def test_the_middleware_says_why(world):
    response = as_("cg_1").get(reverse("lists:import"))
    said = response.content.decode()
    assert f"这个页面只供{audiences.OFFICE_ONLY.name}使用：{audiences.OFFICE_ONLY.description}" in said
