"""A real installation. Nothing has a default that would be unsafe: a missing setting stops the start."""

import os

from .base import *  # noqa: F403 - settings are made so
from .base import env

os.umask(0o027)  # database and files are for the product's own user and group

SECRET_KEY = env("QINGDAN_SECRET_KEY")
ALLOWED_HOSTS = env.list("QINGDAN_HOSTS")
if SECRET_KEY == "demonstration-only" or len(SECRET_KEY) < 50:  # noqa: S105 - what may not be used here
    raise SystemExit("QINGDAN_SECRET_KEY 太短或为演示密钥，拒绝启动。请换成 50 个字符以上的随机值。")
SECOND_FACTOR = env.str("QINGDAN_SECOND_FACTOR", default="required")
if SECOND_FACTOR not in ("off", "required", "all"):
    raise SystemExit("QINGDAN_SECOND_FACTOR 请写 required（三员、负责人、政务办和电子政务中心）、all（所有人）或者 off。")
OIDC_ISSUER, OIDC_CLIENT, OIDC_SECRET = (env.str(f"QINGDAN_OIDC_{name}", default="") for name in ("ISSUER", "CLIENT", "SECRET"))
OIDC_CLAIM = env.str("QINGDAN_OIDC_CLAIM", default="preferred_username")
OIDC_NAME = env.str("QINGDAN_OIDC_NAME", default="统一身份认证")
if OIDC_ISSUER and (not OIDC_ISSUER.startswith("https://") or not OIDC_CLIENT or not OIDC_SECRET):
    raise SystemExit("QINGDAN_OIDC_ISSUER 须以 https:// 开头，并须同时设置 QINGDAN_OIDC_CLIENT 和 QINGDAN_OIDC_SECRET。")
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
