"""`qingdan due`: the text for people, one JSON object for programs, a Chinese sentence and exit 2 for bad input."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qingdan.kernel.calendar.management.commands.due import Command

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def run(*words: str) -> None:
    Command().run_from_argv(["qingdan", "due", *words])


def test_due_逐日一行并给出到期日(capsys):
    run("2016-09-30", "5")
    out = capsys.readouterr().out.splitlines()
    assert len(out) == 14
    assert out[0] == "起算日 2016-09-30（周五），当日不计，期限 5 个工作日"
    assert out[1] == "2016-10-01（周六）  不计  国庆节放假"
    assert out[8] == "2016-10-08（周六）  第 1 日  调休上班（国庆节）"
    assert out[12] == "2016-10-12（周三）  第 5 日  工作日"
    assert out[13] == "到期日 2016-10-12（周三） 24 时"


def test_due_json_标准输出恰为一个对象(capsys):
    run("2016-09-30", "5", "--json")
    captured = capsys.readouterr()
    answer = json.loads(captured.out)
    assert captured.err == ""
    assert captured.out.count("\n") == 1
    assert list(answer) == ["due", "provisional", "days"]
    assert (answer["due"], answer["provisional"], len(answer["days"])) == ("2016-10-12", False, 12)
    assert answer["days"][0] == {"day": "2016-10-01", "counts": False, "why": "国庆节放假"}
    assert sum(day["counts"] for day in answer["days"]) == 5


def test_due_暂定日期给出最早和最晚(capsys):
    run("2027-01-20", "20", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["provisional"] is True
    assert answer["earliest"] <= answer["due"] <= answer["latest"]
    run("2027-01-20", "20")
    out = capsys.readouterr().out
    assert f"到期日 {answer['due']}（周三） 24 时（暂定）" in out
    assert f"最早 {answer['earliest']}，最晚 {answer['latest']}" in out


@pytest.mark.parametrize(
    ("words", "why", "todo"),
    [
        ((), "收到 0 项", "用法"),
        (("2016-09-30",), "收到 1 项", "用法"),
        (("2016-09-30", "5", "6"), "收到 3 项", "用法"),
        (("2016-09-31", "5"), "“2016-09-31”不是日历上的日期", "请按"),
        (("昨天", "5"), "“昨天”不是日历上的日期", "请按"),
        (("2016-09-30", "五"), "“五”不是整数", "请填写"),
        (("2016-09-30", "0"), "不在 1 至 9999 之内", "请填写"),
        (("2016-09-30", "-3"), "不在 1 至 9999 之内", "请填写"),
        (("2016-09-30", "10000"), "不在 1 至 9999 之内", "请填写"),
        (("2003-06-01", "5"), "放假安排自 2004-01-01 起收录", "请填写"),
        (("9999-12-30", "5"), "超出日历的最后一天", "请核对"),
        (("2016-09-30", "5", "--xml"), "参数不对", "用法"),
    ],
)
@pytest.mark.parametrize("json_too", [False, True])
def test_due_输入有误_说明什么为什么怎么办_退出码2(capsys, words, why, todo, json_too):
    with pytest.raises(SystemExit) as exit_:
        run(*words, *(["--json"] if json_too else []))
    captured = capsys.readouterr()
    assert exit_.value.code == 2
    assert captured.out == ""
    assert captured.err.startswith("不能")
    assert why in captured.err
    assert todo in captured.err


def test_due_作为产品命令运行_C语言环境也输出中文():
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    done = subprocess.run([sys.executable, "-m", "qingdan", "due", "2016-09-30", "5", "--json"], cwd=ROOT, env=env, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["due"] == "2016-10-12"
    bad = subprocess.run([sys.executable, "-m", "qingdan", "due", "2016-09-30"], cwd=ROOT, env=env, capture_output=True)
    assert (bad.returncode, bad.stdout) == (2, b"")
    assert "需要起算日和工作日数两项" in bad.stderr.decode()
