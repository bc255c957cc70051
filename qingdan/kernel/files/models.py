"""One stored file: what it is by content, how long, its digest. The file itself lies under a neutral name."""

from __future__ import annotations

from io import BufferedReader
from pathlib import Path

from django.conf import settings
from django.db import models

from qingdan.kernel.rows import Recorded

from .kinds import KINDS


class StoredFile(Recorded):
    """Written once, by the act that brought it; never changed."""

    stored = models.CharField("存放名", max_length=40, unique=True)
    name = models.CharField("原文件名", max_length=200)
    media = models.CharField("类型", max_length=10, choices=[(kind.key, kind.name) for kind in KINDS.values()])
    length = models.PositiveBigIntegerField("长度")
    sha256 = models.CharField("摘要（SHA-256）", max_length=64)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.stored

    def open(self) -> BufferedReader:
        """The file as it came; FileNotFoundError where it is gone (`verify` names it)."""
        return self.path.open("rb")

    @property
    def name_to_give(self) -> str:
        """The original name, always with an ending of the type that was found: 公告.exe that is text becomes 公告.exe.txt."""
        endings = KINDS[self.media].endings
        return self.name if self.name.lower().endswith(endings) else self.name + endings[0]
