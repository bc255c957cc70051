"""With which fonts papers are set. The office fonts if the district has them (QINGDAN_FONTS names the folder), else free ones of Debian.

The four faces of GB/T 9704 are not free, so a fallback is never silent: `found().fallbacks` names it, on the pages of papers and in `check`.
Where not even a fallback has Chinese characters, no PDF is made; the DOCX names the office fonts, which every office PC has.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings

PLACES = (
    "/usr/share/fonts/opentype/noto", "/usr/share/fonts/opentype/fandol", "/usr/local/share/fonts",
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
)  # fmt: skip
SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"


@dataclass(frozen=True)
class Face:
    """A face of the standard: the name that the DOCX bears, the families that are it, and those that stand in for it, best first."""

    name: str
    office: str
    own: tuple[str, ...]
    stand_ins: tuple[str, ...]


FACES = (
    Face("小标宋", "方正小标宋简体", ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"), ("FandolSong", SERIF)),
    Face("仿宋", "仿宋_GB2312", ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"), ("FandolFang R", SERIF)),
    Face("楷体", "楷体_GB2312", ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"), ("FandolKai", SERIF)),
    Face("黑体", "黑体", ("黑体", "SimHei"), (SANS, "FandolHei")),
    Face("宋体", "宋体", ("宋体", "SimSun", "中易宋体"), ("FandolSong", SERIF)),
)
OFFICE_NAMES = {face.name: face.office for face in FACES}


@dataclass(frozen=True)
class Fonts:
    """What is there: for each face the families to set it with, in the order in which a missing character is looked for; the folders they lie in."""

    families: dict[str, list[str]]
    folders: list[str]
    fallbacks: dict[str, str]

    @property
    def complete(self) -> bool:
        """Is there a Chinese font for every face?"""
        return all(self.families.values())

    @property
    def bold(self) -> list[str]:
        """The faces whose stand-in is set bold: 小标宋 is heavier than any plain Song."""
        return [name for name in ("小标宋",) if name in self.fallbacks]

    @property
    def told(self) -> str:
        """The fallbacks in words; empty where every face is the standard's own."""
        if not self.complete:
            return "本机没有中文字体，不能制作 PDF；可以下载 DOCX（其中写明公文字体），或者由管理员安装字体后再试。"
        return "、".join(f"{face}以 {family} 代替" for face, family in self.fallbacks.items())


def found() -> Fonts:
    """The fonts of this machine; looked for once a process."""
    return look(str(settings.FONTS or ""), PLACES)


@lru_cache(8)
def look(given: str, places: tuple[str, ...]) -> Fonts:
    folders = [folder for folder in (given, *places) if folder and Path(folder).is_dir()]
    there = set(typst.Fonts(include_system_fonts=False, font_paths=folders).families()) if folders else set()
    families: dict[str, list[str]] = {}
    fallbacks: dict[str, str] = {}
    for face in FACES:
        own = [family for family in face.own if family in there]
        first = own or [family for family in face.stand_ins if family in there] or [family for family in (SERIF, SANS) if family in there]
        families[face.name] = list(dict.fromkeys([*first, *(family for family in (SERIF, SANS) if family in there)]))
        if first and not own:
            fallbacks[face.name] = first[0]
    return Fonts(families, folders, fallbacks)
