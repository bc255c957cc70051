"""Tests: the same product, a file database so that several connections can meet, cheap passwords."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from .base import *  # noqa: F403 - settings are made so
from .base import DATABASES, INSTALLED_APPS

SECRET_KEY = "tests-only-and-nothing-else-0123456789"  # noqa: S105 - guards nothing
ALLOWED_HOSTS = ["*"]
ENSURE_SAFE = False
INSTALLED_APPS = [*INSTALLED_APPS, "qingdan.demo"]
SESSION_LIMIT = SESSION_IDLE = SURE_FOR = None  # tests move the clock by days while somebody is logged in; the tests of accounts set them
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_dir = tempfile.mkdtemp(prefix="qingdan-test-")
atexit.register(shutil.rmtree, _dir, ignore_errors=True)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # else the server of QINGDAN_DATABASE_URL, in a database of the tests' own
    DATABASES["default"]["NAME"] = os.path.join(_dir, "db.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_dir, "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
MEDIA_ROOT = Path(_dir, "files")
QUERY_CODE_COST = (1, 8, 1)
VAULT_KEYS, VAULT_MAKES_KEYS = os.path.join(_dir, "vault.keys"), True
HARMLESS_APART = False  # the tests of it set it: a process takes half a second
