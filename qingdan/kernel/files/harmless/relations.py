"""What the parts of an Office file refer to (`*.rels`). Links and templates go; pictures and data from elsewhere are refused."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from .markup import Rules, rewritten
from .parts import is_left_out
from .refusing import refused

LOSES = ("/hyperlink", "/attachedTemplate")
HARMLESS_WITHOUT = ("/customProperty", "/printerSettings")


class Relations:
    """One part's: written anew, and the ids that are no longer there (which the part must not name any more)."""

    def __init__(self, name: str, data: bytes) -> None:
        self.gone: set[str] = set()
        folder, _, file = name.rpartition("/_rels/")
        self.owner = f"{folder}/{file.removesuffix('.rels')}".lstrip("/") if folder else ""
        self.folder = posixpath.dirname(self.owner)
        self.data = rewritten(data, Rules(element=self._keep))

    def _keep(self, element: str, given: Mapping[str, str]) -> bool:
        if element != "Relationship":
            return True
        target, kind = given.get("Target", ""), given.get("Type", "")
        if given.get("TargetMode", "").lower() == "external" or ":" in target or target.startswith(("//", "\\\\")) or "\\" in target:
            if kind.endswith(LOSES):
                return self._without(given)
            raise refused("文件引用了外部的图片、文件或者数据", "请把引用的内容直接插入文件，或者另存为 PDF 后再上传")
        if kind.endswith(HARMLESS_WITHOUT) or is_left_out(self._resolved(target)):
            return self._without(given)
        return True

    def _without(self, given: Mapping[str, str]) -> bool:
        self.gone.add(given.get("Id", ""))
        return False

    def _resolved(self, target: str) -> str:
        """Raises Refused where it leads out of the file."""
        full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(self.folder, target))
        if full.startswith(".."):
            raise refused("文件里有指向别处的路径", "请用 Word、Excel 或者 WPS 重新保存后再上传")
        return full
