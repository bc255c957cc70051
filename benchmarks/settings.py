"""As in production, full durability included; one address more, for the peer of the list page."""

from battery.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["testserver"]
