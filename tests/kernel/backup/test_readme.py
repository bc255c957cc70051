"""e3: the commands that README.md gives for backup and restore do what it says, in the order in which it gives them."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from battery import loading

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="begins with a copied file"),
]
ROOT = Path(__file__).resolve().parents[3]


def commands():
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## Backup and restore\n")[2].partition("\n## ")[0]
    return re.findall(r"^    (.+)$", section, re.MULTILINE)


def test_e3_what_the_readme_says_restores_from_nothing(installed, tmp_path):
    script = "\n".join(commands()).replace("/srv/", f"{tmp_path}/srv/")
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=ROOT, env=loading.demonstration(installed), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("\n一致\n") == 2 and "已恢复，核对一致" in done.stdout
    assert (tmp_path / "srv/restored/qingdan.sqlite3").exists()
    assert len(os.listdir(tmp_path / "srv/restored/files")) == 2
