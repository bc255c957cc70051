import os

from django.apps import AppConfig


class Mutating(AppConfig):
    name = "battery.mutating"
    label = "battery_mutating"

    def ready(self) -> None:
        from battery.mutants import MUTANTS

        mutant = next(m for m in MUTANTS if m.name == os.environ["BATTERY_MUTANT"])
        assert mutant.apply is not None
        mutant.apply()
