"""All settings, read from the environment and safe by default; README has the table."""

import os
from email.utils import parseaddr
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from stek.databases import database
from stek.key_files import SHORTEST, key_text, several_keys
from stek.mail_server import MailServer

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("STEK_DEBUG", default=False)
# Plain http on this machine only (`make run`): cookies can't be Secure there, and no other
# host name is answered.
LOOPBACK = env.bool("STEK_LOOPBACK", default=False)
# Demo data and accounts with a published password.
DEMO = env.bool("STEK_DEMO", default=False)
DATA_DIR = Path(env.str("STEK_DATA_DIR", default=str(BASE_DIR / "var")))

LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

SECRET_KEY = key_text(
    env.str("STEK_SECRET_KEY", default=""),
    env.str("STEK_SECRET_KEY_FILE", default=""),
    name="STEK_SECRET_KEY",
)
# What the database holds sealed; the first key seals, each of them opens.
ENCRYPTION_KEYS = several_keys(
    key_text(
        env.str("STEK_ENCRYPTION_KEY", default=""),
        env.str("STEK_ENCRYPTION_KEY_FILE", default=""),
        name="STEK_ENCRYPTION_KEY",
    ),
    name="STEK_ENCRYPTION_KEY",
)
ALLOWED_HOSTS = LOOPBACK_HOSTS if LOOPBACK else env.list("STEK_ALLOWED_HOSTS", default=[])

# Refuse to start on what would be unsafe, with the sentence that says what to set.
if len(SECRET_KEY) < SHORTEST:
    raise ImproperlyConfigured("STEK_SECRET_KEY is too short: use at least 50 random characters.")
if not DEBUG and not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "STEK_ALLOWED_HOSTS is not set. Set it to the host name(s) of this installation, "
        "separated by commas."
    )
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "STEK_ALLOWED_HOSTS must not hold '*'. Name each host of this installation."
    )
if DEBUG and not LOOPBACK:
    raise ImproperlyConfigured(
        "STEK_DEBUG shows data in error pages: it is only possible together with STEK_LOOPBACK=1."
    )
if DEMO and not LOOPBACK:
    raise ImproperlyConfigured(
        "STEK_DEMO publishes passwords: it is only possible together with STEK_LOOPBACK=1."
    )

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "stek.admin_config.OfficeConfig",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "template_partials",
    "places",
    "accounts",
    "people",
    "visits",
    "forms_help",
    "referrals",
    "policy",
    "reviews",
    "reports",
    "stek",
]

MIDDLEWARE = [
    "stek.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "stek.middleware.database_away",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.laptop.middleware.SittingMiddleware",
    "accounts.middleware.CurrentMembershipMiddleware",
    "accounts.seeing.show_own_steks",
    "accounts.middleware.SignInRequiredMiddleware",
]

ROOT_URLCONF = "stek.urls"
WSGI_APPLICATION = "stek.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stek.context.navigation",
            ],
        },
    }
]

# --- databases: nothing acknowledged is lost, nobody waits for ever ---
# Pages wait shorter than commands (migrate, import), and on PostgreSQL they connect as a role of
# their own, which owns no table.
_is_web = os.environ.get("STEK_PROCESS") == "web"
_owner = env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'stek.sqlite3'}")
_web = env.db("DATABASE_WEB_URL") if env.str("DATABASE_WEB_URL", default="") else None
DATABASES = {"default": database(_owner, _web, is_web=_is_web)}
# Whose rights `database_roles` keeps; none: everything connects as the owner of the tables.
DATABASE_WEB_ROLE = _web["USER"] if _web else ""

# Rate limits must hold over all workers, so they can't live in one worker's memory.
CACHE_TABLE = "stek_cache"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": CACHE_TABLE,
    },
    # The public page, for half a minute; each worker makes its own.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
}

# --- sign-in ---
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.StekBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.validators.SimilarityValidator"},
    {"NAME": "accounts.validators.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.validators.CommonValidator"},
    {"NAME": "accounts.validators.NumericValidator"},
    {"NAME": "accounts.validators.OwnWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key"}
# A coordinator and an administrator give a code beside their password; a demo lets them in without.
SECOND_FACTOR_REQUIRED = env.bool("STEK_SECOND_FACTOR", default=not DEMO)
if not (SECOND_FACTOR_REQUIRED or DEMO):
    raise ImproperlyConfigured(
        "STEK_SECOND_FACTOR=0 is only possible together with STEK_DEMO=1: who may see every "
        "household gives a code beside the password."
    )
MFA_ADAPTER = "accounts.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {"authenticate": "accounts.factor_forms.CodeForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("STEK_PROXY_COUNT", default=0)

# --- sessions and cookies ---
_secure = not LOOPBACK
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_NAME = "__Host-stek" if _secure else "stek"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Minutes without a key or a tap after which a shared laptop locks itself.
LOCK_MINUTES = env.int("STEK_LOCK_MINUTES", default=5)
if not 1 <= LOCK_MINUTES <= 30:
    raise ImproperlyConfigured("STEK_LOCK_MINUTES must be a number of minutes from 1 to 30.")
SESSION_COOKIE_SECURE = _secure
CSRF_COOKIE_NAME = "__Host-stek-form" if _secure else "stek-form"
CSRF_COOKIE_SECURE = _secure
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "accounts.views.form_expired"
LANGUAGE_COOKIE_SECURE = _secure

# What a message says must not end up in a cookie of a shared laptop.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- transport and headers (the rest is in stek/middleware.py) ---
SECURE_SSL_REDIRECT = _secure
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _secure
SECURE_HSTS_PRELOAD = _secure
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("STEK_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 6_000_000

# --- words, dates and money ---
LANGUAGE_CODE = "nl-be"
LANGUAGES = [("nl-be", "Nederlands")]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
FORMAT_MODULE_PATH = ["stek.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- mail: without a server it waits, and the demo writes it to files ---
EMAIL_TIMEOUT = 10  # seconds for each answer of the server
_mail = MailServer.of(env.str("STEK_EMAIL_URL", default=""), demo=DEMO)
EMAIL_BACKEND = _mail.backend
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starts_tls, _mail.is_tls
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
DEFAULT_FROM_EMAIL = env.str("STEK_EMAIL_FROM", default="" if EMAIL_HOST else "stek@localhost")
if "@" not in parseaddr(DEFAULT_FROM_EMAIL)[1] or not DEFAULT_FROM_EMAIL.isprintable():
    raise ImproperlyConfigured(
        "STEK_EMAIL_FROM is not an e-mail address. Set it to the address that mail comes from."
    )

# What a link in a mail or on a letter begins with.
PUBLIC_URL = env.str(
    "STEK_PUBLIC_URL",
    default="http://127.0.0.1:8000" if LOOPBACK else f"https://{ALLOWED_HOSTS[0].lstrip('.')}",
).rstrip("/")
if not PUBLIC_URL.startswith(("http://", "https://") if LOOPBACK else "https://"):
    raise ImproperlyConfigured(
        "STEK_PUBLIC_URL must begin with https://, as visitors reach this installation."
    )

# --- backup; the keys are read when one is made or restored, not by the web server ---
BACKUP_DIR = Path(env.str("STEK_BACKUP_DIR", default=str(DATA_DIR / "backups")))
BACKUP_SECOND_DIR = env.str("STEK_BACKUP_SECOND_DIR", default="")
BACKUP_KEY = env.str("STEK_BACKUP_KEY", default="")
BACKUP_KEY_FILE = env.str("STEK_BACKUP_KEY_FILE", default="")
BACKUP_DAYS, BACKUP_WEEKS = env.int("STEK_BACKUP_DAYS", 14), env.int("STEK_BACKUP_WEEKS", 8)

# --- static files ---
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# Files are for our own pages; WhiteNoise would offer them to any.
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Pages ask for no others, and squeezing each twice took half of the time of a first start.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"private": {"()": "stek.private_paths.PrivatePaths"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
