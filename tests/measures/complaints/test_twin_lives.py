"""f3: whoever complained, 张三 or 李四: the accused unit and all others outside are told the same, whatever they do (non-interference)."""

import difflib

import pytest
from django.core.cache import cache

from qingdan.kernel.notices.actions import make_feed, set_mail
from qingdan.kernel.notices.telling import tell
from qingdan.kernel.vault import comparing, marking
from qingdan.kernel.vault.models import Sealed
from qingdan.kernel.vault.reading import fields_of
from qingdan.measures.complaints import errands

from .twin_lives import TWO, differences, lived

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(room, settings, tmp_path):
    settings.MAIL_FROM = "qingdan@example.gov.cn"
    settings.RECEIPT_KEY = str(tmp_path / "receipt.pem")
    room.on("05-06", "08:35")
    for code in ("cg", "hyl"):
        set_mail(**room.who(code), address=f"{code}@example.gov.cn", mode="each")
    room.feeds = {code: make_feed(**room.who(code), personal=False) for code in ("cg", "hyl")}
    return room


def both(room, seed):
    found = []
    for identity in TWO:
        cache.clear()
        found.append(lived(room, identity, seed))
    return found


def compared(room, seeds):
    """How many answers were compared, and what differs: seed, and the words that differ."""
    answers, faults = 0, []
    for seed in seeds:
        one, other = both(room, seed)
        answers += len(one)
        faults += [f"seed {seed}: {short(text)}" for text in differences(one, other)]
    return answers, faults


def short(text):
    one, _, other = text.partition("\n    ")
    parts = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes() if other else []
    return one[:160] + " … " + "; ".join(f"{one[max(a - 30, 0) : b + 20]!r} → {other[max(c - 30, 0) : d + 20]!r}" for tag, a, b, c, d in parts if tag != "equal")[:600]


def test_f3_换一个投诉人_外面的人听到的一字不差(settled, record_property):
    answers, faults = compared(settled, range(1))
    record_property("runs", 1)
    record_property("answers", answers)
    assert faults == [] and answers > 100


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_f3_三百次_一字不差(settled, part, record_property):
    answers, faults = compared(settled, range(1000 + part * 75, 1000 + part * 75 + 75))
    record_property("runs", 75)
    record_property("answers", answers)
    assert faults == []


def plant_a_notice(monkeypatch):
    """The unit is told for whom it has to report."""
    begin = errands.begin

    def begun(errand, who):
        case = begin(errand, who)
        identity = Sealed.objects.get(pk=errand.complaint.identity_id)
        tell(errand.office, f"请办理{fields_of(identity)['name'][:1]}某反映的事项。", key=f"planted {case.pk}")
        return case

    monkeypatch.setattr(errands, "begin", begun)


def plant_a_refusal(monkeypatch):
    """Who may not ask the vault is answered otherwise where they guess right."""
    look = comparing.look

    def looked(sealed, *args, **kw):
        try:
            return look(sealed, *args, **kw)
        except Exception:
            return fields_of(sealed)

    monkeypatch.setattr(marking, "look", looked)


def plant_a_title(monkeypatch):
    """The errand bears the last place of the telephone in its title."""
    begin = errands.begin

    def begun(errand, who):
        last = fields_of(Sealed.objects.get(pk=errand.complaint.identity_id))["phone"][-1]
        monkeypatch.setattr(errands, "MEASURE", f"投诉调查措施{last}")
        return begin(errand, who)

    monkeypatch.setattr(errands, "begin", begun)


@pytest.mark.once
@pytest.mark.parametrize("plant", [
    pytest.param(p, id=p.__name__, marks=() if p is plant_a_refusal else pytest.mark.long) for p in (plant_a_notice, plant_a_refusal, plant_a_title)
])  # fmt: skip
def test_f3_放进去的看得出(settled, monkeypatch, plant):
    plant(monkeypatch)
    monkeypatch.setattr("tests.measures.complaints.twin_lives.drawn", lambda seed: ([("cg_1", "go_on", 1), ("cg_1", "check", 1), ("cg_1", "night", 1)], True))
    assert compared(settled, [1])[1] != []
