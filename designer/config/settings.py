"""All settings. Without any environment variable: embedded, on this machine, data in ``var/``.

``DATABASE_URL`` (PostgreSQL) and ``REDIS_URL`` (broker and channel layer) turn the same code into
any number of web and worker processes. ``docs/deployment.md`` lists every variable.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

from designer.config import data_folder, environment

PROJECT = Path(__file__).resolve().parents[2]
DATA = data_folder.prepare(Path(environment.text("WINDTUNNEL_DATA", str(PROJECT / "var"))))
FRONTEND = PROJECT / "frontend" / "dist"

DATABASE_URL = environment.address("DATABASE_URL", "postgres", "postgresql", "sqlite")
REDIS_URL = environment.address("REDIS_URL", "redis", "rediss", "unix")
EMBEDDED = not REDIS_URL
"""True when broker and channel layer live in the web process, which then is the only one."""

DEBUG = environment.flag("WINDTUNNEL_DEBUG", default=False)
SECRET_KEY = environment.text("WINDTUNNEL_SECRET_KEY") or data_folder.secret_key(DATA)
BEHIND_TLS = environment.flag("WINDTUNNEL_BEHIND_TLS", default=False)
"""True when a reverse proxy speaks HTTPS and sets X-Forwarded-Proto."""
TRUSTED_PROXIES = environment.text("WINDTUNNEL_TRUSTED_PROXIES", "127.0.0.1")
"""Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed; ``*`` where only the proxy can reach us."""
SIGN_IN_LINK = environment.flag("WINDTUNNEL_SIGN_IN_LINK", default=True)
"""Whether ``serve`` prints a link that signs its holder in as the owner."""
_GIVEN_HOSTS = environment.names("WINDTUNNEL_ALLOWED_HOSTS")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *_GIVEN_HOSTS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "designer.config",
    "designer.server",
    "simulator.server",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "designer.config.security_headers.SecurityHeadersMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "designer.config.urls"
ASGI_APPLICATION = "designer.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

# Databases

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _database() -> dict[str, Any]:
    given = DATABASE_URL or f"sqlite:///{DATA / 'windtunnel.sqlite3'}"
    database: dict[str, Any] = dict(dj_database_url.parse(given))
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # IMMEDIATE: a transaction that will write waits for its turn at its start, where it can still wait.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
        }
        return database
    most = environment.whole("WINDTUNNEL_DATABASE_CONNECTIONS", 16, least=2, most=500)
    database["OPTIONS"] = {
        **database.get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": most, "timeout": 10},
    }
    return database


DATABASES = {"default": _database()}

# Messages between connections, and tasks

CHANNEL_CAPACITY = 10_000
"""Messages that may wait for one receiver; a full channel drops messages without a word."""
_TEN_YEARS_S = 315_360_000
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "channels.layers.InMemoryChannelLayer",
        # A socket open for longer than the group's expiry would silently get nothing any more.
        "CONFIG": {"capacity": CHANNEL_CAPACITY, "group_expiry": _TEN_YEARS_S},
    }
    if EMBEDDED
    else {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "windtunnel", "capacity": CHANNEL_CAPACITY},
    }
}
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if EMBEDDED
    else {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "windtunnel"}
}
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS = {"polling_interval": 0.02} if EMBEDDED else {}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "windtunnel"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = environment.whole("WINDTUNNEL_WORKER_CONCURRENCY", 2, least=1, most=64)
RUN_SILENT_S = environment.whole("WINDTUNNEL_RUN_SILENT_S", 20, least=2, most=3600)
"""A running run that has not been heard of for this long has lost its worker."""
RUNS_AT_ONCE_PER_WORKSPACE = environment.whole("WINDTUNNEL_RUNS_AT_ONCE", 8, least=1, most=1000)

# People and their browsers

LOGIN_URL = "/sign-in/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_COOKIE_NAME = "windtunnel_session"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_FAILURE_VIEW = "designer.server.pages.csrf_failure"
CSRF_TRUSTED_ORIGINS = [
    f"https://*{host}" if host.startswith(".") else f"https://{host}" for host in _GIVEN_HOSTS if BEHIND_TLS
]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if BEHIND_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# What may be sent to us

MAXIMUM_UPLOAD_BYTES = 5 * 1024 * 1024
MAXIMUM_BODY_BYTES = MAXIMUM_UPLOAD_BYTES + 64 * 1024
"""A file of the greatest size, and the multipart form around it."""
DATA_UPLOAD_MAX_MEMORY_SIZE = MAXIMUM_BODY_BYTES
FILE_UPLOAD_MAX_MEMORY_SIZE = MAXIMUM_BODY_BYTES

# Files of the frontend

STATIC_URL = "/static/"
SERVESTATIC_ROOT = FRONTEND if FRONTEND.is_dir() else None
SERVESTATIC_USE_STATIC_ROOT = False
SERVESTATIC_USE_FINDERS = False
SERVESTATIC_IMMUTABLE_FILE_TEST = r"^/assets/.+-[A-Za-z0-9_\-]{8}\."
SERVESTATIC_MAX_AGE = 60

# API

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["designer.server.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["designer.server.parsers.JsonParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "designer.server.errors.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Windtunnel",
    "DESCRIPTION": "Draw, check, run, watch and export AWS serverless architectures.",
    "VERSION": "0.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "COMPONENT_SPLIT_REQUEST": True,
}

# The rest

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # A refusal is an answer, not an event.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": environment.text("WINDTUNNEL_LOG_LEVEL", "WARNING").upper()},
}
