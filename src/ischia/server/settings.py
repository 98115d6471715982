"""Django's settings. What differs between processes comes from ``runtime``, nothing from the environment."""

from pathlib import Path

from csp.constants import NONE, SELF

from ischia.server.runtime import current

_HERE = Path(__file__).parent
_RUNTIME = current()

SECRET_KEY = _RUNTIME.secret_key
DEBUG = False
ALLOWED_HOSTS = list(_RUNTIME.allowed_hosts)
ROOT_URLCONF = "ischia.server.urls"
WSGI_APPLICATION = "ischia.server.application.application"
APPEND_SLASH = True
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "log-in"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "ischia.server.accounts",
    "ischia.server.patients",
    "ischia.server.training",
    "ischia.server.clinic",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "ischia.server.middleware.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ischia.server.middleware.OnThisComputerAlone",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ischia.server.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.csrf",
                "ischia.server.pages.context",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "ischia.server.tags"],
        },
    }
]

# WAL with synchronous=FULL loses nothing that was acknowledged, even when the power fails; transactions begin
# IMMEDIATE so that two writers never deadlock half way.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(_RUNTIME.database) if _RUNTIME.database else ":memory:",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("vi", "Tiếng Việt")]
LOCALE_PATHS = [_HERE / "locale"]
LANGUAGE_COOKIE_NAME = "ischia_language"
LANGUAGE_COOKIE_AGE = 400 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATICFILES_DIRS = [_HERE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 0  # every file is asked for again and answered "not modified": an update shows at once

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Browsers let no cookie of plain http replace one of https: the two kinds bear different names, so that an
# address may change between them.
_PREFIX = "__Host-" if _RUNTIME.https else ""
SESSION_COOKIE_NAME = f"{_PREFIX}ischia_session"
SESSION_COOKIE_AGE = 400 * 24 * 3600 if not _RUNTIME.accounts else 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_PREFIX}ischia_csrf"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "ischia.server.pages.forged"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(_RUNTIME.public_name or _RUNTIME.https)
CSRF_TRUSTED_ORIGINS = [f"https://{_RUNTIME.public_name}"] if _RUNTIME.public_name else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _RUNTIME.public_name else None
# Never where this process speaks https: it would shut people out of an address that speaks http again.
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _RUNTIME.public_name else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A wrong address or a refused host is the visitor's slip, not the operator's.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
