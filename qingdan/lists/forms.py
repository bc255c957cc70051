"""The two forms of an import: choose a list and a file; commit the plan that was shown."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile

from qingdan.lists.importing import reading
from qingdan.lists.importing.tables import Unreadable
from qingdan.lists.schema import LISTS


class UploadForm(forms.Form):
    kind = forms.ChoiceField(
        label="清单", choices=[("", "请选择"), *((k.key, k.name) for k in LISTS.values())], error_messages={"required": "请选择导入哪一张清单"}
    )
    file = forms.FileField(
        label="文件",
        help_text="XLSX 或 CSV，20 MB 以内，前十行内有表头，至少有部门、名称、编码三列。上传后先预览，不会马上写入。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
        max_length=255,
        error_messages={"required": "请选择要导入的文件", "max_length": "文件名太长，请改短后再上传"},
    )

    def clean_file(self) -> UploadedFile:
        """The size is looked at before the file is read; Django has only spooled it."""
        file: UploadedFile = self.cleaned_data["file"]
        try:
            reading.check_size(file.size or 0)
        except Unreadable as refused:
            raise forms.ValidationError(str(refused)) from refused
        return file


class CommitForm(forms.Form):
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    leave_out = forms.BooleanField(label="我已核对：被拒绝的行不导入", required=False)
