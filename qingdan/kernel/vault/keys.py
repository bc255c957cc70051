"""The ring of keys: a JSON file for its owner alone (VAULT_KEYS), never in the database and never in a backup.

Its keys wrap the data keys of the rows. A lost ring makes everything sealed unreadable, by design: keep a copy apart from the backups.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock

FORMAT, LENGTH = 1, 32
WHAT = "保密库现在不能使用"
OTHERS = stat.S_IRWXG | stat.S_IRWXO
RESTS = timedelta(days=1)
"""How long a replaced key stays at least: an act begun under it has ended by then."""


@dataclass(frozen=True)
class Key:
    """One key of the ring; its secret is shown by nothing."""

    id: str
    secret: bytes = field(repr=False)
    made_at: str = ""
    replaced_at: str = ""


@dataclass(frozen=True)
class Ring:
    """All keys; the last one wraps from now on, the others still open what they wrapped."""

    keys: tuple[Key, ...]

    @property
    def current(self) -> Key:
        return self.keys[-1]

    def get(self, key_id: str) -> Key:
        """Raises Refused where the ring has no such key."""
        for key in self.keys:
            if key.id == key_id:
                return key
        raise Refused(WHAT, f"密钥文件中没有密钥 {key_id}", "请系统管理员取回含有该密钥的密钥文件")

    def renewed(self, now: datetime) -> Ring:
        """With a new key at the end."""
        moment = now.isoformat(timespec="seconds")
        before = [replace(k, replaced_at=k.replaced_at or moment) for k in self.keys]
        return Ring((*before, Key(f"k{secrets.token_hex(4)}", secrets.token_bytes(LENGTH), moment)))

    def without(self, key_id: str, now: datetime) -> Ring:
        """Raises Refused for the current key and for one that was replaced less than a day ago. Whether rows need it the caller has asked."""
        what, key = f"不能移除密钥 {key_id}", self.get(key_id)
        if key is self.current:
            raise Refused(what, "这是正在使用的密钥", "请先轮换")
        if now < datetime.fromisoformat(key.replaced_at) + RESTS:
            raise Refused(what, "它被替换还不到一天", "请一天以后再移除")
        return Ring(tuple(k for k in self.keys if k is not key))


def path() -> Path:
    """Raises Refused where the settings name no file."""
    if not settings.VAULT_KEYS:
        raise Refused(WHAT, "没有设置 QINGDAN_VAULT_KEYS", "请系统管理员写明密钥文件的位置")
    return Path(settings.VAULT_KEYS)


@sensitive_variables()
def ring() -> Ring:
    """Read anew each time, so that every process has what was rotated. Raises Refused: none, unreadable, open to others."""
    lying = path()
    if settings.VAULT_MAKES_KEYS and not lying.exists():
        make()
    try:
        with lying.open(encoding="ascii") as f:
            if stat.S_IMODE(os.fstat(f.fileno()).st_mode) & OTHERS:
                raise Refused(WHAT, "密钥文件对本机的其他用户开放", "请系统管理员运行 qingdan vault-keys check")
            return _ring(json.load(f))
    except (OSError, ValueError, KeyError, TypeError):
        raise Refused(WHAT, "密钥文件不在，或者读不出来", "请系统管理员运行 qingdan vault-keys check") from None


@sensitive_variables()
def _ring(told: dict[str, Any]) -> Ring:
    found = tuple(Key(k["id"], base64.b64decode(k["secret"], validate=True), k["made_at"], k["replaced_at"]) for k in told["keys"])
    if told["format"] != FORMAT or not found or any(len(k.secret) != LENGTH for k in found) or len({k.id for k in found}) != len(found):
        raise ValueError
    return Ring(found)


def make() -> Ring:
    """The first key, in a new file. Raises Refused where there is one already."""
    made = Ring(()).renewed(clock.now())
    try:
        _write(made, new=True)
    except FileExistsError:
        if settings.VAULT_MAKES_KEYS:  # another process was quicker
            return ring()
        raise Refused("不能生成密钥文件", f"{path()} 已经存在", "轮换请用 qingdan vault-keys rotate；绝不要删除它") from None
    return made


def store(changed: Ring) -> None:
    """In the place of the file that is there."""
    _write(changed, new=False)


@sensitive_variables()
def _write(told: Ring, new: bool) -> None:
    """Temporary name, fsync, then the name, fsync of the folder: nothing is wrapped by a key that a power cut can take."""
    keys = [{"id": k.id, "secret": base64.b64encode(k.secret).decode(), "made_at": k.made_at, "replaced_at": k.replaced_at} for k in told.keys]
    text, lying = json.dumps({"format": FORMAT, "keys": keys}, indent=1), path()
    lying.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = lying.with_name(f".{lying.name}.{secrets.token_hex(4)}")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as f:
            f.write(text)
            f.flush()
            os.fsync(f.fileno())
        (os.link if new else os.replace)(temporary, lying)
        folder = os.open(lying.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        temporary.unlink(missing_ok=True)


def faults() -> Iterator[tuple[int, str, str]]:
    """(number, why, what to do): why an installation must not be served with this ring."""
    if not settings.VAULT_KEYS:
        yield 56, "没有设置保密库的密钥文件（QINGDAN_VAULT_KEYS）", "请写明它的位置，并运行 qingdan vault-keys new"
        return
    lying = path()
    if settings.VAULT_MAKES_KEYS:
        yield 57, "保密库会自行生成密钥（VAULT_MAKES_KEYS），只有演示才可以", "请改用 DJANGO_SETTINGS_MODULE=qingdan.config.settings.prod"
    if not lying.is_file():
        yield 58, f"保密库的密钥文件 {lying} 不存在", "新的系统请运行 qingdan vault-keys new；已有投诉的，请取回原来的文件"
        return
    if stat.S_IMODE(lying.stat().st_mode) & OTHERS:
        yield 59, f"本机的其他用户可以打开密钥文件 {lying}", f"请运行 chmod 600 {lying}"
    elif lying.resolve().is_relative_to(Path(settings.VAR).resolve()):
        yield 60, f"密钥文件 {lying} 放在数据目录里，会随数据一起被拷走", "请移到数据目录之外，并改 QINGDAN_VAULT_KEYS"
    else:
        try:
            ring()
        except Refused as refused:
            yield 61, refused.why, "请取回完好的密钥文件"
