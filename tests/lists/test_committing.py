"""An import: one founding case with exactly the plan that was shown, or nothing."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note, open_case
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.models import Office
from qingdan.lists import queries
from qingdan.lists.actions import CHANGE, Change
from qingdan.lists.importing import committing
from qingdan.lists.importing.reading import read, read_path
from qingdan.lists.models import Item, ItemVersion

from .samples import HEADER, code, complete, csv_bytes

GUANGAN = Path(__file__).resolve().parents[3] / "shared/data/items/guangan_items.csv"
needs_guangan = pytest.mark.skipif(not GUANGAN.exists(), reason=f"the real file is not there: {GUANGAN}")


def table(*rows, header=HEADER):
    return read(csv_bytes([header, *rows]), "表.csv")


def row(n=1, office="甲局", name=None):
    return [office, name if name is not None else f"事项{n}", code(n), "01", "0371-63526000"]


def commit(district, found, kind="审批", **more):
    digest = more.pop("digest", None) or committing.plan(kind, found).digest
    return committing.commit(kind, found, digest, by=district.clerk, office=district.zwb, **more)


def counted():
    return Item.objects.count(), ItemVersion.objects.count(), Case.objects.count(), Event.objects.count(), Office.objects.count()


def test_第二条_an_import_is_one_founding_case_with_one_event(district):
    done = commit(district, table(row(1), row(2), row(3, office="丙局")))
    (event,) = done.case.events.all()
    assert (event.act, event.office_code, event.person) == ("publish_initial", "004", district.clerk)
    assert event.facts == done.facts
    assert (event.facts["created"], event.facts["new_offices"], event.facts["incomplete"]) == (3, ["丙局"], 3)
    assert {v.case for v in ItemVersion.objects.all()} == {i.case for i in Item.objects.all()} == {done.case}
    assert [(v.number, v.incomplete, v.act, v.approver) for v in queries.in_force("审批")] == [(1, True, "publish_initial", "政务办")] * 3
    assert Office.objects.get(name="丙局").code == "901"
    assert not done.case.obligations.filter(how="").exists()
    assert verify().fault is None


def test_an_item_with_every_field_is_not_marked_待补全(district):
    from qingdan.lists.schema import LISTS

    content = complete("收费")
    labels = [LISTS["收费"].by_key[key].label for key in content]
    commit(district, table(["甲局", *content.values()], header=["部门", *labels]), kind="收费")
    (version,) = queries.in_force("收费")
    assert (version.incomplete, version.lacking, version.content_dict) == (False, [], content)


def test_a_second_file_changes_what_an_import_brought_and_shows_before_and_after(district):
    commit(district, table(row(1), row(2)))
    clock.set_fixed("2016-06-08T09:00")
    found = table(row(1, name="改名"), row(2), row(3))
    assert committing.plan("审批", found).counts == {"create": 1, "change": 1, "none": 1, "refuse": 0}
    commit(district, found)
    assert [(v.number, v.name) for v in queries.history(queries.find(code(1)))] == [(2, "改名"), (1, "事项1")]
    assert queries.find(code(2)).versions.count() == 1
    assert Case.objects.count() == 2 and verify().fault is None


def test_with_a_refused_line_nothing_is_stored_unless_it_is_left_out_by_choice(district):
    found, before = table(row(1), row(1), row(2)), counted()
    with pytest.raises(Refused, match=r"有 1 行被拒绝（第 3 行：编码与第 2 行重复）"):
        commit(district, found)
    assert counted() == before
    done = commit(district, found, leave_out=True)
    assert [i.code for i in Item.objects.all()] == [code(1), code(2)] and done.facts["left_out"] == 1


def test_a_failure_in_the_middle_stores_nothing(district, monkeypatch):
    found, before = table(*(row(n) for n in range(1, 40))), counted()
    digest = committing.plan("审批", found).digest
    calls = []

    def failing(*args, **kwargs):
        calls.append(1)
        if len(calls) == 30:
            raise RuntimeError("power cut")
        return real(*args, **kwargs)

    real = committing.version
    monkeypatch.setattr(committing, "version", failing)
    with pytest.raises(RuntimeError):
        commit(district, found, digest=digest)
    assert counted() == before and verify().fault is None


def test_a_plan_that_data_has_moved_under_is_refused(district, put, publish):
    put("审批", complete("审批", code(9)))
    found = table(row(1))
    digest = committing.plan("审批", found).digest
    publish(Change(CHANGE, "审批", district.first, complete("审批", code(9), "改名"), "政务办", item=queries.find(code(9))))
    before = counted()
    with pytest.raises(Refused, match=r"数据已变动.*请重新预览"):
        commit(district, found, digest=digest)
    assert counted() == before


def test_a_plan_is_refused_after_another_import_or_a_new_office(district):
    found = table(row(1, office="丙局"))
    digest = committing.plan("审批", found).digest
    note("create_office", by=None, rows=[Office(code="003", name="金水区丙局", short="丙局")])
    with pytest.raises(Refused, match="数据已变动"):
        commit(district, found, digest=digest)
    digest = committing.plan("审批", found).digest
    commit(district, table(row(2)))
    with pytest.raises(Refused, match="数据已变动"):
        commit(district, found, digest=digest)


def test_the_same_commit_twice_is_one_founding_case(district):
    found = table(row(1))
    digest = committing.plan("审批", found).digest
    first = commit(district, found, digest=digest)
    before = counted()
    assert commit(district, found, digest=digest).case == first.case
    assert counted() == before


def test_a_file_that_says_what_the_list_says_is_no_case(district):
    commit(district, table(row(1)))
    before = counted()
    with pytest.raises(Refused, match="没有需要新增或者变更的事项"):
        commit(district, table(row(1)))
    assert counted() == before


def test_an_item_about_which_a_case_is_open_is_refused(district, put):
    put("审批", complete("审批", code(1)))
    case = open_case(
        "调", "cause_arose", by=None, office=district.first, title="改名", subject=code(1),
        gives={"申请单位": [district.first], "政务办": [district.zwb]}, dates={"cause_day": clock.today()},
    )  # fmt: skip
    (line,) = committing.plan("审批", table(row(1))).rows
    assert line.reasons == (f"事项正在调整中（{case.number}），办结后再导入",)


def test_only_the_政务办_imports(district):
    found = table(row(1))
    digest = committing.plan("审批", found).digest
    with pytest.raises(Refused):
        committing.commit("审批", found, digest, by=district.other, office=district.first)
    with pytest.raises(Refused):
        committing.commit("审批", found, digest, by=district.other, office=district.zwb)
    assert not Item.objects.exists()


def test_without_a_政务办_nothing_is_imported(db, day):
    with pytest.raises(Refused, match="还没有哪个单位担任政务办"):
        committing.government_office()


def test_planning_costs_the_same_whatever_the_number_of_lines(district, django_assert_num_queries):
    commit(district, table(*(row(n) for n in range(1, 60))))
    for rows in ([row(1)], [row(n) for n in range(1, 60)]):
        with django_assert_num_queries(3):
            committing.plan("审批", table(*rows))


@needs_guangan
def test_the_real_file_goes_in_as_it_is(district):
    done = commit(district, read_path(str(GUANGAN)))
    assert queries.counts()["审批"] == 1135 and Office.objects.count() == 3 + 34
    assert ItemVersion.objects.filter(incomplete=True).count() == 1135
    assert done.facts["incomplete"] == 1135 and done.facts["left_out"] == 0
    assert Case.objects.count() == 1 and verify().fault is None
    assert committing.plan("审批", read_path(str(GUANGAN))).counts == {"create": 0, "change": 0, "none": 1135, "refuse": 0}


def test_a_long_table_goes_in_with_a_few_statements_for_hundreds_of_lines(district):
    def asked(first, lines):
        found = table(*(row(n) for n in range(first, first + lines)))
        with CaptureQueriesContext(connection) as told:
            commit(district, found)
        return len(told)

    few = asked(1000, 5)
    assert asked(2000, 1500) <= few + 60, "and not one for each"
    assert queries.counts()["审批"] == 1505


# ---- the command -----------------------------------------------------------------


@pytest.fixture
def path(tmp_path):
    def write(*rows, header=HEADER):
        file = tmp_path / "表.csv"
        file.write_bytes(csv_bytes([header, *rows]))
        return str(file)

    return write


def run(*args):
    """(exit code, standard output, standard error)"""
    out, err, status = StringIO(), StringIO(), 0
    try:
        call_command("import_list", *args, stdout=out, stderr=err)
    except SystemExit as stop:
        status = int(stop.code or 0)
    return status, out.getvalue(), err.getvalue()


def test_the_command_plans_and_writes_nothing(district, path):
    before = counted()
    for args in ([], ["--plan"]):
        status, out, err = run(path(row(1), row(1), ["甲局", "某", "1-2", "01", ""]), "--list", "审批", *args)
        assert (status, err) == (0, "")
        assert "新增 2，变更 0，不变 0，拒绝 1" in out and "第 3 行 事项1：编码与第 2 行重复" in out and "第 4 行：编码“1-2”" in out
        assert "没有写入" in out
    assert counted() == before


def test_the_command_prints_exactly_one_json_object(district, path):
    _, out, _ = run(path(row(1)), "--list", "审批", "--json")
    answer = json.loads(out)
    assert answer["counts"] == {"create": 1, "change": 0, "none": 0, "refuse": 0} and "committed" not in answer
    (line,) = answer["rows"]
    assert (line["line"], line["result"], line["code"]) == (2, "create", code(1))
    assert {"field": "名称", "before": "", "after": "事项1"} in line["changes"]
    _, out, _ = run(path(row(1)), "--list", "行政审批事项清单", "--commit", "--as", "zwb", "--json")
    answer = json.loads(out)
    assert answer["committed"] is True and Case.objects.get().number == answer["case"]
    assert Case.objects.get().events.get().person == district.clerk
    status, out, _ = run(path(row(1)), "--list", "审批", "--commit", "--json")
    assert (status, json.loads(out)["committed"]) == (0, False) and Case.objects.count() == 1


def test_the_command_commits_all_or_nothing(district, path):
    file = path(row(1), row(1))
    status, out, err = run(file, "--list", "审批", "--commit")
    assert status == 1 and "有 1 行被拒绝" in err and not Item.objects.exists()
    status, out, err = run(file, "--list", "审批", "--commit", "--leave-out-refused")
    assert (status, err) == (0, "") and "已入库" in out and Item.objects.count() == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nofile.csv", "--list", "审批"], "打不开文件"),
        (["{}", "--list", "别的"], "没有“别的”这张清单"),
        (["{}"], "参数不对"),
        (["{}", "--list", "审批", "--plan", "--commit"], "参数不对"),
        (["{}", "--list", "审批", "--commit", "--as", "nobody"], "没有用户“nobody”"),
        (["{}", "--list", "审批", "--commit", "--as", "jia"], "在政务办没有任职"),
    ],
)
def test_the_command_says_what_why_and_what_to_do(district, path, args, said, capsys):
    file = path(row(1))
    status, out, err = run(*(a.format(file) for a in args))
    err += capsys.readouterr().err  # the parser speaks before the command has its own streams
    assert status == 1 and out == "" and said in err and err.count("。") >= 2
    assert not Item.objects.exists()


def test_a_refusal_with_json_is_one_object_too(district, path):
    status, out, _ = run(path(row(1), header=["部门", "x", "y", "z", "电话"]), "--list", "审批", "--json")
    assert status == 1 and "表头缺少“名称”“编码”列" in json.loads(out)["refused"]["what"]


@pytest.mark.django_db
def test_without_tables_the_command_says_what_to_run(path, monkeypatch):
    from django.db import OperationalError

    def missing():
        raise OperationalError("no such table: lists_item")

    monkeypatch.setattr(committing, "state", missing)
    status, _, err = run(path(row(1)), "--list", "审批")
    assert status == 1 and "数据库还没有建立" in err
