"""f1, f2, f7: who is not entitled learns nothing of a confidential complaint, wherever they look; and each of these looks does find a planted leak."""

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from battery import timing
from qingdan.demo.leaks import canary, crawling, twins, world
from qingdan.demo.leaks.markers import MARKERS, found
from qingdan.demo.leaks.world import UNENTITLED
from qingdan.kernel import opaque
from qingdan.kernel.ledger import models as ledger
from qingdan.kernel.ledger import numbers
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.notices import models as notices
from qingdan.kernel.notices.telling import tell
from qingdan.measures.complaints import access, answering
from qingdan.portal.views import complaints as pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def letters(settings, tmp_path):
    settings.MAIL_FROM = "qingdan@example.gov.cn"
    settings.RECEIPT_KEY = str(tmp_path / "receipt.pem")


def told(compared):
    return "\n".join(map(str, compared.differences))


# ---- f1


def test_f1_被投诉的单位_有没有那一件投诉_看到的一样():
    """The whole product, every link and search from there on, and every address that the complaint has."""
    compared = twins.compare(("cg_1",))
    assert told(compared) == "" and compared.answers > 120


@pytest.mark.long
def test_f1_无权的每一个人_看到的都一样():
    compared = twins.compare()
    assert told(compared) == "" and compared.answers > 1800


def test_f1_每一种无权的人_常看的页面都一样():
    compared = twins.compare(UNENTITLED, FIRST)
    assert told(compared) == "" and compared.answers > 10 * len(UNENTITLED) / 2


FIRST = ["/", "/desk/", "/desk/cases/", "/desk/cases/?q=%E8%AF%89", "/desk/notices/", "/complaints/", "/complaints/register/", "/vault/", "/adjustment/registers/", "/contacts/"]


def plant_row_numbers(monkeypatch):
    """The names of notices were once their numbers."""
    monkeypatch.setattr(notices.Notice, "name", property(lambda self: str(self.pk)))


def plant_ids_of_duties(monkeypatch):
    monkeypatch.setattr(ledger.Obligation, "place", property(lambda self: self.pk))


def plant_a_notice(monkeypatch):
    """The unit is told."""
    handled = world._handled
    monkeypatch.setattr(world, "_handled", lambda w, c: (handled(w, c), tell(w.office["cg"], "您单位有一件新的事项。", key="planted")))


def plant_an_open_door(monkeypatch):
    """Every handling body sees every complaint."""
    plain = access.visible_to
    everybody = lambda office, day: access.Complaint.objects.all().scoped().select_related("case")  # noqa: E731
    for module in ("queries", "views", "registers", "answering"):
        monkeypatch.setattr(f"qingdan.measures.complaints.{module}.visible_to", everybody)
    assert plain is not everybody


def plant_another_answer(monkeypatch):
    """What is there and closed answers otherwise than what is not there."""
    plain = answering.found

    def found_or_forbidden(request, number):
        from django.core.exceptions import PermissionDenied

        if Case.objects.filter(number=number).exists():
            raise PermissionDenied("这件投诉不归您办理。")
        return plain(request, number)

    monkeypatch.setattr("qingdan.measures.complaints.views.found", found_or_forbidden)


def plant_counted_numbers(monkeypatch):
    """The numbers of 调整 count those of 投诉, too."""
    monkeypatch.setattr("qingdan.kernel.ledger.acts.number_of", lambda code, year, serial: f"{code}{year}-{Case.objects.count() + 1:04d}")
    assert numbers.number_of is not None


PLANTED = {
    plant_row_numbers: ("cg_1", ["/desk/notices/"]), plant_ids_of_duties: ("cg_1", ["/desk/cases/"]), plant_a_notice: ("cg_1", ["/desk/notices/"]),
    plant_an_open_door: ("bb_1", ["/complaints/"]), plant_another_answer: ("bb_1", None), plant_counted_numbers: ("cg_1", ["/desk/cases/"]),
}  # fmt: skip


def each(plants, quick):
    """Those of `quick` in every run, all of them with --long."""
    return [pytest.param(p, id=p.__name__, marks=() if p in quick else pytest.mark.long) for p in plants]


@pytest.mark.once
@pytest.mark.parametrize("plant", each(PLANTED, (plant_a_notice, plant_an_open_door)))
def test_f1_放进去的泄露_找得到(plant, monkeypatch):
    who, only = PLANTED[plant]
    if only is None:  # the addresses of the complaint are tried
        crawl = twins.crawl
        monkeypatch.setattr(twins, "crawl", lambda client, tried, words, only: crawl(client, only=list(tried)))
    plant(monkeypatch)
    compared = twins.compare((who,), only or ())
    assert compared.differences != []


def test_f1_掩去的只是随机的字样_多一行少一行看得出():
    assert crawling.masked('<input name="key" value="abc">') == '<input name="key" value="·">'
    for text in ("投诉 1 件", "诉2016-K7QF9M2D", "第 17 号", "2016-06-07 09:00", "12.5", "<code>abc</code>", "调2016-0003", "13812340001"):
        assert crawling.masked(text) == text


@pytest.mark.parametrize("name", timing.KINDS)
def test_f8_无权的与没有的_问数据库的一样多(name):
    """What can be said of it without a stopwatch; the times themselves are compared by the battery's f8."""
    forbidden, absent = timing.asked(world.live(complaint=True), name)
    counts = []
    for ask in (forbidden, absent, forbidden, absent):
        with CaptureQueriesContext(connection) as queries:
            ask()
        counts.append(len(queries))
    assert counts[2] == counts[3], counts


# ---- f2, f7


@pytest.fixture(scope="module")
def looked(django_db_setup, django_db_blocker):
    """Looked through once for the tests of this module, as the unit complained of; everybody with --long."""
    from unittest.mock import patch

    from django.conf import settings

    with django_db_blocker.unblock(), patch.object(settings, "MAIL_FROM", "qingdan@example.gov.cn"):
        yield canary.look(("cg_1",))


def test_f2_三十个标记_无权的人_日志_邮件_数据库_文件里都没有(looked):
    assert looked.leaks == {} and looked.places > 700


def test_f2_有权的人看得到全部标记(looked):
    assert looked.seen == set(MARKERS)


NAMES_OF_PAGES = sorted(
    f"{entry.namespace}:{p.name}" for entry in get_resolver().url_patterns for p in getattr(entry, "url_patterns", [])
    if isinstance(p, URLPattern) and f"{entry.namespace}:{p.name}".startswith(canary.OF_COMPLAINTS)
)  # fmt: skip


def test_f7_投诉的每一页出错时_答复_日志_给管理员的信里都没有标记(looked):
    assert not [where for where in looked.leaks if "出错" in where] and looked.letters > 30
    assert set(NAMES_OF_PAGES) - looked.faults == set()


@pytest.mark.long
def test_f2_无权的每一个人():
    looked = canary.look()
    assert looked.leaks == {} and looked.seen == set(MARKERS) and looked.places > 2500


def small(monkeypatch, faults=False, only=("/write/",)):
    """A look at a few places, for what was planted there."""
    monkeypatch.setattr(canary, "crawl", lambda client, tried, words: crawling.crawl(client, only=list(only)))
    return canary.look(("cg_1",), faults)


def plant_a_log(monkeypatch):
    plain = pages.file_complaint
    monkeypatch.setattr(pages, "file_complaint", lambda filing, **kw: (logging.getLogger("qingdan").info("%s", filing.text), plain(filing, **kw))[1])


def plant_a_title(monkeypatch):
    """In a column of the database."""
    monkeypatch.setattr("qingdan.measures.complaints.actions.TITLE", f"投诉：{MARKERS[6]}")


def plant_a_temporary_file(monkeypatch):
    import tempfile

    plain = pages.file_complaint

    def filed(filing, **kw):
        with tempfile.NamedTemporaryFile(delete=False) as f:
            f.write(filing.text.encode("gb18030"))
        return plain(filing, **kw)

    monkeypatch.setattr(pages, "file_complaint", filed)


def plant_a_talkative_fault(monkeypatch):
    """What was sent stands in the letter to the administrators, as the framework has it."""
    from django.views.debug import ExceptionReporter

    monkeypatch.setattr("qingdan.kernel.ui.trouble.Reporter.get_traceback_data", ExceptionReporter.get_traceback_data)


def plant_a_notice_with_words(monkeypatch):
    handled = world._handled
    monkeypatch.setattr(world, "_handled", lambda w, c: (handled(w, c), tell(w.office["fzb"], f"{MARKERS[0]}的投诉", key="planted"))[0])


@pytest.mark.once
@pytest.mark.parametrize("plant", each(
    (plant_a_log, plant_a_title, plant_a_temporary_file, plant_a_talkative_fault, plant_a_notice_with_words), (plant_a_title, plant_a_temporary_file)
))  # fmt: skip
def test_f2_放进去的泄露_找得到(plant, monkeypatch):
    plant(monkeypatch)
    assert small(monkeypatch, faults=plant is plant_a_talkative_fault).leaks != {}


def test_f2_四种编码都认得():
    for marker in MARKERS:
        for form in (marker.encode(), marker.encode("utf-16-le"), marker.encode("gb18030"), marker.encode("unicode_escape")):
            assert found(b"x" + form + b"y") == {marker}
    assert found("没有标记".encode()) == set()


def test_页面上的名字_不是序号():
    assert opaque.hide("notice", 1) != opaque.hide("notice", 2)
