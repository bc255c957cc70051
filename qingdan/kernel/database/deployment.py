"""Are the settings and files of this installation safe? Asked beside the database, by `qingdan run` and `check --deploy`."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from qingdan.kernel.ledger import signing
from qingdan.kernel.vault import keys

KEY = 50  # characters, as Django's own check asks


def unsafe_settings(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """The faults of the settings, each with what to do."""
    return [*_words(), *_files(), *(_fault(*found) for found in (*keys.faults(), *signing.faults()))]


def _words() -> Iterator[Error]:
    if settings.DEBUG:
        yield _fault(51, "DEBUG 已打开，出错的页面会显示内部数据", "请关闭 DEBUG")
    if settings.DEMONSTRATION:
        yield _fault(52, "这是演示设置，任何人都可以一键登录", "请改用 DJANGO_SETTINGS_MODULE=qingdan.config.settings.prod")
    if not settings.ALLOWED_HOSTS or any(host.strip(".") in ("", "*") for host in settings.ALLOWED_HOSTS):
        yield _fault(53, "没有写明系统的域名（QINGDAN_HOSTS 为空或者含有 *）", "请逐个写明对外使用的域名")
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if len(key) < KEY or len(set(key)) < 10:
            yield _fault(54, "QINGDAN_SECRET_KEY 太短或者太简单", f"请换成 {KEY} 个字符以上的随机值")


def _files() -> Iterator[Error]:
    """Database, files and their folder: nothing for those who are not of the product's own user or group."""
    folder = Path(settings.VAR)
    if folder.exists() and not _mode(folder) & stat.S_IXOTH:
        return  # nobody else gets as far as what lies inside
    lying = [Path(settings.MEDIA_ROOT)]
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        database = str(settings.DATABASES["default"]["NAME"])
        lying += [Path(database + end) for end in ("", "-wal", "-shm")]
    for path in lying:
        if path.exists() and _mode(path) & stat.S_IRWXO:
            yield _fault(55, f"本机任何用户都可以打开 {path.name}", f"请运行 chmod o-rwx {path}")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _fault(number: int, why: str, todo: str) -> Error:
    return Error(f"{why}。{todo}。", id=f"qingdan.E{number:03}")
