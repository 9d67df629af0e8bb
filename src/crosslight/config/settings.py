"""Django's settings, all of them derived from one typed Environment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from crosslight.config.environment import (
    Mode,
    Surface,
    database_settings,
    keys_database_settings,
    mail_settings,
    read_environment,
)
from crosslight.config.logs import LOGGING as LOGGING  # noqa: PLC0414  Django reads the name here

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent
IS_DEMO = ENVIRONMENT.mode is Mode.DEMO

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
ROOT_URLCONF = {
    Surface.CONTRIBUTOR: "crosslight.config.urls_contributor",
    Surface.AUTHORITY: "crosslight.config.urls_authority",
    Surface.BOTH: "crosslight.config.urls",
}[ENVIRONMENT.surface]
WSGI_APPLICATION = "crosslight.config.wsgi.application"

INSTALLED_APPS = [
    # First, so that its pages replace allauth's of the same name.
    "crosslight.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "ninja",
    "crosslight.foundation.sealing",
    "crosslight.ledger",
    "crosslight.accounts",
    "crosslight.partnerships",
    "crosslight.custody",
    "crosslight.contributions",
    "crosslight.investigations",
    "crosslight.review",
    "crosslight.coordination",
    "crosslight.oversight",
    "crosslight.oversight.erasure",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "crosslight.web.shared.middleware.PrivacyHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "crosslight.web.shared.middleware.ActorOfRequest",
    "crosslight.web.shared.middleware.DeclaredActionsOnly",
    "crosslight.web.shared.middleware.SecondFactorForAuthorities",
    "crosslight.web.shared.middleware.ErrorsAsPages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "crosslight.web.shared.context.everywhere",
            ],
        },
    },
]

DATABASES = {
    "default": database_settings(ENVIRONMENT),
    "keys": keys_database_settings(ENVIRONMENT),
}
DATABASE_ROUTERS = ["crosslight.foundation.sealing.routing.KeyStoreRouter"]
KEY_ENCRYPTION = ENVIRONMENT.key_encryption
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "crosslight_cache",
        # It counts failed sign-ins. Django's 300 would let a flood push out the counts of others.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- people ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Argon2id at the cost OWASP recommends; Django's default allowed three sign-ins a second.
PASSWORD_HASHERS = ["crosslight.accounts.hashers.Argon2idHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "landing"
ACCOUNT_ADAPTER = "crosslight.web.shared.adapter.RecordedAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
# A session ends with the browser, and after eight hours in any case.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Crosslight"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "crosslight.accounts.second_factor.ActivateOnce",
    "authenticate": "crosslight.accounts.second_factor.AuthenticateOnce",
    "reauthenticate": "crosslight.accounts.second_factor.ReauthenticateOnce",
}
SESSION_COOKIE_AGE = int(timedelta(hours=8).total_seconds())
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "crosslight.web.shared.errors.csrf_failure"
if ENVIRONMENT.is_https:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Limits count by the address that the proxy saw; else all its visitors share one.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

# --- headers --------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
# Nothing goes to other sites. "no-referrer" would also blank the Origin of our own forms, and the
# CSRF check then refuses every one of them in Chromium.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- limits ---------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A form with a file, where no script runs; larger files come in pieces. It never rests in /tmp.
FORM_UPLOAD_MAX_BYTES = 25 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "crosslight.web.shared.uploads.RefuseLargeForms",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
_FORM_FILES = ENVIRONMENT.data / "custody" / "work"
FILE_UPLOAD_TEMP_DIR = str(_FORM_FILES) if _FORM_FILES.is_dir() else None

# --- language and place ---------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("pt", "Português"),
    ("ar", "العربية"),
]
LOCALE_PATHS = [PACKAGE / "locale"]
# A page offers only what it can be read in; the layout of all five is built and tested.
LANGUAGES_OFFERED = [
    (code, name)
    for code, name in LANGUAGES
    if code == LANGUAGE_CODE or (PACKAGE / "locale" / code / "LC_MESSAGES" / "django.mo").exists()
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- static files ---------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
STATIC_ROOT = ENVIRONMENT.data / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = ENVIRONMENT.mode is Mode.TEST

# --- mail: never carries content (accounts.tasks) -------------------------------------------
globals().update(mail_settings(ENVIRONMENT))
DEFAULT_FROM_EMAIL = f"crosslight@{ENVIRONMENT.origin}"

# --- ours -----------------------------------------------------------------------------------
LEDGER_ORIGIN = ENVIRONMENT.origin
LEDGER_KEY_FILE = ENVIRONMENT.keys / "ledger.ed25519"
LEDGER_STAMPS = ENVIRONMENT.stamps
LEDGER_WITNESS_POLICY = ENVIRONMENT.witness_policy
LEDGER_MONTHS = ENVIRONMENT.ledger_months
CUSTODY_FOLDER = ENVIRONMENT.data / "custody"
CUSTODY_LIMITS = ENVIRONMENT.custody
INTAKE_SIGNING_KEY_FILE = ENVIRONMENT.keys / "intake.ed25519"
INTAKE_AGE_FILE = ENVIRONMENT.keys / "intake.age"
# What is told to someone who holds a file that shows a minor being abused.
HOTLINE = ENVIRONMENT.hotline
