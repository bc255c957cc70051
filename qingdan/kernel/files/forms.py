"""A field for an upload: looked at by content while the form is checked, so that a refusal stands at the field."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from qingdan.engine.refusals import Refused

from . import kinds


class Upload(forms.FileField):
    """`only`: the kinds that will do here. The act keeps the file (`store.keep`); a refused form asks for it again."""

    def __init__(self, *, label: str, only: Set[str] = frozenset(kinds.KINDS), required: bool = True, help_text: str = "") -> None:
        self.only = [kind for kind in kinds.KINDS.values() if kind.key in only]
        accept = ",".join(ending for kind in self.only for ending in kind.endings)
        limit = f"{'、'.join(kind.name for kind in self.only)}，{kinds.LIMIT // 1024 // 1024} MB 以内"
        super().__init__(
            label=label, required=required, allow_empty_file=True, help_text="。".join(filter(None, (help_text, limit))),
            widget=forms.FileInput(attrs={"accept": accept}),
            error_messages={"required": f"请选择{label}。", "invalid": f"没有收到文件：请重新选择{label}。"},
        )  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        upload: UploadedFile | None = super().clean(data, initial)
        if not upload:
            return upload
        try:
            found = kinds.find(upload.read(kinds.LIMIT + 1))
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused
        finally:
            upload.seek(0)
        if found not in {kind.key for kind in self.only}:
            wanted = "、".join(kind.name for kind in self.only)
            raise forms.ValidationError(f"这里要的是{wanted}，收到的是{kinds.KINDS[found].name}：请重新选择文件。")
        return upload
