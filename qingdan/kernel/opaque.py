"""Numbers of rows as they may stand on a page: an address or a field says which row, and nothing of how many others there are (T6).

The number is enciphered under the product's own key: the same row has the same name wherever it stands, nobody can make a name, and a
name tells neither order nor count. For what is looked at and sent back at once; nothing keeps these names.
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

WIDTH = 8  # bytes of the number; as many again say of which kind it is, so that a made-up name is found to be none


def hide(kind: str, number: int) -> str:
    """32 letters and digits for this row of this kind of thing."""
    return _cipher().encryptor().update(_mark(kind) + number.to_bytes(WIDTH, "big")).hex()


def found(kind: str, text: str) -> int | None:
    """The number behind such a name; None where it is none of this kind."""
    if len(text) != 4 * WIDTH or not text.isascii() or not text.isalnum():
        return None
    try:
        plain = _cipher().decryptor().update(bytes.fromhex(text))
    except ValueError:
        return None
    return int.from_bytes(plain[WIDTH:], "big") if hmac.compare_digest(plain[:WIDTH], _mark(kind)) else None


def digest(*parts: str) -> str:
    """A name for good, of 32 letters and digits, that only this product can make: for what others keep (letters)."""
    return hmac.new(_key("digest"), "\0".join(parts).encode(), hashlib.sha256).hexdigest()[:32]


def _mark(kind: str) -> bytes:
    return hmac.new(_key("kind"), kind.encode(), hashlib.sha256).digest()[:WIDTH]


def _cipher() -> Cipher[modes.ECB]:
    return Cipher(algorithms.AES256(_key("number")), modes.ECB())  # noqa: S305 - one block, and every number has one name on purpose


def _key(purpose: str) -> bytes:
    return hashlib.sha256(f"qingdan opaque {purpose} {settings.SECRET_KEY}".encode()).digest()
