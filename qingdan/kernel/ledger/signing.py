"""The key with which receipts are signed: Ed25519, in a file for the product's own user alone, outside the data and never in a backup.

Its public half stands in the ledger (so that the daily heads bind it), on the public page, and in the export of the heads.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused

from .acts import note
from .append import writing
from .models import Event

ACT = "publish_receipt_key"
WHAT = "现在不能出具回执"
OTHERS = stat.S_IRWXG | stat.S_IRWXO
_RAW = serialization.Encoding.Raw, serialization.PublicFormat.Raw


def path() -> Path:
    """RECEIPT_KEY, or beside the ring of the vault. Raises Refused where neither is named."""
    if settings.RECEIPT_KEY:
        return Path(settings.RECEIPT_KEY)
    if not settings.VAULT_KEYS:
        raise Refused(WHAT, "没有设置 QINGDAN_RECEIPT_KEY", "请系统管理员写明回执签名密钥的位置")
    return Path(f"{settings.VAULT_KEYS}.receipt")


@sensitive_variables()
def sign(text: bytes) -> tuple[str, str]:
    """(public half, signature), both in hex. Raises Refused where there is no key to sign with."""
    key = _key()
    return public_of(key), key.sign(text).hex()


def signed(public: str, text: bytes, signature: str) -> bool:
    """Is this the signature of this text by whoever holds the other half?"""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), text)
    except (ValueError, InvalidSignature):
        return False
    return True


def public_of(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(*_RAW).hex()


def published() -> list[tuple[int, str]]:
    """(number of the event, public half), oldest first."""
    return [(e.seq, e.facts["public"]) for e in Event.objects.filter(act=ACT).order_by("seq")]


def known() -> list[str]:
    """Every public half whose receipts are ours; where nothing is real also one that was made without a word."""
    found = [public for _, public in published()]
    if settings.VAULT_MAKES_KEYS and path().exists() and (own := public_of(_key())) not in found:
        found.append(own)
    return found


def make(renew: bool = False) -> str:
    """A new key, told in the ledger. `renew`: in the place of the one that is there, whose receipts stay good. Returns the public half.

    Raises Refused where there is one already, or none to be renewed.
    """
    if renew != path().exists():
        why = "还没有可以更换的密钥" if renew else f"{path()} 已经存在"
        raise Refused("不能生成回执签名密钥", why, "请用 new 生成" if renew else "更换请用 qingdan receipt-key renew")
    key = Ed25519PrivateKey.generate()
    with writing():  # told and stored together, or neither
        note(ACT, by=None, facts={"public": public_of(key)})
        _write(key, renew)
    return public_of(key)


@sensitive_variables()
def _key() -> Ed25519PrivateKey:
    lying = path()
    if settings.VAULT_MAKES_KEYS and not lying.exists():
        _write(Ed25519PrivateKey.generate(), renew=False)
    try:
        with lying.open("rb") as f:
            if stat.S_IMODE(os.fstat(f.fileno()).st_mode) & OTHERS:
                raise Refused(WHAT, "回执签名密钥对本机的其他用户开放", f"请系统管理员运行 chmod 600 {lying}")
            key = serialization.load_pem_private_key(f.read(), None)
    except (OSError, ValueError, TypeError):
        raise Refused(WHAT, "回执签名密钥不在，或者读不出来", "请系统管理员运行 qingdan receipt-key new，或者取回原来的文件") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused(WHAT, "回执签名密钥不是 Ed25519", "请系统管理员取回原来的文件")
    return key


@sensitive_variables()
def _write(key: Ed25519PrivateKey, renew: bool) -> None:
    """Under another name first, then under its own; where nothing is real, two that begin at once end with one key."""
    lying = path()
    text = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    lying.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = lying.with_name(f".{lying.name}.{secrets.token_hex(4)}")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
            f.write(text)
            f.flush()
            os.fsync(f.fileno())
        if renew:
            os.replace(temporary, lying)
        else:
            try:
                os.link(temporary, lying)
            except FileExistsError:
                if not settings.VAULT_MAKES_KEYS:
                    raise
    finally:
        temporary.unlink(missing_ok=True)


def faults() -> list[tuple[int, str, str]]:
    """(number, why, what to do): why an installation must not be served with this key."""
    try:
        lying, var = path(), Path(settings.VAR).resolve()
    except Refused as refused:
        return [(62, refused.why, f"{refused.todo}，并运行 qingdan receipt-key new")]
    if lying.resolve().is_relative_to(var):
        return [(63, f"回执签名密钥 {lying} 放在数据目录里，会随数据一起被拷走", "请移到数据目录之外，并改 QINGDAN_RECEIPT_KEY")]
    try:
        _key()
    except Refused as refused:
        return [(64, refused.why, refused.todo)]
    return []
