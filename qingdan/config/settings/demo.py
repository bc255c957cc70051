"""The demonstration: invented people, one-click login, a clock of its own. Never for real data."""

from .base import *  # noqa: F403 - settings are made so
from .base import INSTALLED_APPS, TEMPLATES, VAR

DEMONSTRATION = True
ENSURE_SAFE = False
SECRET_KEY = "demonstration-only"  # noqa: S105 - the demonstration holds no secret
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = [*INSTALLED_APPS, "qingdan.demo"]
SESSION_LIMIT = SESSION_IDLE = None  # its clock is moved by days while people are logged in
VAULT_KEYS, VAULT_MAKES_KEYS = str(VAR / "demo.vault"), True
CLOCK_FILE = str(VAR / "demo.clock")
UI_BANNER = "demo/banner.html"
TEMPLATES[0]["OPTIONS"]["context_processors"].append("qingdan.demo.context.demonstration")  # type: ignore[index]
