"""`qingdan demo`: migrate, fill if new, serve on 127.0.0.1:8000 and tick."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Set up, fill and serve the demonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("demo_fill")
        self.stdout.write(f"http://127.0.0.1:{options['port']}/ for the public, /desk/ for the staff. Ctrl-C ends.")
        call_command("run", host="127.0.0.1", port=options["port"])
