"""The demonstration district: what is in it is complete, holds together, and its stories are possible under 动态调整."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from qingdan.demo.content import loader
from qingdan.demo.content.story import TODAY, Story
from qingdan.engine.duties import Event, Standing, lapse, stand, step
from qingdan.kernel.calendar import shipped
from qingdan.lists.codes import LOCAL
from qingdan.lists.importing import planning, reading
from qingdan.lists.schema import LISTS, check, clean
from qingdan.statute.adjustment import LAW_2016
from qingdan.statute.roles import CHIEF, EGOV, LEAD, OFFICE, UNIT

HANDED_OUT = {"权责": (330, 380), "审批": (130, 160), "收费": (35, 45), "基金": (10, 15), "负面": (45, 65)}
UNUSED = {"basis_effective", "basic_code", "task_code", "valid_until"}  # for items not yet in force, nationally coded, or limited in time
STORIES = loader.stories()


def by_key(kind: str, row: dict[str, str]) -> dict[str, str]:
    """A row of a file as the content of a version."""
    label = {f.label: f.key for f in LISTS[kind].fields}
    return clean(kind, {label[head]: value for head, value in row.items() if head in label})


def contents() -> dict[str, tuple[str, str, dict[str, str]]]:
    """Code → (list, office, content) of every item."""
    found = [(kind, row[loader.OFFICE_COLUMN], by_key(kind, row)) for kind in loader.KINDS for row in loader.items(kind)]
    return {content["code"]: (kind, office, content) for kind, office, content in found}


def test_there_are_about_600_items_in_the_five_lists_and_every_code_is_used_once():
    counts = {kind: len(loader.items(kind)) for kind in loader.KINDS}
    assert counts.keys() == LISTS.keys()
    assert 580 <= sum(counts.values()) <= 640
    assert all(HANDED_OUT[kind][0] <= n <= HANDED_OUT[kind][1] for kind, n in counts.items()), counts
    assert len(contents()) == sum(counts.values())


def test_every_code_has_the_local_shape_and_names_its_office():
    code_of = {office.short: office.code for office in loader.offices()}
    for code, (_, office, _content) in contents().items():
        assert LOCAL.fits(code) and code.count("-") == 4, code
        assert code.split("-")[1] == code_of[office], (code, office)


def test_every_item_belongs_to_an_office_of_the_district():
    assert {office for _, office, _ in contents().values()} <= {office.short for office in loader.offices()}


@pytest.mark.parametrize("kind", loader.KINDS)
def test_art_6_every_item_may_be_published_as_it_is(kind):
    """第六条: no field that a list requires is empty, and no value is bad."""
    for row in loader.items(kind):
        assert check(kind, by_key(kind, row)) == [], row


@pytest.mark.parametrize("kind", loader.KINDS)
def test_the_headers_are_the_labels_of_the_schema(kind):
    labels = {f.label for f in LISTS[kind].fields}
    missing = {f.label for f in LISTS[kind].fields if f.key not in UNUSED} - set(loader.items(kind)[0])
    assert set(loader.items(kind)[0]) - labels == {loader.OFFICE_COLUMN}
    assert missing <= ({"受理条件", "办理材料"} if kind == "权责" else set())


def test_no_office_has_two_items_of_one_name_in_one_list():
    names = Counter((kind, office, content["name"]) for kind, office, content in contents().values())
    assert [name for name, n in names.items() if n > 1] == []


def test_the_power_list_holds_ten_kinds_of_power_and_services_and_reaches_every_street():
    power = [(office, content["category"]) for kind, office, content in contents().values() if kind == "权责"]
    assert {category for _, category in power} == {f"{n:02d}" for n in range(1, 11)} | {"20"}
    assert {o.short for o in loader.offices() if o.kind == "街道"} <= {office for office, _ in power}


def test_industry_codes_of_the_negative_list_have_four_digits_and_a_class():
    rows = [content for kind, _, content in contents().values() if kind == "负面"]
    assert all(re.fullmatch(r"[A-T]\d{4}", row["industry_code"]) for row in rows)
    assert {row["category"] for row in rows} == {"禁止", "限制"}


def test_there_are_17_subdistrict_offices_and_about_30_departments():
    kinds = Counter(office.kind for office in loader.offices())
    assert kinds["街道"] == 17 and kinds["区政府"] == 1
    assert 28 <= kinds["部门"] + kinds["垂直管理"] <= 36
    assert set(kinds) == {"街道", "部门", "垂直管理", "事业单位", "区政府"}
    for field in ("code", "name", "short"):
        assert len({getattr(office, field) for office in loader.offices()}) == len(loader.offices())
    assert all(re.fullmatch(r"\d{3}", office.code) for office in loader.offices())


def test_the_bodies_that_the_regulation_names_are_there():
    shorts = {office.short for office in loader.offices()}
    assert {"政务办", "编办", "法制办", "财政局", "政务服务中心", "电子政务中心", "发改统计局"} <= shorts


def test_people_are_distinct_and_every_office_has_a_head_and_a_clerk():
    people = loader.people()
    assert len({p.username for p in people}) == len(people) == len({p.name for p in people})
    assert all(re.fullmatch(r"[a-z]+\d?", p.username) for p in people)
    ranks = Counter((p.office, p.rank) for p in people)
    for office in loader.offices():
        assert ranks[office.code, "head"] == 1 and ranks[office.code, "clerk"] >= 1, office
    assert sum(ranks.values()) == sum(ranks[o.code, r] for o in loader.offices() for r in ("head", "clerk"))


@pytest.mark.parametrize(("short", "people"), [("政务办", 4), ("编办", 4), ("法制办", 4), ("财政局", 4), ("政务服务中心", 4), ("电子政务中心", 3)])
def test_the_busy_bodies_have_enough_people(short, people):
    code = next(o.code for o in loader.offices() if o.short == short)
    assert sum(p.office == code for p in loader.people()) == people


@pytest.mark.parametrize("kind", loader.KINDS)
def test_the_importer_takes_every_line_without_a_remark(kind):
    offices = {name: (office.code, office.short) for office in loader.offices() for name in (office.name, office.short)}
    plan = planning.make(kind, reading.read_path(str(loader.items_file(kind))), planning.State(offices=offices))
    assert plan.counts == {"create": len(loader.items(kind)), "change": 0, "none": 0, "refuse": 0}
    assert [row.warnings for row in plan.rows if row.warnings] == []
    assert plan.incomplete == 0 and plan.notes == () and plan.new_offices == ()


def back(n: int) -> date:
    """The day n 工作日 before the day on which the demonstration opens."""
    day, calendar = TODAY, shipped()
    while n:
        day -= timedelta(days=1)
        n -= calendar.is_workday(day)
    return day


def live(story: Story) -> tuple[Standing, list[str]]:
    """The story under the rows of 动态调整: where it stands on TODAY, and what the law added by itself."""
    first = story.steps[0]
    gives = {UNIT: (story.unit,), OFFICE: ("政务办",), EGOV: ("电子政务中心",)}
    case = stand(LAW_2016, [Event(first.act, back(first.back), first.by, gives, dates={"cause_day": back(story.cause_back)})], shipped())
    lapsed = []
    for s in story.steps[1:]:
        lapsed += lapse(case, back(s.back))
        step(case, Event(s.act, back(s.back), s.by, {LEAD: story.leads, CHIEF: story.leads[:1]} if s.act == "refer" else {}))
    lapsed += lapse(case, TODAY)
    return case, [event.act for event in lapsed]


@pytest.mark.parametrize("story", STORIES, ids=lambda s: s.key)
def test_art_7_a_story_is_possible_and_stands_where_it_says(story):
    """第七条、第八条: no act of the story is refused, and on TODAY exactly the duties that it names are open."""
    case, lapsed = live(story)
    assert {owed.row.id for owed in case.open} == set(story.open)
    assert tuple(lapsed) == story.lapsed


@pytest.mark.parametrize("story", STORIES, ids=lambda s: s.key)
def test_only_the_story_about_lateness_is_late(story):
    case, _ = live(story)
    late = any(o.late(TODAY) or (o.how == "done" and o.due and o.closed_on > o.due) for o in case.owed)
    assert late == (story.key == "逾期未申请")


@pytest.mark.parametrize("story", STORIES, ids=lambda s: s.key)
def test_a_story_changes_an_item_that_exists_and_every_value_is_good(story):
    known = contents()
    assert (story.item in known) == (story.action != "新增")
    old = known[story.item][2] if story.item in known else {}
    if old:
        assert known[story.item][:2] == (story.list, story.unit)
    for changes in (story.changes, *({**story.changes, **s.changes} for s in story.steps)):
        new = clean(story.list, {**old, **changes})
        assert check(story.list, new) == [] and set(changes) <= set(LISTS[story.list].by_key)
        assert all(new[key] != old.get(key) for key in changes), "a change that changes nothing"
    assert bool(story.changes) == (story.action != "取消")


@pytest.mark.parametrize("story", STORIES, ids=lambda s: s.key)
def test_a_story_says_what_happened_on_which_ground_and_who_reviews(story):
    shorts = {office.short for office in loader.offices()}
    assert story.ground in {f"第五条（{n}）" for n in "一二三四五"}
    assert story.event and story.reason and story.document and story.stands
    assert set(story.leads) <= shorts and {s.by for s in story.steps} <= shorts
    assert all(s.text for s in story.steps if s.act in ("return_once", "agree_amended", "disagree", "refuse", "withdraw", "ask_extension"))
    assert set(story.leads) <= {
        "审批": {"政务服务中心"}, "权责": {"法制办", "编办"}, "收费": {"财政局"}, "基金": {"财政局"}, "负面": {"发改统计局"},
    }[story.list]  # fmt: skip


@pytest.mark.parametrize("story", [s for s in STORIES if any(t.act.startswith("update_own_site") for t in s.steps)], ids=lambda s: s.key)
def test_art_9_a_change_of_name_basis_procedure_or_number_is_to_be_filed(story):
    """第九条: only such a change ends with 备案."""
    fields = LISTS[story.list].by_key
    filed = story.action != "变更" or any(fields[key].touches in ("名称", "依据", "程序") for key in story.changes)
    assert ("update_own_site_to_file" in {s.act for s in story.steps}) == filed


def test_the_stories_use_every_ground_of_article_5_and_leave_no_two_cases_of_one_item_open():
    assert len(STORIES) >= 20 and len({s.key for s in STORIES}) == len(STORIES)
    assert {s.ground for s in STORIES} == {f"第五条（{n}）" for n in "一二三四五"}
    lasting: dict[str, int] = {}
    for story in STORIES:
        assert story.steps[0].back < lasting.get(story.item, 999), f"{story.key} begins before the case before it has ended"
        lasting[story.item] = story.steps[-1].back if not story.open else -1


def test_a_story_stands_at_every_step():
    standing = {row for story in STORIES for row in story.open}
    assert {"D1", "D2", "D3", "S48", "D3r", "D4", "D7", "D8", "D10", "D11", "D12", "D13"} <= standing
    assert {s.action for s in STORIES} == {"变更", "新增", "取消"}
