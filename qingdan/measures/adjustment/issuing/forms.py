"""What a person adds to what the case says; and the scan of a sealed original."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from qingdan.kernel.files.forms import Upload
from qingdan.kernel.papers.templates import Template
from qingdan.measures.adjustment.forms import Text

LONGEST = 3000


class TypedForm(forms.Form):
    """One field for each that the template has typed; what the case already says of it stands there to be changed."""

    def __init__(self, template: Template, values: Mapping[str, Any], data: Any = None) -> None:
        super().__init__(data, initial={field.key: values.get(field.key, "") for field in template.typed})
        for field in template.typed:
            self.fields[field.key] = Text(label=field.label, required=False, max_length=LONGEST, rows=2, help_text=field.help)

    @property
    def typed(self) -> dict[str, str]:
        return {key: str(value) for key, value in self.cleaned_data.items()}


class ScanForm(forms.Form):
    """盖章原件: a scan or a photograph."""

    file = Upload(label="盖章原件的扫描件", only=frozenset({"pdf", "png", "jpeg"}))
