"""The form by which 政务办 completes a document that items had named (待核)."""

from __future__ import annotations

from typing import Any

from django import forms

from qingdan.lists.fields import has_control

from .models import BasisDocument

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
NO_DAY = "看不懂这个日期，请写成 2016-06-07 的样子。"
MESSAGES = {
    "invalid": NO_DAY,
    "invalid_choice": "请从列出的种类中选择。",
    "max_length": "最多 %(limit_value)d 字，现有 %(show_value)d 字：请精简。",
    "null_characters_not_allowed": "含有不可见的控制字符：请删去后重新填写。",
}


class CheckForm(forms.ModelForm):
    """第五条: kind, name, issuer, number and days of a document."""

    class Meta:
        model = BasisDocument
        fields = ("kind", "title", "issuer", "number", "published_on", "in_force_from", "url")
        widgets = {"published_on": DAY, "in_force_from": DAY}
        help_texts = {
            "title": "全称，不写书名号",
            "in_force_from": "引用它的事项，不早于这一天生效（第十条（一））；停止施行的日期请登记为废止",
            "url": "公布机关网站上的网址",
        }

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for field in self.fields.values():
            field.error_messages |= MESSAGES | {"required": f"请填写{field.label}。"}
        self.fields["url"].widget.attrs["inputmode"] = "url"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name in ("title", "issuer", "number", "url"):
            if has_control(data.get(name) or ""):
                self.add_error(name, "含有不可见的控制字符：请删去后重新填写。")
        published, begins = data.get("published_on"), data.get("in_force_from")
        if published and begins and begins < published:
            self.add_error("in_force_from", "施行日早于公布日：请核对两个日期。")
        if data.get("url") and not data["url"].startswith(("https://", "http://")):
            self.add_error("url", "网址以 https:// 或者 http:// 开头：请从浏览器的地址栏复制。")
        return data
