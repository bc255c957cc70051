"""`qingdan check --deploy` names the fonts that stand in for those of GB/T 9704, or says that no PDF can be made."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Info, Warning, register

from . import fonts


@register("papers", deploy=True)  # not before every command: it looks through the fonts
def fonts_are_named(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Nothing where the district's folder has all office fonts; else what stands in for them."""
    found = fonts.found()
    if not found.complete:
        return [Warning(found.told, hint="例如 apt-get install fonts-noto-cjk，或者以 QINGDAN_FONTS 指明公文字体所在的文件夹。", id="papers.W001")]
    if not found.fallbacks:
        return []
    hint = "以 QINGDAN_FONTS 指明方正小标宋简体、仿宋_GB2312、楷体_GB2312、黑体所在的文件夹。"
    return [Info(f"文书 PDF 的字体：{found.told}", hint=hint, id="papers.I001")]
