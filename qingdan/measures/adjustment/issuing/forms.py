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

    def __init__(self, template: Template | None, values: Mapping[str, Any], data: Any = None) -> None:
        typed = template.typed if template else ()
        super().__init__(data, initial={field.key: values.get(field.key, "") for field in typed})
        for field in typed:
            self.fields[field.key] = Text(label=field.label, required=False, max_length=LONGEST, rows=2, help_text=field.help)

    @property
    def typed(self) -> dict[str, str]:
        return {key: str(value) for key, value in self.cleaned_data.items()}


class CorrectionForm(TypedForm):
    """更正重发, or 作废: why, and what a person adds to the new paper."""

    def __init__(self, template: Template | None, values: Mapping[str, Any], data: Any = None) -> None:
        super().__init__(template, values, data)
        self.fields = {"reason": Text(label="原因", rows=2, max_length=LONGEST, help_text="写明错在哪里；记入台账，不向社会公开")} | self.fields

    @property
    def typed(self) -> dict[str, str]:
        return {key: value for key, value in super().typed.items() if key != "reason"}


class ScanForm(forms.Form):
    """盖章原件: a scan or a photograph."""

    file = Upload(label="盖章原件的扫描件", only=frozenset({"pdf", "png", "jpeg"}))
