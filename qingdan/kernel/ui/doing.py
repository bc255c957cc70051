"""One act as its page offers it; each room has a table of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django import forms

from qingdan.kernel.ledger.models import Event
from qingdan.statute.terms import Law

Do = Callable[..., Event]


@dataclass(frozen=True)
class Doing:
    """form: kind of form · label and hint of its words · must: are they required · do: the action · consequence: what its button says will follow."""

    act: str
    article: str
    form: type[forms.Form]
    label: str
    do: Do
    hint: str = ""
    must: bool = True
    consequence: str = ""

    def under(self, law: Law) -> Doing:
        """The same, its words with the limits of this edition in them."""
        return replace(self, hint=law.told(self.hint), consequence=law.told(self.consequence))
