"""A real installation. Nothing has a default that would be unsafe: a missing setting stops the start."""

from .base import *  # noqa: F403
from .base import env

SECRET_KEY = env("QINGDAN_SECRET_KEY")
ALLOWED_HOSTS = env.list("QINGDAN_HOSTS")
if SECRET_KEY == "demonstration-only" or len(SECRET_KEY) < 40:  # noqa: S105
    raise SystemExit("QINGDAN_SECRET_KEY 太短或为演示密钥，拒绝启动。请换成 40 个字符以上的随机值。")
CSRF_TRUSTED_ORIGINS = env.list("QINGDAN_ORIGINS", default=[])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-qingdan"
SECURE_HSTS_SECONDS = 31536000
