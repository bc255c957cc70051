"""Who searches for 第七条（三） finds the row, the action, the words on the page and the test."""

from pathlib import Path

import pytest

from qingdan.statute.citing import cited_by_tests

ROOT = Path(__file__).resolve().parents[2]
ROOM = ROOT / "qingdan" / "measures" / "adjustment"
STEPS = [f"第七条（{n}）" for n in "一二三四五"]


def says(path, words):
    return words in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_found_at_its_row_and_at_its_action(step):
    """第七条（一）–（五）: in the one file of the rows, and where people act."""
    assert says(ROOT / "qingdan" / "statute" / "adjustment.py", f'"{step}"')
    assert any(says(ROOM / name, step) for name in ("actions.py", "publishing.py"))


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_found_in_the_words_of_a_page(step):
    """第七条（一）–（五）: a template, a form, or the register from which the pages of acts are written."""
    pages = [*ROOM.rglob("*.html"), *(ROOT / "qingdan" / "desk").rglob("*.html"), ROOM / "forms.py", ROOM / "acting.py"]
    assert len(pages) > 4
    assert [p.name for p in pages if says(p, step)]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_found_in_the_docstring_of_its_tests(step):
    """第七条（一）–（五）: cited with full-width parentheses, as here."""
    found = {c.path for c in cited_by_tests(ROOT) if c.article == step and c.measure == "调"}
    assert any(path.startswith("tests/statute/test_adjustment_") and says(ROOT / path, step) for path in found)
