"""All settings, from the environment alone.

Unset, everything runs on embedded defaults under `var/`: SQLite, a file broker, mail in a folder.
In production (`VBC_PRODUCTION=1`) nothing is guessed: what is missing says so, and what to do.
"""

import logging
import secrets
import sys
from pathlib import Path
from typing import Any

import environ
import structlog
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

PRODUCTION = env.bool("VBC_PRODUCTION", default=False)
DEBUG = env.bool("VBC_DEBUG", default=False)
DEMONSTRATION = env.bool("VBC_DEMONSTRATION", default=not PRODUCTION)
TESTING = "pytest" in sys.modules
VAR = Path(env.str("VBC_VAR", default=str(BASE_DIR / "var"))).absolute()
if TESTING:
    VAR = VAR / "tests"  # A test never touches what a person runs beside it.


def required(name: str, what: str) -> str:
    """The variable `name`, or an explanation of what it is for."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. It is {what}. Set it in the environment and start again."
        )
    return value


def kept_secret_key() -> str:
    """A key made on the first start and kept, so that sign-ins survive a restart."""
    path = VAR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(64))
        path.chmod(0o600)
    return path.read_text().strip()


SECRET_KEY = (
    required("VBC_SECRET_KEY", "a long random text that signs sessions and links")
    if PRODUCTION
    else env.str("VBC_SECRET_KEY", default="") or kept_secret_key()
)
SECRET_KEY_FALLBACKS = env.list("VBC_SECRET_KEY_FALLBACKS", default=[])
SITE_ADDRESS = (
    required("VBC_SITE_ADDRESS", "the address people type, such as https://together.example.org")
    if PRODUCTION
    else env.str("VBC_SITE_ADDRESS", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}")
)
ALLOWED_HOSTS = env.list(
    "VBC_ALLOWED_HOSTS",
    default=[SITE_ADDRESS.split("//")[-1].split(":")[0].split("/")[0]]
    + ([] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]", "testserver"]),
)
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if SITE_ADDRESS.startswith("https://") else []
SERVICE_NAME = env.str("VBC_SERVICE_NAME", default="Commissioning together")

# --- Applications -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "vbc.home",
    "reports",
    "cycles",
    "evidence",
    "stakeholders",
    "vbc.core",
    "vbc.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "csp",
    "django_htmx",
    "django_structlog",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]
AUTH_USER_MODEL = "stakeholders.User"
ROOT_URLCONF = "vbc.urls"
WSGI_APPLICATION = "vbc.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "vbc.ui.forms.FormRenderer"
SITE_ID = None

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vbc.home.middleware.NothingIsKept",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "vbc.home.middleware.NoNullCharacters",
    "vbc.home.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vbc.home.middleware.QuietRequestLog",
    "vbc.home.middleware.ReasonedRefusals",
    "vbc.home.middleware.AskedOnce",
    "vbc.home.middleware.SentOnce",
]

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
                "vbc.home.context.frame",
            ],
            "builtins": ["django.templatetags.static", "vbc.ui.templatetags.ui"],
        },
    }
]

# --- Data ---------------------------------------------------------------------------------------


def database() -> dict[str, Any]:
    """PostgreSQL by `DATABASE_URL`; otherwise SQLite with writes that queue instead of failing."""
    if PRODUCTION:
        required("DATABASE_URL", "the PostgreSQL address, with the app role, not the owner")
    if env.str("DATABASE_URL", default=""):
        settings: dict[str, Any] = env.db("DATABASE_URL")
        if settings["ENGINE"].endswith("postgresql"):
            settings["CONN_MAX_AGE"] = env.int("VBC_DATABASE_CONNECTION_SECONDS", default=60)
            settings["CONN_HEALTH_CHECKS"] = True
            options = settings.setdefault("OPTIONS", {})
            # Behind a held lock a page says so after three seconds instead of hanging. What a page
            # asks is small: compiling it (jit) takes a hundred times as long as answering it.
            options["options"] = "-c lock_timeout=3000 -c statement_timeout=60000 -c jit=off"
            return settings
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "db.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        # A file, not memory: threads of the race tests and the live server share it.
        "TEST": {"NAME": VAR / "test.sqlite3"},
    }


DATABASES = {"default": database()}
# The owner makes tables and triggers; the app role cannot touch the audit. On SQLite there is none.
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")
DATABASE_APP_ROLE = env.str("VBC_DATABASE_APP_ROLE", default="vbc_app")

MEDIA_ROOT = Path(env.str("VBC_MEDIA", default=str(VAR / "media")))
MEDIA_URL = "/files-are-served-by-a-view/"
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "build" / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_MAX_BYTES = env.int("VBC_UPLOAD_MAX_BYTES", default=25 * 1024 * 1024)
# Tables of figures are read a row at a time and never whole, so they may be as large as a national
# file of a million figures is.
FIGURES_MAX_BYTES = env.int("VBC_FIGURES_MAX_BYTES", default=200 * 1024 * 1024)
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Background work ----------------------------------------------------------------------------

REDIS_URL = required("REDIS_URL", "the Redis address") if PRODUCTION else env.str("REDIS_URL", "")
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "visibility_timeout": 3600,
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
    }
else:
    CELERY_BROKER_URL = "files://localhost"  # Named in vbc/celery.py.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR / "broker" / "queue"),
        "data_folder_out": str(VAR / "broker" / "queue"),
        "control_folder": str(VAR / "broker" / "control"),
        "store_processed": False,
        # Seconds between looks into the folder: the default of one makes every job wait one.
        "polling_interval": 0.1,
    }
    for folder in ("queue", "control"):
        (VAR / "broker" / folder).mkdir(parents=True, exist_ok=True)
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_SOFT_TIME_LIMIT = 870
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {
        "task": "core.sweep_jobs",
        "schedule": 10.0,
        # A sweep that waited is worthless: the next one does its work.
        "options": {"expires": 9},
    },
    "forget-sendings": {
        "task": "core.forget_sendings",
        "schedule": 3600.0,
        "options": {"expires": 3590},
    },
    "keep-house": {
        "task": "stakeholders.keep_house",
        "schedule": 600.0,
        "options": {"expires": 590},
    },
    "keep-documents": {
        "task": "reports.keep_house",
        "schedule": 600.0,
        "options": {"expires": 590},
    },
    "remind-of-days": {
        "task": "cycles.remind_of_days",
        "schedule": 600.0,
        "options": {"expires": 590},
    },
}

# --- Mail ---------------------------------------------------------------------------------------

if env.str("VBC_SMTP_URL", default="") or PRODUCTION:
    required("VBC_SMTP_URL", "the mail server, such as smtp+tls://user:password@mail.example:587")
    EMAIL = env.email_url("VBC_SMTP_URL")
    vars().update(EMAIL)
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = env.str(
    "VBC_FROM_ADDRESS", default="Commissioning together <together@localhost>"
)
EMAIL_TIMEOUT = 10

# --- Signing in ---------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = False
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "vbc.home.accounts.Adapter"
ACCOUNT_FORMS = {"login": "vbc.home.forms.SignInForm"}
# "typed_code": of wrong codes from printed letters, from one address.
ACCOUNT_RATE_LIMITS = {
    "typed_code": "10/m/ip,60/h/ip",
    # Of answers to a call, and of codes typed there, from one connection: under a name from which
    # nothing leads back to it. A day centre or a library is one connection for many people.
    "say": "60/10m/key",
    "say_code": "20/10m/key",
    "check_document": "20/m/ip",
}
ACCOUNT_LOGOUT_ON_GET = False
# Panel members may sign in with a code by e-mail, so that a forgotten password shuts nobody out.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_ADDRESS.split(":")[0]
MFA_ADAPTER = "allauth.mfa.adapter.DefaultMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:my-work"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Time and language --------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
# What the libraries say, in plain words.
LOCALE_PATHS = [BASE_DIR / "vbc" / "locale"]

# --- Safety -------------------------------------------------------------------------------------

HTTPS = SITE_ADDRESS.startswith("https://")
SECURE_SSL_REDIRECT = PRODUCTION and env.bool("VBC_REDIRECT_TO_HTTPS", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "vbc.home.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")
}
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- Logs: what happened, never to whom it matters ------------------------------------------------


def without_browser(_logger: Any, _name: str, event: Any) -> Any:
    """Takes out which browser somebody has: beside the time it can tell who they are."""
    event.pop("user_agent", None)
    return event


structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        without_browser,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": structlog.stdlib.ProcessorFormatter,
            # A traceback shows code, never the values that people's words were in.
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer()
                if PRODUCTION
                else structlog.dev.ConsoleRenderer(colors=False),
            ],
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso"),
            ],
        }
    },
    "filters": {"no_addresses": {"()": "vbc.core.logs.WithoutAddresses"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "lines",
            "filters": ["no_addresses"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
logging.captureWarnings(True)
