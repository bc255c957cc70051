"""Sealing bytes: AES-256-GCM, or SM4-GCM by setting; and how many bodies were opened in this process (f4).

A sealed text is nonce (12 bytes, random) ‖ ciphertext ‖ tag (16 bytes), bound to its `aad`: at any other place it does not open (T10).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.views.decorators.debug import sensitive_variables

NONCE, TAG = 12, 16


class Broken(Exception):
    """What is sealed does not open: changed, moved to another place, or under another key. Says nothing of what it holds."""


@dataclass(frozen=True)
class Provider:
    """One way to seal: its name as rows bear it, the length of its keys in bytes, its block cipher, its hash for deriving keys."""

    name: str
    length: int
    cipher: Callable[[bytes], algorithms.AES256 | algorithms.SM4]
    hash: type[hashes.HashAlgorithm]

    def new_key(self) -> bytes:
        return secrets.token_bytes(self.length)

    @sensitive_variables()
    def seal(self, key: bytes, plain: bytes, aad: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        sealing = Cipher(self.cipher(key), modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(aad)
        return nonce + sealing.update(plain) + sealing.finalize() + sealing.tag

    @sensitive_variables()
    def unseal(self, key: bytes, sealed: bytes, aad: bytes) -> bytes:
        """Raises Broken. Uncounted: for keys; what people read goes through `open_body`."""
        if len(sealed) < NONCE + TAG:
            raise Broken
        opening = Cipher(self.cipher(key), modes.GCM(sealed[:NONCE], sealed[-TAG:])).decryptor()
        opening.authenticate_additional_data(aad)
        try:
            return opening.update(sealed[NONCE:-TAG]) + opening.finalize()
        except InvalidTag:
            raise Broken from None

    @sensitive_variables()
    def open_body(self, key: bytes, sealed: bytes, aad: bytes) -> bytes:
        """One counted opening. Raises Broken."""
        global _opened
        plain = self.unseal(key, sealed, aad)
        _opened += 1
        return plain

    @sensitive_variables()
    def derived(self, secret: bytes, purpose: str) -> bytes:
        """A key of this provider's length out of a key of the ring; other ways to seal get other keys of it."""
        return HKDF(self.hash(), self.length, None, f"qingdan {purpose} {self.name}".encode()).derive(secret)


PROVIDERS = {
    p.name: p
    for p in (Provider("AES-256-GCM", 32, algorithms.AES256, hashes.SHA256), Provider("SM4-GCM", 16, algorithms.SM4, hashes.SM3))
}
_opened = 0


def opened() -> int:
    """Bodies opened in this process until now; as many as it has logged readings, or something reads past the log."""
    return _opened


def current() -> Provider:
    """The way to seal from now on (VAULT_ALG); what was sealed in another way opens in that way."""
    try:
        return PROVIDERS[settings.VAULT_ALG]
    except KeyError:
        raise ImproperlyConfigured(f"QINGDAN_VAULT_ALG 请写 {'、'.join(PROVIDERS)} 之一。") from None
