"""The gists: all 71 articles are there, in our own words, and nothing of the rules is left without an article.

Two tests read documents that lie beside the repository (../shared); where these are not at hand they are skipped.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from qingdan.statute.gists import ALL, Gist, gist
from qingdan.statute.gists.terms_zh import BODIES, FIXED, TERMS

SHARED = Path(__file__).resolve().parents[3] / "shared"
COUNTS = {"调": 12, "诉": 22, "监": 7, "考": 19, "会": 11}
DIGITS = "零一二三四五六七八九"
HAN = "\u3400-\u9fff"
TOO_LONG = 12


def shared(name: str) -> str:
    """A document beside the repository, or skip."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"../shared/{name} is not at hand")
    return path.read_text(encoding="utf-8")


def numeral(n: int) -> str:
    """1 -> 一, 10 -> 十, 12 -> 十二, 20 -> 二十, 22 -> 二十二."""
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones or not tens else "")


def every() -> Iterator[tuple[str, Gist]]:
    for code, measure in ALL.items():
        for g in measure.GISTS:
            yield code, g


def words(g: Gist) -> list[str]:
    """All that we wrote about an article."""
    return [g.title, g.text, g.needs, *(text for _, text in g.parts)]


# --- the text beside us -------------------------------------------------------------------------------------------


def bare(text: str) -> str:
    """Han characters only: spaces, breaks inside words, figures, bullets and punctuation do not hide a copy."""
    return re.sub(f"[^{HAN}]", "", text)


def copied(text: str, regulation: str, run: int = TOO_LONG) -> list[str]:
    """The runs of `run` characters that `text` shares with the regulation, fixed terms apart."""
    for term in sorted(FIXED, key=len, reverse=True):
        text = text.replace(term, "\n")
    pieces = [bare(piece) for piece in text.split("\n")]
    return [p[i : i + run] for p in pieces for i in range(len(p) - run + 1) if p[i : i + run] in regulation]


def rows(rules: str) -> dict[str, str]:
    """Id -> its “art.” column, for section 1 of rules.md (actors give it in their third column)."""
    found = {}
    section = rules.split("## 1. The complete table")[1].split("## 2. Working-day counting")[0]
    for line in section.splitlines():
        cells = [c.strip() for c in line.split("|")[1:-1]]
        if len(cells) > 2 and re.fullmatch(r"[DFQAXESO]\d+", cells[0]):
            found[cells[0]] = cells[2] if cells[0].startswith("A") else cells[1]
    return found


def cited(column: str) -> set[tuple[str, int]]:
    """(measure, article) in an “art.” column: 诉3, 13 -> 诉3 诉13; 诉18–20 -> 诉18 诉19 诉20; a bare 诉 -> (诉, 0)."""
    plain = re.sub(r"[（(][^）)]*[）)]|¶\s*\d*", "", column)
    out, measure = set(), ""
    for mark, first, last in re.findall(r"([调诉监考会通])?\s*(\d+)?(?:–(\d+))?", plain):
        measure = mark or measure
        if first and measure:
            out |= {(measure, n) for n in range(int(first), int(last or first) + 1)}
        elif mark:
            out.add((mark, 0))
    return out


# --- tests --------------------------------------------------------------------------------------------------------


def test_71_articles_with_the_right_number_in_each_measure():
    assert {code: len(m.GISTS) for code, m in ALL.items()} == COUNTS
    assert sum(COUNTS.values()) == 71
    assert list(ALL) == list(COUNTS)


def test_article_numbers_run_on_without_a_gap():
    for measure in ALL.values():
        assert [g.number for g in measure.GISTS] == [f"第{numeral(i + 1)}条" for i in range(len(measure.GISTS))]


def test_numbered_parts_belong_to_their_article_and_run_on():
    for code, g in every():
        items = [n for n, _ in g.parts if "（" in n]
        assert items == [f"{g.number}（{numeral(i + 1)}）" for i in range(len(items))], code
        assert all(re.fullmatch(f"{g.number}第[二三四]款", n) for n, _ in g.parts if n not in items), (code, g.number)


def test_第七条_has_its_five_steps_and_every_enumeration_its_full_length():
    """The lengths of Q6, and those of 监3, 监6, 诉9 and 调10."""
    lengths = {
        "调": {"第五条": 5, "第六条": 3, "第七条": 5, "第十条": 4},
        "诉": {"第五条": 12, "第六条": 6, "第九条": 4, "第十五条": 7},
        "监": {"第三条": 6, "第四条": 5, "第五条": 6, "第六条": 3},
        "考": {"第七条": 8, "第十条": 7, "第十三条": 6},
        "会": {"第七条": 7},
    }
    for code, measure in ALL.items():
        found = {g.number: n for g in measure.GISTS if (n := sum("（" in number for number, _ in g.parts))}
        assert found == lengths[code]


def test_every_article_and_part_says_something_in_one_to_three_sentences():
    for code, g in every():
        for text in [g.text, *(t for _, t in g.parts)]:
            assert text.endswith("。"), (code, g.number, text)
            assert 1 <= text.count("。") <= 3, (code, g.number, text)
        assert 2 <= len(g.title) <= 16 and not g.title.endswith("。"), (code, g.number)


def test_the_supervisors_of_第三条_are_130_in_all():
    article = gist("监", "第三条")
    assert sum(int(re.search(r"(\d+)人", text)[1]) for _, text in article.parts) == 130
    assert "130人" in article.text


def test_titles_of_the_measures_are_exact():
    text = re.sub(r"\s", "", shared("regulation.txt"))
    for measure in ALL.values():
        assert measure.TITLE in text
    assert [c for c, m in ALL.items() if "暂行" not in m.TITLE] == ["监"]


def test_full_names_of_the_bodies_are_those_of_the_regulation():
    text = bare(shared("regulation.txt"))
    assert all(name in text for name in BODIES.values())


def test_no_gist_copies_twelve_characters_of_the_regulation():
    regulation = bare(shared("regulation.txt"))
    found = {(code, g.number): c for code, g in every() for w in words(g) if (c := copied(w, regulation))}
    found |= {("term", term): c for term, text in TERMS.items() if (c := copied(text, regulation))}
    assert found == {}


def test_the_search_for_copies_sees_through_breaks_bullets_and_figures():
    regulation = bare("收到转办意见后，\n并于 5 个工作\n日内出具审核意见")
    assert copied("部门并于5个工作日内，出具审核意见。", regulation) == ["并于个工作日内出具审核意", "于个工作日内出具审核意见"]
    assert copied("并于五天之内出具审核意见", regulation) == []


def test_an_article_without_rules_says_why():
    for code, g in every():
        if code != "调":
            assert g.reserve or g.needs, (code, g.number)
        if g.title.startswith(("目的", "施行日期", "解释权")):
            assert g.needs, (code, g.number)


def test_an_article_that_needs_no_rule_reserves_none():
    """Slips of the text (E) and the day of entry into force (D32) are readings, not rules that wait to be built."""
    for code, g in every():
        if g.needs:
            assert all(row.startswith("E") or row == "D32" for row in g.reserve), (code, g.number)


def test_第N条_of_调_without_a_why_is_one_that_rules_md_has_a_rule_for():
    text = "\n".join(line for line in shared("rules.md").splitlines() if not line.startswith("| E33"))
    ruled = {int(n) for n in re.findall(r"调(\d+)", text)}
    for i, g in enumerate(ALL["调"].GISTS, start=1):
        assert g.needs or i in ruled, g.number


def test_the_reading_of_the_article_column():
    assert cited("诉3, 13") == {("诉", 3), ("诉", 13)}
    assert cited("诉18–20") == {("诉", 18), ("诉", 19), ("诉", 20)}
    assert cited("调10(3), 考12, 13(6)") == {("调", 10), ("考", 12), ("考", 13)}
    assert cited("监5 ¶, (2)") == {("监", 5)}
    assert cited("考6 ¶2 / 考8") == {("考", 6), ("考", 8)}
    assert cited("考 title") == {("考", 0)}
    assert cited("诉5→9") == {("诉", 5), ("诉", 9)}
    assert cited("all") == set()


def test_every_rule_of_诉监考会_stands_in_reserve_at_its_article():
    columns = rows(shared("rules.md"))
    assert len(columns) > 170
    missing = []
    for row, column in columns.items():
        for code, n in cited(column):
            if code in ("调", "通"):
                continue
            articles = ALL[code].GISTS if n == 0 else ALL[code].GISTS[n - 1 : n]
            if not any(row in g.reserve for g in articles):
                missing.append((row, code, n))
    assert missing == []


def test_a_rule_for_all_measures_stands_in_reserve_somewhere():
    columns = rows(shared("rules.md"))
    held = {row for code, g in every() if code != "调" for row in g.reserve}
    general = {r for r, column in columns.items() if re.search(r"\ball\b|^titles|^lists|^–$|^$", column)}
    assert general and general - held == set()


def test_a_reserved_rule_exists():
    known = set(rows(shared("rules.md")))
    for code, g in every():
        assert set(g.reserve) <= known, (code, g.number)
        assert len(set(g.reserve)) == len(g.reserve), (code, g.number)


def test_every_article_and_item_that_rules_md_cites_has_a_gist():
    """诉15(3) -> 第十五条（三）, 考6 ¶2 -> 第六条第二款."""
    text = shared("rules.md")
    for code, n, item, clause in re.findall(r"([调诉监考会])(\d+)(?:\((\d+)\))?(?: ¶(\d))?", text):
        article = f"第{numeral(int(n))}条"
        assert gist(code, article)
        if item:
            assert gist(code, f"{article}（{numeral(int(item))}）")
        if clause:
            assert gist(code, f"{article}第{numeral(int(clause))}款")


def test_第七条三_is_found_by_its_number():
    assert isinstance(gist("调", "第七条"), Gist)
    assert "5 个工作日" in gist("调", "第七条（三）")
    with pytest.raises(KeyError, match="第七条（九）"):
        gist("调", "第七条（九）")
    with pytest.raises(KeyError, match="没有“第七条”"):
        gist("督", "第七条")
