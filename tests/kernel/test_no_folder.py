"""The folder that QINGDAN_VAR names is not there, or is none: a sentence (what, why, what to do) and exit 1 or 2, for our commands and Django's."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(("command", "code"), [("migrate", 1), ("verify", 2)])
@pytest.mark.parametrize("there", [False, True])
def test_数据文件夹不能用_说明是哪个文件夹_怎么办(tmp_path, command, code, there):
    folder = tmp_path / "没有"
    if there:
        folder.write_text("一个文件")
    env = os.environ | {"QINGDAN_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "qingdan.config.settings.demo"}
    env.pop("QINGDAN_DATABASE_URL", None)
    done = subprocess.run([sys.executable, "-m", "qingdan", command], env=env, capture_output=True, text=True)
    said = "不是文件夹" if there else "不存在"
    assert done.returncode == code and f"{folder} {said}（由 QINGDAN_VAR 指定）" in done.stderr and "请先建立这个文件夹" in done.stderr
    assert "Traceback" not in done.stderr
