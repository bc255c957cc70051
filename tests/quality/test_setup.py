"""The set-up and what the README says of it: two commands, hashed locks, no Node, no addresses."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["boot.lock", "requirements.lock", "requirements-dev.lock"]
README = ROOT / "README.md"


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def words_of_run():
    """The commands that ./run knows: the branches of its last `case`."""
    branches = read("run").rsplit("case ", 1)[1]
    return set(re.findall(r"^ {4}([a-z]+)(?:\)| \|)", branches, re.M))


def pinned(name):
    return {re.split(r"[=\[]", line)[0]: line for line in read(name).splitlines() if re.match(r"[a-z0-9]", line)}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_one_version_and_hashes(name):
    packages = re.split(r"\n(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", read(name), flags=re.M))
    assert packages
    for package in packages:
        assert re.match(r"[a-z0-9.-]+==[^\s;]+( ;[^\\]+)? \\\n", package), package[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", package), package[:80]


@pytest.mark.parametrize("name", [*LOCKS, "boot.in", "requirements.in", "requirements-dev.in", "run", ".ci/run", "pyproject.toml"])
def test_no_file_of_the_set_up_holds_an_address_of_a_registry(name):
    text = read(name).replace("http://127.0.0.1:8000", "")
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|file:", text)


@pytest.mark.parametrize("name", ["boot", "requirements", "requirements-dev"])
def test_the_lock_holds_what_was_asked_for(name):
    locked = pinned(f"{name}.lock")
    for line in read(f"{name}.in").splitlines():
        asked = re.match(r"([a-z0-9][a-z0-9-]*)(?:\[[^]]*\])?(?:==(\S+))?", line)
        if asked:
            package, version = asked.groups()
            assert package in locked, f"{package} is not in {name}.lock; ./run lock writes it anew"
            assert version is None or f"=={version} " in locked[package] + " ", f"{package}: {locked[package]}"


def test_what_runs_is_tested_in_the_same_versions():
    """The same version of each; for which Pythons it is needed may differ, where the tests need it on more of them."""
    run, dev = ({name: line.split()[0] for name, line in pinned(lock).items()} for lock in ("requirements.lock", "requirements-dev.lock"))
    assert {name: dev.get(name) for name in run} == run


def test_no_node_is_needed():
    names = {path.name for path in ROOT.iterdir()}
    assert not names & {"package.json", "package-lock.json", "node_modules", "uv.lock"}
    assert not re.search(r"\b(npm|npx|node|yarn)\b", read("run") + read(".ci/run"))


def test_ci_runs_the_readmes_test_command():
    assert os.access(ROOT / ".ci/run", os.X_OK) and os.access(ROOT / "run", os.X_OK)
    assert "exec ./run test" in read(".ci/run").splitlines()


def test_the_help_names_every_command():
    said = subprocess.run([ROOT / "run", "help"], capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^\./run ([a-z]+)", said, re.M)) == words_of_run() - {"help"}


def test_an_unknown_command_is_refused_with_the_list_of_those_there_are():
    done = subprocess.run([ROOT / "run", "frobnicate"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "./run demo" in done.stderr


def test_every_command_in_the_readme_exists():
    named = set(re.findall(r"\./run ([a-z]+)", README.read_text(encoding="utf-8")))
    assert {"demo", "test", "check", "qingdan"} <= named <= words_of_run()


def test_every_product_command_in_the_readme_exists():
    named = set(re.findall(r"\./run qingdan ([a-z-]+)", README.read_text(encoding="utf-8")))
    assert {"due", "coverage", "verify", "tick", "import-list"} <= named
    assert {name for name in named if name.replace("-", "_") not in get_commands()} == set()
