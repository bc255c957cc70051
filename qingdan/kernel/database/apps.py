from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import register
from django.db import connections
from django.db.models.signals import post_migrate


class DatabaseConfig(AppConfig):
    name = "qingdan.kernel.database"
    label = "database"
    verbose_name = "数据库"

    def ready(self) -> None:
        from . import checks, deployment

        register(checks.unsafe_database, checks.TAG, deploy=True)
        register(deployment.unsafe_settings, checks.TAG, deploy=True)
        post_migrate.connect(_grant_again, sender=apps.get_app_config("ledger"))  # once; all tables are there by then


def _grant_again(using: str, **_: Any) -> None:
    """A table that came with a new release is granted where the older ones are, without anybody having to think of it."""
    from . import roles

    if connections[using].vendor == "postgresql":
        for role in roles.granted(connections[using]):
            roles.grant(role, connections[using])
