"""第四条: the room has one door. Who goes around it is named here with the reason, or the test fails."""

import re
from pathlib import Path

import pytest

import qingdan

ROOT = Path(qingdan.__file__).parent
ROOM = "measures/complaints/"
WAYS = re.compile(r"\b(?:Complaint|Passage|SealedPaper|Likeness|Errand|Decision|Liability)\.(?:objects|rows|_base_manager|_default_manager)\b|\bcomplaint__|\bcase\.complaint\b|\bpassages__|\.passages\b")
ALLOWED = {
    f"{ROOM}access.py": "the door itself",
    f"{ROOM}accepting.py": "inside an act, of the complaint in hand: were new facts handed in",
    f"{ROOM}papers/making.py": "inside an act, of the complaint in hand: was this paper made already",
    f"{ROOM}queries.py": "answers to the question of satisfaction, of those complaints that the question let through",
    f"{ROOM}likeness.py": "marks, which tell nothing; what they lead to goes through the door",
    "demo/leaks/twins.py": "the search for leaks itself, in a database of its own that holds invented complaints",
    "demo/leaks/world.py": "the same: the complaints that it plants",
}


def around(root):
    found = {}
    for path in sorted(root.rglob("*.py")):
        if "migrations" not in path.parts and WAYS.search(path.read_text(encoding="utf-8")):
            found[path.relative_to(root).as_posix()] = True
    return set(found)


def test_第四条_没有别的路可以查到投诉():
    assert around(ROOT) == set(ALLOWED)


@pytest.mark.parametrize("line", ["Complaint.objects.count()", "Complaint.rows.all()", "Case.objects.filter(complaint__handler=o)", "case.complaint", "case.passages.all()", "Errand.rows.all()", "Liability.objects.all()"])
def test_第四条_绕过去的写法都看得出来(tmp_path, line):
    (tmp_path / "x.py").write_text(line)
    assert around(tmp_path) == {"x.py"}


def test_第四条_页面不从案件走到投诉():
    pages = [p for p in ROOT.rglob("*.html") if re.search(r"\bcase\.(?:complaint|passages)\b", p.read_text(encoding="utf-8"))]
    assert pages == []
