"""The settings of the product's own tests, with the mutant if a run has one."""

import os

from qingdan.config.settings.test import *  # noqa: F403 - settings are made so
from qingdan.config.settings.test import INSTALLED_APPS

if os.environ.get("BATTERY_MUTANT"):
    INSTALLED_APPS = [*INSTALLED_APPS, "battery.mutating"]
