"""The tree's own checks are part of its tests: lint, types, and who may import whom."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def run(tool, *args, cwd=ROOT):
    """Run one of the tools of this virtual environment; its exit code and all that it said."""
    env = {**os.environ, "PYTHONPATH": str(cwd), "NO_COLOR": "1", "COLUMNS": "200"}
    done = subprocess.run([str(BIN / tool), *args], cwd=cwd, env=env, capture_output=True, text=True, timeout=300, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_linter_finds_nothing():
    code, said = run("ruff", "check", "--output-format=concise", ".")
    assert code == 0, said


def test_the_types_hold():
    code, said = run("mypy")
    assert code == 0, said


def test_every_import_keeps_the_contracts():
    code, said = run("lint-imports", "--no-cache")
    assert code == 0, said


def test_an_import_against_a_contract_is_named(tmp_path):
    """One wrong import for each contract, in a copy: the check must name every one of them."""
    shutil.copytree(ROOT / "qingdan", tmp_path / "qingdan", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    wrong = {
        "kernel/clock.py": "import qingdan.desk",
        "kernel/rows.py": "import qingdan.kernel.ledger.models",
        "lists/schema.py": "import qingdan.lists.views",
        "lists/__init__.py": "import qingdan.measures",
        "statute/__init__.py": "import django.db",
        "measures/adjustment/models.py": "import qingdan.measures.adjustment.actions",
    }
    for path, line in wrong.items():
        with (tmp_path / "qingdan" / path).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    (tmp_path / "qingdan" / "attic").mkdir()
    (tmp_path / "qingdan" / "attic" / "__init__.py").touch()
    code, said = run("lint-imports", "--no-cache", cwd=tmp_path)
    assert code == 1
    assert "qingdan.kernel is not allowed to import qingdan.desk" in said
    assert "qingdan.lists is not allowed to import qingdan.measures" in said
    assert "qingdan.kernel.rows is not allowed to import qingdan.kernel.ledger" in said
    assert "qingdan.lists.schema is not allowed to import qingdan.lists.views" in said
    assert "qingdan.statute is not allowed to import django" in said
    assert "qingdan.measures.adjustment.models is not allowed to import qingdan.measures.adjustment.actions" in said
    assert "qingdan.attic" in said
