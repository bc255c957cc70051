"""a13: the product broken on purpose, each in one way, to see that the battery notices. No switch of this is in the product's code:
the patch is applied by the battery's own settings, in the processes of one run."""

from __future__ import annotations

from .line import Mutant

MUTANTS: list[Mutant] = []
