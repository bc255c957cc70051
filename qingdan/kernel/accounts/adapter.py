"""What allauth asks of us: names in Chinese, secrets encrypted at rest, no mail."""

from __future__ import annotations

import base64
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NAME = "金水区清单管理"


class Adapter(DefaultMFAAdapter):
    """AS10: seeds lie encrypted, under a key that follows from the secret key of the installation and is in no backup of the database."""

    error_messages = {"incorrect_code": "验证没有通过。"}  # the only one that is raised by what we use; pages say it in words of their own

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return NAME

    def _get_site_name(self) -> str:
        return NAME

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The product sends no mail: what was done stands in the ledger and on the person's page."""


def _keys() -> MultiFernet:
    """The present key first; what was encrypted under a former one is still read."""
    return MultiFernet([Fernet(_key(str(secret))) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"qingdan second factors").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
