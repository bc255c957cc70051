"""A real installation. Nothing has a default that would be unsafe: a missing setting stops the start."""

import os

from .base import *  # noqa: F403 - settings are made so
from .base import env

os.umask(0o027)  # database and files are for the product's own user and group

SECRET_KEY = env("QINGDAN_SECRET_KEY")
ALLOWED_HOSTS = env.list("QINGDAN_HOSTS")
if SECRET_KEY == "demonstration-only" or len(SECRET_KEY) < 50:  # noqa: S105 - what may not be used here
    raise SystemExit("QINGDAN_SECRET_KEY 太短或为演示密钥，拒绝启动。请换成 50 个字符以上的随机值。")
CSRF_TRUSTED_ORIGINS = env.list("QINGDAN_ORIGINS", default=[])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-qingdan"
SECURE_HSTS_SECONDS = 31536000
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # subdomains and the preload list (W021) are for the owner of the whole domain to decide
    "security.W008",  # the proxy that holds the certificate redirects
    "security.W021",
]
