"""The code and the settings themselves: what the linter says of its safety, what is silenced and why, what must not be done anywhere."""

import string
import subprocess
import sys
import tomllib
from pathlib import Path

from battery import pytests
from battery.engines import ROOT
from battery.line import BOTH, Run, line
from battery.pytests import tests_on


@line("h1", "ruff with S, B, DJ and DTZ over the product: nothing found, nothing silenced without a reason", least={"files": 200, "tests": 4})
def linted(run: Run) -> None:
    words = [str(Path(sys.executable).parent / "ruff"), "check", "--output-format=concise", "qingdan"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    run.none("found", [text for text in done.stdout.splitlines() if text.startswith("qingdan/")])
    if done.returncode not in (0, 1):
        run.fault(done.stderr[-500:])
    chosen = tomllib.loads(Path(ROOT, "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]["select"]
    run.none("families not asked for", {"S", "B", "DJ", "DTZ"} - set(chosen))
    run.count("files", len(list(Path(ROOT, "qingdan").rglob("*.py"))))
    pytests.collect(run, "tests/quality/test_rules.py", "-k", "h1", env=tests_on(run))


@line("h2", "own rules over the code and the templates; each catches a planted case", least={"tests": 25})
def ruled(run: Run) -> None:
    pytests.collect(run, "tests/quality/test_rules.py", "tests/quality/test_clock.py", env=tests_on(run))


WRONG = {
    "any host": {"QINGDAN_HOSTS": "*"}, "settings of the demonstration": {"DJANGO_SETTINGS_MODULE": "qingdan.config.settings.demo"},
    "a short key": {"QINGDAN_SECRET_KEY": "short"}, "no keys of the vault": {"QINGDAN_VAULT_KEYS": ""},
    "no key for receipts": {"QINGDAN_RECEIPT_KEY": "/nonexistent/receipt.pem"},
}  # fmt: skip


@line("h3", "check --deploy as in production, and own checks; wrong settings are named", engines=BOTH, least={"checks": 1, "caught": len(WRONG)})
def deployable(run: Run) -> None:
    """An installation as the README makes it has nothing said of it; what is wrong on purpose is refused."""
    sound = _installed(run)
    done = _product(CHECK, sound)
    if done.returncode != 0:
        run.fault(f"{done.stdout[-1500:]}{done.stderr[-1500:]}")
    run.count("checks")
    superuser = {"as the database's superuser": {"QINGDAN_DATABASE_URL": run.database.url}} if run.database.url else {}
    for name, wrong in (WRONG | superuser).items():
        if _product(CHECK, sound | wrong).returncode == 0:
            run.fault(f"not caught: {name}")
        else:
            run.count("caught")


def _installed(run: Run) -> dict[str, str]:
    """The environment of a new installation with the settings of production, its database migrated."""
    key = "".join(run.random.choices(string.ascii_letters + string.digits + "-_", k=64))
    told = {"DJANGO_SETTINGS_MODULE": "qingdan.config.settings.prod", "QINGDAN_SECRET_KEY": key, "QINGDAN_HOSTS": "qingdan.example"}
    env = run.environment() | told
    env |= {"QINGDAN_VAULT_KEYS": f"{env['QINGDAN_VAR']}.keys"}
    if (done := _product(["vault-keys", "new"], env)).returncode != 0:
        run.fault(done.stderr[-1500:])
    if run.database.cluster is not None:
        env |= {"QINGDAN_DATABASE_URL": run.database.cluster.installed("deployed")[1]}
    elif (done := _product(["migrate", "-v0"], env)).returncode != 0:
        run.fault(done.stderr[-1500:])
    if (done := _product(["receipt-key", "new"], env)).returncode != 0:
        run.fault(done.stderr[-1500:])
    return env


CHECK = ["check", "--deploy", "--database", "default", "--fail-level", "WARNING"]


def _product(words: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "qingdan", *words], cwd=ROOT, env=env, capture_output=True, text=True)
