"""Django's settings, with safe values. What an installation decides comes from env.py."""

import logging
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from touchbase.config import env
from touchbase.config.databases import database

MODE = env.MODE.value()
DEMO = MODE == "demo"
DATA_DIR = env.DATA.value()
VAULT_DIR = env.VAULT.value()
ROOT_KEY_FILE = env.ROOT_KEY.value()
VAULT_COPIES = env.VAULT_COPIES.value()
SITE_ADDRESS = env.ADDRESS.value().rstrip("/")
SMTP_ADDRESS = env.SMTP.value()
SWEEP_IN_SERVER = env.SWEEP.value()
SHOWS_UNREVIEWED = env.UNREVIEWED.value() and DEMO
CHECKS_LINKS = env.LINKS.value() and not DEMO
BIND = env.BIND.value()
PORT = env.PORT.value()

DEBUG = False
# Without a key of its own an installation signs with a passing one: nobody stays signed in over a restart,
# and nothing is lost, since no referral depends on it. `touchbase doctor` says so.
HAS_SECRET_KEY = bool(env.SECRET_KEY.value())
SECRET_KEY = env.SECRET_KEY.value() or secrets.token_urlsafe(48)
ALLOWED_HOSTS = env.HOSTS.value()

DATABASES = {
    "default": database(env.DATABASE.value(), DATA_DIR / "touchbase.sqlite3"),
    "vault": database(env.VAULT_DATABASE.value(), VAULT_DIR / "vault.sqlite3"),
}
DATABASE_ROUTERS = ["touchbase.config.routers.StoreRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
    "django_linear_migrations",
    "touchbase.audit",
    "touchbase.vault",
    "touchbase.programs",
    "touchbase.accounts",
    "touchbase.notifications",
    "touchbase.utilization",
    "touchbase.supporters",
    "touchbase.referrals",
    "touchbase.awareness",
    "touchbase.resources",
    "touchbase.collaborative",
    "touchbase.web",
    "touchbase.ops",
    *(["touchbase.demo"] if DEMO else []),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "touchbase.web.shared.headers.PrivacyHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "touchbase.web.shared.origin.SameOriginWrites",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "touchbase.web.shared.lock.IdleLock",
    "touchbase.web.shared.refusals.Refusals",
    "touchbase.web.shared.access.AccessFirst",
    "touchbase.web.shared.language.PageLanguage",
]
# No CSRF cookie and no CsrfViewMiddleware: SameOriginWrites asks the browser instead (ruling C4).
# X-Frame-Options comes from PrivacyHeaders, frame-ancestors from the content security policy.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W003"]

ROOT_URLCONF = "touchbase.config.urls"
WSGI_APPLICATION = "touchbase.config.wsgi.application"
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
                "touchbase.web.shared.context.site",
            ],
            "builtins": ["touchbase.web.templatetags.icons"],
        },
    },
]

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/account/"

# Staff sign in with a code by mail, and then their authenticator app if they have one, or with a passkey. No
# password, no sign-up, and the same answer for an address nobody has.
ACCOUNT_ADAPTER = "touchbase.accounts.adapter.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,20/h/key"}
MFA_ADAPTER = "touchbase.accounts.adapter.WaysInAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {
    "authenticate": "touchbase.accounts.authenticator.SecondStep",
    "login_webauthn": "touchbase.accounts.passkeys.PasskeySignIn",
}
MFA_REAUTHENTICATION_REQUIRED = False  # our own rule is wider: a sign-in counts for 15 minutes (ruling B2)

SESSION_ENGINE = "touchbase.accounts.sessions"
SESSION_COOKIE_NAME = "touchbase"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SITE_ADDRESS.startswith("https://")
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_LOCK_SECONDS = 15 * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
LANGUAGE_COOKIE_NAME = "language"  # for this visit alone; the one cookie of somebody who asks (ruling C4)
USE_TZ = True
TIME_ZONE = "UTC"

# Mail: files in the demo, a server where one is set, else none: supporters send by their own phone (A8, A9).
EMAIL_BACKEND = "touchbase.notifications.channels." + (
    "eml.DemoFolder" if DEMO else "smtp.MailServer" if SMTP_ADDRESS else "nowhere.NoMailServer"
)
EMAIL_TIMEOUT = 20  # seconds that one answer of the server may take
DEFAULT_FROM_EMAIL = env.FROM.value()

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
# `touchbase prepare` leaves a compressed copy beside each file. Pages are not compressed: they hold secrets
# beside what was typed, and the length of the two together would tell about either.
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [NONE],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

# Rates are counted in this process's memory and kept nowhere (ruling C17).
# `pages` holds the parts of a page that only a program's rules decide: a footer. Apart, so that a full one
# pushes out no rate.
_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {"default": {"BACKEND": _MEMORY}, "pages": {"BACKEND": _MEMORY, "LOCATION": "pages"}}

# A form is a few hundred characters; a body of a megabyte is refused before it is read into anything.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# A line that can't be written is dropped: Python would print the failure being handled, with all it says.
logging.raiseExceptions = False

# Event names and ids only; of an exception its kind and place. No mail handler, no request data (ruling C8).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "touchbase.kernel.failures.Quiet"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "touchbase": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # These two write addresses and what was typed; web/shared/refusals.py writes the line that is kept.
        "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
