"""A database that is made for one command and thrown away, with keys and letters of its own: nothing of an installation is touched."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection
from django.test.utils import setup_test_environment, teardown_test_environment


@contextmanager
def scratch() -> Iterator[None]:
    """Inside, the product works on an empty database; its letters go nowhere, and its warnings are not shown."""
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    logging.disable(logging.NOTSET)
    shown = logging.getLogger().handlers[:]
    with tempfile.TemporaryDirectory() as folder:
        own: dict[str, object] = {
            "VAULT_KEYS": str(Path(folder, "keys")), "VAULT_MAKES_KEYS": True, "RECEIPT_KEY": "", "MEDIA_ROOT": Path(folder, "files"),
            "MAIL_FROM": "qingdan@example.gov.cn", "QUERY_CODE_COST": (1, 8, 1),
        }  # fmt: skip
        with ExitStack() as kept:
            for setting, value in own.items():
                kept.enter_context(patch.object(settings, setting, value))
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            for handler in shown:
                logging.getLogger().removeHandler(handler)
            try:
                yield
            finally:
                for handler in shown:
                    logging.getLogger().addHandler(handler)
                connection.creation.destroy_test_db(name, verbosity=0)
                teardown_test_environment()


def numbered_afresh() -> None:
    """New rows are numbered from the last one that is there: PostgreSQL gives no number of what was undone again, and two lives are compared."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
