"""Thirty markers that a complaint holds, and where bytes are looked through for them: in four encodings, base64 at each of its three offsets."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

NAMES = ("欧阳若兰溪", "司马听雨楼", "上官飞鸿影", "诸葛青云志", "东方晓月明", "慕容雪寒梅")
MARKERS = (
    *NAMES, "13812340001", "13912340002", "15012340003", "18612340004", "身份证尾号77X3", "身份证尾号88Y4", "花园路甲字9号院",
    "文化路乙字7单元", "农业路丙字5号楼", "豫A·X7Q91警", "办件编号甲子0420", "办件编号乙丑0511", "窗口三号女工作人员", "收了我二百元整",
    "微信qm_lanxi_77", "邮箱lx77@例子.公司", "lanxi77@mail.example", "DSC_0420_lanxi.JPG", "举报信终稿v9.docx", "GPS34.7466N113.6253E",
    "iPhoneOfLanxi77", "夜里十一点零七分", "金水河畔老槐树", "QueryCodeZX81LANXI",
)  # fmt: skip


def forms(marker: str) -> Iterator[bytes]:
    """The marker as it could lie in a file."""
    raw = marker.encode()
    yield from (raw, marker.encode("utf-16-le"), marker.encode("gb18030", "replace"))
    for offset in range(3):
        coded = base64.b64encode(b"x" * offset + raw)
        yield coded[4 if offset else 0 : len(coded) // 4 * 4 - 4]  # without the groups that its neighbours have a part in
    yield marker.encode("unicode_escape")  # as JSON has it


_FORMS = {marker: tuple(forms(marker)) for marker in MARKERS}


def found(data: bytes) -> set[str]:
    """The markers that lie in these bytes."""
    return {marker for marker, each in _FORMS.items() if any(form in data for form in each)}


def in_folder(folder: Path) -> dict[str, set[str]]:
    """File -> markers, for every file below."""
    return {str(path): hits for path in folder.rglob("*") if path.is_file() and (hits := found(path.read_bytes()))}
