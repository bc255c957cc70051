"""What every installation shares. Differences live in demo.py, prod.py and test.py beside this file."""

from pathlib import Path
from typing import Any

import environ

from qingdan.kernel.database.engines import database

env = environ.Env()
ROOT = Path(__file__).resolve().parents[3]
VAR = Path(env("QINGDAN_VAR", default=str(ROOT / "var")))

DEBUG = False
DEMONSTRATION = False
ENSURE_SAFE = True  # `run` refuses unsafe settings; off only where nothing is real
CLOCK_FILE = ""  # only the demonstration and tests have a clock that can be moved

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth.account",  # its tables stay empty and none of its pages has an address; allauth.mfa wants it
    "allauth.mfa",
    "qingdan.kernel.files",
    "qingdan.kernel.backup",
    "qingdan.kernel.calendar",
    "qingdan.kernel.offices",
    "qingdan.kernel.leave",
    "qingdan.kernel.accounts",
    "qingdan.kernel.ledger",
    "qingdan.kernel.notices",
    "qingdan.kernel.saved",
    "qingdan.kernel.ui",
    "qingdan.kernel.database",
    "qingdan.kernel.papers",
    "qingdan.kernel.vault",
    "qingdan.kernel.throttle",
    "qingdan.lists",
    "qingdan.lists.bases",
    "qingdan.measures.adjustment",
    "qingdan.measures.complaints",
    "qingdan.desk",
    "qingdan.portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "qingdan.kernel.policy.middleware.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "qingdan.kernel.vault.uploads.InMemory",  # before anything asks what was sent
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "qingdan.kernel.policy.middleware.TextOnly",
    "qingdan.kernel.calendar.middleware.OneCalendar",
    "qingdan.kernel.policy.middleware.DenyByDefault",
]
ROOT_URLCONF = "qingdan.config.urls"
WSGI_APPLICATION = "qingdan.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qingdan.kernel.ui.context.chrome",
                "qingdan.kernel.notices.context.bell",
            ]
        },
    }
]
DATABASES: dict[str, dict[str, Any]] = {"default": database(env("QINGDAN_DATABASE_URL", default=""), VAR)}
AUTH_USER_MODEL = "offices.Person"
AUTHENTICATION_BACKENDS = ["qingdan.kernel.offices.auth.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "desk:inbox"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "qingdan.kernel.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "qingdan.kernel.accounts.passwords.UnlikeOneself", "OPTIONS": {"user_attributes": ("username", "name")}},
    {"NAME": "qingdan.kernel.accounts.passwords.NoCommonWords"},
]
SECOND_FACTOR = "off"  # required: 三员, heads, 政务办 and 电子政务中心; all: everybody
OIDC_ISSUER = OIDC_CLIENT = OIDC_SECRET = ""  # 统一身份认证, where there is one
OIDC_CLAIM, OIDC_NAME = "preferred_username", "统一身份认证"
MFA_ADAPTER = "qingdan.kernel.accounts.adapter.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds by which a telephone's clock may be wrong
MFA_WEBAUTHN_USER_VERIFICATION = "required"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # asked for by allauth's checks; nobody signs up
ACCOUNT_EMAIL_VERIFICATION = "none"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_LIMIT: int | None = 8 * 3600  # seconds after the log-in, whatever was done
SESSION_IDLE: int | None = 30 * 60  # seconds without a request
SURE_FOR: int | None = 15 * 60  # seconds after which who signs, publishes, exports or changes the calendar shows again who they are
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR / "files"
FONTS = env("QINGDAN_FONTS", default="")  # the folder of the office fonts, where the district has them; else free ones stand in
NUMBER_PREFIX = env("QINGDAN_NUMBER_PREFIX", default="金")  # the district's character in 发文字号
PUBLIC_ADDRESS = env("QINGDAN_PUBLIC_ADDRESS", default="")  # https://… of the public pages, as papers bear it; empty: where the person who issues is
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
HARMLESS_APART = True  # files from outside are opened in a process of its own
FILE_SCANNER = env("QINGDAN_FILE_SCANNER", default="")  # clamdscan --no-summary -: asked of each file from outside; 0 is good, 1 is bad
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
vars().update(env.email_url("QINGDAN_MAIL_URL", default="consolemail://"))  # smtp+tls://user:password@host:587; used where MAIL_FROM is set
MAIL_FROM = env("QINGDAN_MAIL_FROM", default="")  # without it no letter is written or sent
MAIL_LINK = env("QINGDAN_MAIL_LINK", default="")  # the address that letters name for logging in
VAULT_ALG = env("QINGDAN_VAULT_ALG", default="AES-256-GCM")  # or SM4-GCM; what is sealed already opens in its own way
VAULT_KEYS = env("QINGDAN_VAULT_KEYS", default="")  # the file of the vault's keys: outside QINGDAN_VAR, for the product's user alone
QUERY_CODE_COST = (3, 19 * 1024, 1)  # Argon2 for a query code: passes, memory in KiB, threads
RECEIPT_KEY = env("QINGDAN_RECEIPT_KEY", default="")  # the file of the key that signs receipts; empty: beside the vault's keys
VAULT_MAKES_KEYS = False  # only where nothing is real
LEDGER_HASH = env("QINGDAN_LEDGER_HASH", default="sha256")  # or sm3, where OpenSSL has it

DEFAULT_EXCEPTION_REPORTER = "qingdan.kernel.ui.trouble.Reporter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {name: {"level": "WARNING"} for name in ("PIL", "pikepdf")},  # whoever looks for a fault is not told what citizens' pictures hold
}
