"""The product as it runs in production, for the battery: full durability, cheap passwords, a clock that can be set; and the mutant, if any."""

import os

from qingdan.config.settings.base import *  # noqa: F403 - settings are made so
from qingdan.config.settings.base import INSTALLED_APPS, VAR

SECRET_KEY = "battery-only-and-nothing-else-0123456789"
ALLOWED_HOSTS = ["127.0.0.1"]
ENSURE_SAFE = False  # its mutants are unsafe on purpose, and it runs as the superuser of a cluster of its own
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CLOCK_FILE = str(VAR / "clock") if os.environ.get("BATTERY_CLOCK", "1") == "1" else ""
if os.environ.get("BATTERY_MUTANT"):
    INSTALLED_APPS = [*INSTALLED_APPS, "battery.mutating"]
