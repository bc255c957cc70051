"""调: the readings, the choices and the names: nothing of rules.md is forgotten, nothing that we chose is hidden."""

import re
from pathlib import Path

import pytest

from qingdan.statute import laws
from qingdan.statute.adjustment import LAW_2016, READINGS
from qingdan.statute.gists import gist
from qingdan.statute.labels import ACTS, label
from qingdan.statute.roles import DESCRIPTIONS
from qingdan.statute.terms import Must, Source, Workdays

RULES = Path(__file__).resolve().parents[3] / "shared" / "rules.md"
ELSEWHERE = {
    "A2": "roles of offices", "A5": "roles of offices", "A6": "roles of offices", "A8": "roles of offices",
    "E20": "roles per measure", "E33": "the gist of 第一条", "Q6": "lengths of enumerations, held by the gists",
}  # fmt: skip
"""Rules that touch 调 and are neither a row nor a reading, and where they are instead."""


def rules_of_调() -> set[str]:
    """Ids of the table of rules.md whose article column names 调."""
    if not RULES.exists():
        pytest.skip("../shared/rules.md is not at hand")
    section = RULES.read_text(encoding="utf-8").split("## 1. The complete table")[1].split("## 2. Working-day counting")[0]
    found = set()
    for line in section.splitlines():
        cells = [c.strip() for c in line.split("|")[1:-1]]
        if len(cells) > 2 and re.fullmatch(r"[DFQAXESO]\d+", cells[0]) and re.search(r"调\d", cells[2] if cells[0][0] == "A" else cells[1]):
            found.add(cells[0])
    return found


def test_every_rule_of_调_is_a_row_or_a_reading():
    rules = rules_of_调()
    assert len(rules) > 40
    assert rules - set(LAW_2016.index) - {r.id for r in READINGS} - set(ELSEWHERE) == set()


def test_every_reading_answers_a_question_of_an_article_that_exists():
    assert len({r.id for r in READINGS}) == len(READINGS) > 30
    for r in READINGS:
        assert gist("调", r.article) and len(r.question) > 3, r.id
        assert r.answer.endswith("。"), r.id
        assert set(r.rows) <= set(LAW_2016.index), r.id


def test_the_choices_of_limits_are_these_and_say_why():
    """Only a limit of the regulation makes a duty 逾期 in law; every other one is marked, with its reason."""
    chosen = {r.id for r in LAW_2016.duties if r.source is Source.CHOICE}
    assert chosen == {"D2", "S48", "D5c", "D6", "D6s", "S5", "S7a", "S7b", "S7", "S7u", "X5"}
    assert all(LAW_2016[i].choice for i in chosen)


def test_the_limits_of_the_regulation_are_these():
    """第七条（一）–（五）、第九条: as printed; D12 is counted with our reading of “同时”."""
    printed = {r.id: r.within.n for r in LAW_2016.duties if r.source is Source.REGULATION and isinstance(r.within, Workdays)}
    assert printed == {
        "D1": 10, "D3": 2, "D3r": 2, "D4": 5, "D7": 2, "D8": 1, "D8n": 1, "D9": 2, "D9n": 2, "D10": 2, "D11": 1, "D12": 3, "D13": 10,
    }  # fmt: skip
    assert LAW_2016["D1"].extension.cap == Workdays(30)
    assert LAW_2016["D14"].within.day == 28


def test_第八条_视为的效果只有这三处():
    """第八条, X4: the opinion of a lead, the confirmation of an approval, and that of a refusal; nothing else."""
    deemed = {r.id: (r.otherwise.act, r.otherwise.article) for r in LAW_2016.duties if isinstance(r, Must) and r.otherwise}
    assert deemed == {
        "D4": ("deemed_agreed", "第八条"), "D8": ("deemed_unopposed", "第八条"), "D8n": ("refusal_deemed_unopposed", "第八条"),
    }  # fmt: skip


def test_every_act_has_its_name_in_the_offices_words_and_no_name_is_left_over():
    assert set(ACTS) == {act for editions in laws.EDITIONS.values() for law in editions for act in law.acts}
    assert len(set(ACTS.values())) == len(ACTS)
    assert label("unknown") == "unknown"


def test_every_role_is_described():
    assert {r.who for r in LAW_2016.rows} <= set(DESCRIPTIONS)


def test_what_the_room_does_cites_the_article_of_its_row():
    """The register of the room and the rows name the same article for the same act."""
    from qingdan.measures.adjustment.acting import DOINGS

    wrong = {d.act: (d.article, LAW_2016.first_row[d.act].article) for d in DOINGS.values() if d.article != LAW_2016.first_row[d.act].article}
    assert wrong == {}


def test_the_registry_knows_the_measure():
    assert laws.EDITIONS["调"][0] is LAW_2016 and laws.READINGS["调"] is READINGS
    assert list(laws.NAMES) == ["调", "诉", "监", "考", "会"]
