"""`qingdan demo-fill`: fill a new database with the demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from qingdan.demo.filling import fill, opening
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Event


class Command(BaseCommand):
    help = "Fill a new database with the demonstration district; does nothing where there are events already."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("演示数据只能填入演示系统。请用 ./run demo。")
        if Event.objects.exists():
            self.stdout.write("The database is not new; left as it is.")
            return
        fill(self.stdout.write)
        clock.move_to(opening())
        self.stdout.write("Filled.")
