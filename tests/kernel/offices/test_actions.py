"""Setting up a district: offices, people, posts and roles, each by one act, by function and by command."""

import io
from datetime import date

import pytest
from django.contrib.auth.hashers import check_password

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.actions import appoint, create_office, create_person, give_role
from qingdan.kernel.offices.management.commands import add_office, add_person, add_role
from qingdan.kernel.offices.models import Office, OfficeRole, Person, Post
from qingdan.kernel.offices.queries import holders, may_act_for
from qingdan.statute.roles import EGOV, LEAD, OFFICE
from tests.kernel.ledger.worlds import everything, said

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(at):
    with at("2016-06-07T09:00"):
        yield


def told():
    return [(e.act, e.facts) for e in Event.objects.all()]


def test_an_office_a_person_a_post_and_a_role_are_four_acts():
    office = create_office(code="jtj", name="金水区交通运输局", short="交通局", by=None)
    person = create_person(username="zhao.min", name="赵敏", password="paper lantern 7", by=None)
    post = appoint(person=person, office=office, title="法规科科长", rank=Post.HEAD, by=person)
    role = give_role(office=office, role=LEAD, scope="审批", by=person)
    assert told() == [
        ("create_office", {"code": "jtj", "name": "金水区交通运输局"}),
        ("create_person", {"username": "zhao.min", "name": "赵敏"}),
        ("appoint", {"person": "zhao.min", "office": "jtj", "rank": "head"}),
        ("give_role", {"office": "jtj", "measure": "调", "role": LEAD, "scope": "审批"}),
    ]
    assert [e.person for e in Event.objects.all()] == [None, None, person, person]
    assert (office.valid_from, post.valid_from, role.valid_from) == (date(2016, 6, 7),) * 3
    assert check_password("paper lantern 7", person.password)
    assert may_act_for(person, office, date(2016, 6, 7)) and not may_act_for(person, office, date(2016, 6, 6))
    assert holders("调", LEAD, date(2016, 6, 7), "审批") == [office] and holders("调", LEAD, date(2016, 6, 7), "收费") == []
    assert verify().fault is None


def test_no_event_holds_a_password():
    create_person(username="a", name="甲", password="seven paper boats", by=None)
    event = Event.objects.get()
    assert "seven paper boats" not in event.body and Person.objects.get().password not in event.body


BAD = {
    "a code in use": (lambda d: create_office(code="cg", name="x", short="x", by=None), "单位代码“cg”已经有单位使用"),
    "a code with a space": (lambda d: create_office(code="c g", name="x", short="x", by=None), "单位代码“c g”不能用"),
    "no code": (lambda d: create_office(code="", name="x", short="x", by=None), "单位代码“”不能用"),
    "a code of 41 letters": (lambda d: create_office(code="c" * 41, name="x", short="x", by=None), "不能用"),
    "no name": (lambda d: create_office(code="x", name=" ", short="x", by=None), "没有填写全称"),
    "a name of 101 characters": (lambda d: create_office(code="x", name="名" * 101, short="x", by=None), "全称有 101 个字，多于 100 个字"),
    "a name with a control character": (lambda d: create_office(code="x", name="名\x00", short="x", by=None), "全称含有不可显示的字符"),
    "a user name in use": (lambda d: create_person(username="cg_1", name="x", by=None), "用户名“cg_1”已经有人使用"),
    "a user name in Chinese": (lambda d: create_person(username="张三", name="x", by=None), "用户名“张三”不能用"),
    "a short password": (lambda d: create_person(username="x", name="x", password="shortly", by=None), "密码太短，至少要 12 个字符"),
    "an empty password": (lambda d: create_person(username="x", name="x", password="", by=None), "密码太短，至少要 12 个字符"),
    "an unknown rank": (lambda d: appoint(person=d.cg.person, office=d.bb.office, rank="king", by=None), "没有层级“king”"),
    "a post twice": (lambda d: appoint(person=d.cg.person, office=d.cg.office, by=None), "在城管局已经有职务"),
    "a post before the office": (lambda d: appoint(person=d.cg.person, office=d.bb.office, since=date(2016, 5, 5), by=None), "不存在"),
    "an unknown measure": (lambda d: give_role(office=d.cg.office, role=LEAD, measure="X", by=None), "没有机制“X”"),
    "an unknown role": (lambda d: give_role(office=d.cg.office, role="皇帝", by=None), "没有角色“皇帝”"),
    "the calendar as a role": (lambda d: give_role(office=d.cg.office, role="日历", by=None), "没有角色“日历”"),
    "a role twice": (lambda d: give_role(office=d.zwb.office, role=OFFICE, by=None), "政务办已经有这个角色"),
    "a role for one list that it holds for all": (lambda d: give_role(office=d.dzzw.office, role=EGOV, scope="审批", by=None), "已经有这个角色"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_with_what_why_and_what_to_do_and_writes_nothing(district, case):
    before = everything()
    act, why = BAD[case]
    with pytest.raises(Refused) as refusal:
        act(district)
    assert refusal.value.what.startswith("不能") and refusal.value.todo
    assert why in refusal.value.why
    assert everything() == before


# ---- the commands ------------------------------------------------------------------------------------


def test_the_three_commands_set_up_a_district(capsys, monkeypatch):
    assert said(capsys, add_office, "zwb", "金水区政务服务改革管理办公室", "政务办")[:2] == (0, "已新增单位 zwb 金水区政务服务改革管理办公室（部门）。\n")
    assert said(capsys, add_office, "hyl", "花园路街道办事处", "花园路街道", "--kind", "街道")[0] == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("paper lantern 7\nbattery\n"))
    words = ("wang.li", "王丽", "--office", "zwb", "--title", "科长", "--rank", "head", "--password-stdin")
    assert said(capsys, add_person, *words) == (0, "已新增人员 wang.li 王丽，政务办科长（负责人）。第一次登录须修改密码。\n", "")
    assert said(capsys, add_person, "chen", "陈强", "--office", "hyl") == (
        0, "已新增人员 chen 陈强，花园路街道经办人（经办人）。尚未设置口令，暂不能登录。\n", "",
    )  # fmt: skip
    assert said(capsys, add_role, "zwb", OFFICE) == (0, "已授予 政务办 调·政务办。\n", "")
    assert said(capsys, add_role, "hyl", LEAD, "--scope", "审批", "--measure", "会") == (0, "已授予 花园路街道 会·牵头部门（审批）。\n", "")
    assert check_password("paper lantern 7", Person.objects.get(username="wang.li").password)
    assert not Person.objects.get(username="chen").has_usable_password()
    assert (Office.objects.count(), Post.objects.count(), OfficeRole.objects.count()) == (2, 2, 2)
    assert verify().fault is None


@pytest.mark.parametrize(
    ("module", "words", "why"),
    [
        (add_office, (), "参数不对"),
        (add_office, ("x",), "用法：qingdan add-office 代码 全称 简称"),
        (add_office, ("cg", "x", "x"), "单位代码“cg”已经有单位使用"),
        (add_person, ("x", "甲"), "参数不对"),
        (add_person, ("x", "甲", "--office", "none"), "没有代码为“none”的单位"),
        (add_person, ("x", "甲", "--office", "cg", "--rank", "king"), "没有层级“king”"),
        (add_person, ("cg_1", "甲", "--office", "cg"), "用户名“cg_1”已经有人使用"),
        (add_person, ("x", "甲", "--office", "cg", "--password-stdin"), "密码太短，至少要 12 个字符"),
        (add_role, ("cg",), "参数不对"),
        (add_role, ("none", LEAD), "没有代码为“none”的单位"),
        (add_role, ("cg", "皇帝"), "没有角色“皇帝”"),
        (add_role, ("zwb", OFFICE), "政务办已经有这个角色"),
    ],
)
def test_a_command_with_bad_input_says_so_in_chinese_writes_nothing_and_exits_2(district, capsys, monkeypatch, module, words, why):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    before = everything()
    code, out, err = said(capsys, module, *words)
    assert (code, out) == (2, "")
    assert err.startswith("不能") and why in err and err.rstrip().endswith("。")
    assert everything() == before, "a person without the post would be half of what was asked for"


def test_an_unknown_office_is_answered_with_those_that_there_are(district, capsys):
    assert "请先用 add-office 新增，或者改用已有的代码：bb、cg、czj、dzzw、fgw、fzb、hyl、zwb、zwzx" in said(capsys, add_role, "none", LEAD)[2]
