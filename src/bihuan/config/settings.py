"""The fuse box. Everything comes from the environment through typed readers; docs/running.md lists each setting."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from bihuan.config import environment

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(environment.text("BIHUAN_HOME", "var")).resolve()
DEBUG = environment.flag("BIHUAN_DEBUG", default=False)
TESTING = environment.flag("BIHUAN_TESTING", default="PYTEST_VERSION" in os.environ)
BIHUAN_PLACEHOLDER_KEY = "only-until-bihuan-up-has-written-a-key"  # `bihuan up` and wsgi.py refuse to serve with it


def _secret_key() -> str:
    """Read the key from the environment, else from a file under HOME that the first start writes (`bihuan up`)."""
    key = environment.text("BIHUAN_SECRET_KEY")
    if key:
        return key
    file = HOME / "secret.key"
    if file.exists():
        return file.read_text(encoding="ascii").strip() or BIHUAN_PLACEHOLDER_KEY
    return BIHUAN_PLACEHOLDER_KEY


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = environment.words("BIHUAN_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("BIHUAN_ORIGINS")
BEHIND_TLS = environment.flag("BIHUAN_TLS", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    "bihuan.trail",
    "bihuan.standards",
    "bihuan.orgs",
    "bihuan.documents",
    "bihuan.enterprises",
    "bihuan.hazards",
    "bihuan.intake",
    "bihuan.stats",
    "bihuan.campaigns",
    "bihuan.desk",
    "bihuan.web",
    "bihuan.cli",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bihuan.web.people.PeopleMiddleware",
    "bihuan.web.frame.CountsMiddleware",
    "bihuan.web.once.OnceMiddleware",
    "bihuan.web.refusals.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
if environment.flag("BIHUAN_COUNT_QUERIES", default=False):
    MIDDLEWARE.insert(0, "bihuan.web.counting.CountQueries")

ROOT_URLCONF = "bihuan.config.urls"
WSGI_APPLICATION = "bihuan.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "bihuan.web.frame.frame",
            ],
            "builtins": ["bihuan.web.templatetags.words", "django.templatetags.static"],
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {"default": environment.database("BIHUAN_DATABASE", HOME / "bihuan.sqlite3")}
if DATABASES["default"]["ENGINE"] == "bihuan.config.sqlite":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
            " PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY"
        ),
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 16, "timeout": 10}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "orgs.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "people:log_in"
LOGIN_REDIRECT_URL = "desk:workbench"
BIHUAN_SESSION_HOURS = environment.number("BIHUAN_SESSION_HOURS", 12, least=1)  # absolute time-out (R10.13)
SESSION_COOKIE_AGE = BIHUAN_SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

AXES_FAILURE_LIMIT = "bihuan.web.people.locks.failure_limit"  # a parameter (R10.13)
AXES_COOLOFF_TIME = "bihuan.web.people.locks.cool_off"
AXES_CLIENT_IP_CALLABLE = "bihuan.web.people.address.address_of"
AXES_USERNAME_FORM_FIELD = "account"
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # an account is locked wherever the failures come from (R10.13)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "bihuan.web.people.views.locked_out"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = HOME / "files"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# ---- ours ----
BIHUAN_FOLLOWERS = "bihuan.config.followers.FOLLOWERS"
BIHUAN_COUNTINGS = "bihuan.config.followers.COUNTINGS"
BIHUAN_ASKED = "bihuan.config.followers.ASKED"
BIHUAN_SCHEDULE = "bihuan.config.schedule.SCHEDULE"
BIHUAN_CHAIN_HASH = environment.text("BIHUAN_CHAIN_HASH", "sha256")
BIHUAN_DEMO_DAY = environment.text("BIHUAN_DEMO_DAY")  # demo only: shifts the doors' clock, see web/clock.py
BIHUAN_HOST = environment.text("BIHUAN_HOST", "127.0.0.1")
BIHUAN_PORT = environment.number("BIHUAN_PORT", 8000, least=1)
BIHUAN_WORKERS = environment.number("BIHUAN_WORKERS", min(os.cpu_count() or 1, 4), least=1)
BIHUAN_THREADS = environment.number("BIHUAN_THREADS", 4, least=1)
BIHUAN_PHOTO_MB = environment.number("BIHUAN_PHOTO_MB", 25, least=1)  # R10.17
BIHUAN_DOCUMENT_MB = environment.number("BIHUAN_DOCUMENT_MB", 50, least=1)  # R10.17
BIHUAN_SINGLE_WRITER = environment.flag("BIHUAN_SINGLE_WRITER", default=True)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("BIHUAN_LOG_LEVEL", "WARNING")},
}
