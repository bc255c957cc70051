"""`qingdan verify`, `tick`, `run`: what they print, how they end, and that the running product ticks by itself."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from qingdan.kernel import clock
from qingdan.kernel.ledger import runner
from qingdan.kernel.ledger.management.commands import run, tick, verify
from tests.world import untriggered

from .worlds import begin, do, referred, said

ROOT = Path(__file__).resolve().parents[3]


def spoil():
    with untriggered(), connection.cursor() as cursor:
        cursor.execute("UPDATE offices_office SET name = '假的' WHERE code = 'cg'")
        cursor.execute("SELECT id FROM offices_office WHERE code = 'cg'")
        return str(cursor.fetchone()[0])


# ---- verify ------------------------------------------------------------------------------------------


def test_verify_of_a_sound_ledger_says_一致_with_counts_and_head(district, capsys):
    case = begin(district)
    code, out, err = said(capsys, verify)
    assert (code, err) == (0, "")
    assert out.splitlines() == ["事件 2 件，业务数据 36 行，案件 1 件", f"链首 {case.events.last().head}", "一致"]


def test_verify_of_an_empty_ledger_is_sound(db, capsys):
    assert said(capsys, verify) == (0, "事件 0 件，业务数据 0 行，案件 0 件\n链首 （台账为空）\n一致\n", "")


def test_verify_names_table_row_and_event_of_the_first_fault_and_exits_1(district, capsys):
    key = spoil()
    code, out, _ = said(capsys, verify)
    assert code == 1
    assert out.splitlines()[-1] == f"不一致：offices_office 第 {key} 行：内容与台账记载的摘要不一致（最后写入：第 1 号事件）"


def test_verify_json_is_one_object(district, capsys):
    code, out, err = said(capsys, verify, "--json")
    answer = json.loads(out)
    assert (code, err, out.count("\n"), answer["fault"]) == (0, "", 1, None)
    assert (answer["events"], answer["cases"], len(answer["head"])) == (1, 0, 64)
    key = spoil()
    code, out, _ = said(capsys, verify, "--json")
    assert code == 1
    assert json.loads(out)["fault"] == {"table": "offices_office", "row": key, "what": "内容与台账记载的摘要不一致", "event": 1}


# ---- tick --------------------------------------------------------------------------------------------


def test_tick_says_how_many_effects_it_wrote(district, capsys, at):
    referred(district, "fzb", "bb")
    with at("2016-06-18T00:30"):
        assert said(capsys, tick) == (0, "已登记 2 项到期产生的效果。\n", "")
        assert said(capsys, tick) == (0, "已登记 0 项到期产生的效果。\n", "")


def test_tick_with_the_clock_set_back_is_refused(district, capsys, at):
    referred(district, "fzb")
    case = referred_later(district)
    with at("2016-06-20T09:00"):
        code, out, err = said(capsys, tick)
    assert (code, out) == (2, "")
    assert err.startswith("不能“登记到期的视为效果”：今天（2016年6月20日（周一））早于台账最近一次记录的日期（2016年6月21日（周二））")
    assert not case.events.filter(act="deemed_agreed").exists()


def referred_later(d):
    case = begin(d, day="2016-06-21T09:00")
    do(case, d.cg, "apply", "2016-06-21")
    return case


@pytest.mark.parametrize("module", [verify, tick, run])
def test_a_word_that_the_command_does_not_know_is_refused_in_chinese_with_exit_2(capsys, module, db):
    code, out, err = said(capsys, module, "--nonsense")
    assert (code, out) == (2, "")
    assert err.startswith("不能") and "参数不对" in err and f"用法：{module.Command.usage}。" in err


def test_a_database_that_is_not_there_is_said_in_chinese(capsys, monkeypatch, db):
    def broken(published):
        raise OperationalError("no such table: ledger_event")

    monkeypatch.setattr(verify, "verify", broken)
    code, _, err = said(capsys, verify)
    assert code == 2
    assert "数据库不能使用" in err and "请先运行 qingdan migrate" in err


# ---- run ---------------------------------------------------------------------------------------------


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def nothing_real(settings):
    """The settings of the tests are not safe for real data, and `run` would say so first."""
    settings.ENSURE_SAFE = False


def test_run_on_a_port_that_is_taken_is_refused_with_what_to_do(capsys, nothing_real):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, _, err = said(capsys, run, "--port", str(port))
    assert code == 2
    assert err.startswith(f"不能在 127.0.0.1:{port} 运行系统：端口不能使用") and "请用 --port 换一个端口" in err


@pytest.mark.parametrize("port", ["0", "70000"])
def test_run_on_a_port_that_cannot_be_is_refused(capsys, port, nothing_real):
    code, _, err = said(capsys, run, "--port", port)
    assert code == 2
    assert f"没有端口 {port}" in err


class Sleeper:
    """In the place of the web server: a process that only waits."""

    def __init__(self, seconds=60):
        self.process = subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({seconds})"])


@pytest.fixture
def sleeping(monkeypatch, tmp_path):
    """`serve` with a sleeper for a server; the ticks are counted, the first of them fails."""
    monkeypatch.chdir(tmp_path)
    ticks = []

    def failing():
        ticks.append(clock.now())
        if len(ticks) == 1:
            raise OperationalError("database is locked")
        if len(ticks) == 3:
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(runner, "sweep", failing)
    monkeypatch.setattr(runner, "close_old_connections", lambda: None)
    monkeypatch.setattr(runner, "_held_open", lambda: SimpleNamespace(close=lambda: None))
    sleep = "import pathlib, time; time.sleep(60); pathlib.Path('ended').touch()"
    monkeypatch.setattr(runner, "command", lambda host, port: [sys.executable, "-c", sleep])
    return ticks


def test_the_running_product_ticks_by_itself_survives_a_failed_tick_and_ends_on_sigterm(sleeping, caplog):
    with caplog.at_level(logging.ERROR):
        assert runner.serve("127.0.0.1", free_port(), every=0.1) == 0
    assert len(sleeping) == 3
    assert "定时登记时出错，稍后再试" in caplog.text and "database is locked" in caplog.text
    assert not Path("ended").exists(), "the web server was not left to end by itself"


def test_when_the_web_server_ends_by_itself_the_command_ends_too(sleeping, monkeypatch):
    monkeypatch.setattr(runner, "command", lambda host, port: [sys.executable, "-c", "raise SystemExit(3)"])
    monkeypatch.setattr(runner, "sweep", lambda: 0)
    assert runner.serve("127.0.0.1", free_port(), every=30) == 3


def test_the_handlers_of_signals_are_put_back(sleeping):
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    runner.serve("127.0.0.1", free_port(), every=0.1)
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


@pytest.mark.once  # the embedded database, whatever the run is on
@pytest.mark.slow
def test_run_serves_the_product_and_ends_with_its_server(tmp_path):
    """The real thing: a new database, one page, kill -9; the same again with SIGTERM; nothing listens afterwards."""
    env = {**os.environ, "QINGDAN_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "qingdan.config.settings.demo", "PYTHONPATH": str(ROOT)}
    for name in ("PYTEST_CURRENT_TEST", "QINGDAN_DATABASE_URL"):  # this is about the embedded database
        env.pop(name, None)
    subprocess.run([sys.executable, "-m", "qingdan", "migrate", "-v0"], env=env, cwd=ROOT, check=True, timeout=120)
    port = free_port()
    words = [sys.executable, "-m", "qingdan", "run", "--port", str(port)]
    with subprocess.Popen(words, env=env, cwd=ROOT) as killed:
        try:
            assert fetched(f"http://127.0.0.1:{port}/desk/login/", 60) == 200
        finally:
            killed.kill()
    assert nobody_listens(port, 30), "what the killed process had started goes on without it, and keeps the port"
    asked_for = env | {"GRANIAN_LOG_ACCESS_ENABLED": "true"}
    with open(tmp_path / "said", "w+") as said, subprocess.Popen(words, env=asked_for, cwd=ROOT, stdout=subprocess.PIPE, stderr=said, text=True) as running:
        try:
            assert running.stdout.readline() == f"系统运行在 http://127.0.0.1:{port} ，按 Ctrl+C 结束。\n"
            assert fetched(f"http://127.0.0.1:{port}/desk/login/", 60) == 200
            time.sleep(0.5)  # the request's own connection is closed
            assert (tmp_path / "qingdan.sqlite3-wal").exists(), "no request should have to make the database's log: on a full disk it cannot"
        finally:
            running.send_signal(signal.SIGTERM)
            code = running.wait(30)
        assert "/desk/login/" not in running.stdout.read() + (tmp_path / "said").read_text(), "f10: no access log, also where it is asked for"
    assert code == 0
    with pytest.raises(OSError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)


def nobody_listens(port, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return True
        time.sleep(0.1)
    return False


def fetched(address, seconds):
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_the_commands_are_found_under_the_products_name(capsys, db):
    call_command("verify")
    call_command("tick")
    assert "一致" in capsys.readouterr().out
