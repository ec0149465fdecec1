"""Settings shared by every way of running the site. What an administrator may set is in docs/settings.md."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from celery.schedules import crontab

from config import environment

from .sign_in import *

ROOT = Path(__file__).resolve().parents[3]
VAR_DIR = environment.folder("VAR_DIR", ROOT / "var")
HOST = environment.host("HOST", "127.0.0.1")
PORT = environment.port("PORT", 8000)

DATABASE_URL = environment.url(
    "DATABASE_URL",
    f"sqlite:///{VAR_DIR / 'neu-guong.sqlite3'}",
    {
        "sqlite": "sqlite:////absolute/path.sqlite3",
        "postgres": "postgres://user:password@host:5432/name",
        "postgresql": "postgresql://user:password@host:5432/name",
    },
)
CELERY_BROKER_URL = environment.url(
    "CELERY_BROKER_URL",
    "filesystem://localhost//",
    {
        "filesystem": "filesystem:// (embedded, files in VAR_DIR)",
        "amqp": "amqp://user:password@host:5672//",
        "redis": "redis://host:6379/0",
    },
)
CACHE_URL = environment.url(
    "CACHE_URL",
    "database://",
    {"database": "database:// (a table of the database)", "redis": "redis://host:6379/1"},
)
H5P_CONTENT_ORIGIN = environment.origin("H5P_CONTENT_ORIGIN")
# Encrypts personal data in the database (shared.secrecy); without it the keys are derived from SECRET_KEY.
PERSONAL_DATA_KEY = environment.secret("PERSONAL_DATA_KEY", 32)

DEBUG = False
H5P_CONTENT_HOSTS = [urlsplit(H5P_CONTENT_ORIGIN).hostname] if H5P_CONTENT_ORIGIN else []
ALLOWED_HOSTS = [HOST, "127.0.0.1", "localhost", "[::1]", *H5P_CONTENT_HOSTS]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

SITE_NAME = "Nêu Gương"
DEMO_CONTENT = False  # demo accounts and the fictional province; never in production settings

INSTALLED_APPS = [
    "config",
    "home",
    "reports",
    "api",
    "courses",
    "media",
    "quizzes",
    "h5p",
    "notices",
    "people",
    "shared",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "people.desk.apps.UsersConfig",  # wagtail.users with our own screens for people
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "people.sign_in.apps.UserSessionsConfig",  # allauth.usersessions with fewer queries at the door
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "shared.middleware.security_policy.SecurityPolicyMiddleware",
    "h5p.middleware.PlayerHostMiddleware",
    "media.middleware.KeptPagesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "people.middleware.InterfaceLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "people.middleware.AccountMiddleware",
    "people.middleware.RequestOriginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.IdleTimeoutMiddleware",
    "people.middleware.SecondFactorMiddleware",
    "people.middleware.AdminDoorMiddleware",
    "media.middleware.RefusalMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context_processors.site_frame",
                "people.context_processors.idle_watch",
            ],
        },
    }
]

# --- Database -------------------------------------------------------------------------------------
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL + IMMEDIATE + kept connections: no "database is locked"; FULL: a committed answer survives a power cut.
    DATABASES["default"] |= {
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
else:
    # Our questions are short; compiling one, as PostgreSQL does where it overestimates, takes ten times its answer.
    _options = DATABASES["default"].get("OPTIONS", {})
    _options["options"] = f"{_options.get('options', '')} -c jit=off".strip()
    DATABASES["default"] |= {
        "ENGINE": "shared.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": _options,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Cache: limits on log-ins must be shared by all processes; rendered fragments need not ------------
if CACHE_URL.startswith("redis"):
    _SHARED_CACHE = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
else:
    _SHARED_CACHE = {"BACKEND": "shared.database_cache.OneStatementCache", "LOCATION": "shared_cache"}
CACHES = {
    "default": _SHARED_CACHE,
    "rendered": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "rendered",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"},
}

# --- Celery: no broker is trusted with a fact; the outbox rows are the truth ---------------------------
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
EMBEDDED_BROKER = CELERY_BROKER_URL.startswith("filesystem")
if EMBEDDED_BROKER:
    _queue = VAR_DIR / "queue"
    for _part in ("messages", "control"):
        (_queue / _part).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "control_folder": str(_queue / "control"),
        "polling_interval": 0.3,
    }
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
elif CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "settle-units": {"task": "people.tasks.settle_units", "schedule": crontab(minute=1)},  # and so just after midnight
    "follow-role-dates": {"task": "people.tasks.follow_role_dates", "schedule": crontab(minute=2)},
    "sweep-outbox": {"task": "shared.tasks.sweep_outbox", "schedule": 15.0},
    "fold-content-changes": {"task": "shared.tasks.fold_content_changes", "schedule": crontab(hour=2, minute=20)},
    "remove-what-is-over": {"task": "people.tasks.remove_what_is_over", "schedule": crontab(hour=2, minute=40)},
    "seal-log": {"task": "people.tasks.seal_log", "schedule": 30.0},
    "close-overdue-attempts": {"task": "quizzes.tasks.close_overdue_attempts", "schedule": 60.0},
    "publish-scheduled-pages": {"task": "home.tasks.publish_scheduled_pages", "schedule": 60.0},
    "purge-h5p": {"task": "h5p.tasks.purge", "schedule": crontab(hour=3, minute=20)},
    "withdraw-lapsed-stories": {"task": "media.tasks.withdraw_lapsed_stories", "schedule": 300.0},
    "evaluate-rules": {"task": "courses.tasks.evaluate_rules", "schedule": crontab(hour=0, minute=20)},
    "keep-present-figures": {
        "task": "reports.tasks.keep_present_figures",
        "schedule": crontab(minute="*/15", hour="5-21"),
    },
    "keep-month-figures": {"task": "reports.tasks.keep_month_figures", "schedule": crontab(hour=1, minute=20)},
    "keep-access": {"task": "people.tasks.keep_access", "schedule": crontab(hour=1, minute=40)},
    "queue-reminders": {"task": "courses.tasks.queue_reminders", "schedule": crontab(hour="5,6,11", minute=30)},
    "send-letters": {"task": "notices.tasks.send_letters", "schedule": 300.0},
    "run-schedules": {"task": "reports.tasks.run_schedules", "schedule": crontab(hour="1,4,6", minute=35)},
    "keep-exports": {"task": "reports.tasks.keep_exports", "schedule": crontab(minute=25)},
    "close-emergency-accounts": {"task": "people.tasks.close_emergency_accounts", "schedule": 60.0},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# --- Sign-in: settings/sign_in.py ----------------------------------------------------------------------
CSRF_FAILURE_VIEW = "home.views.errors.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews in a frame of its own

# --- Letters: local hours of working days in which they go out ----------------------------------------------
NOTICES_FROM_HOUR = environment.number("NOTICES_FROM_HOUR", 7, 0, 23)
NOTICES_UNTIL_HOUR = environment.number("NOTICES_UNTIL_HOUR", 17, 1, 24)

# --- Exported files: days they are kept for who asked ------------------------------------------------------
EXPORT_DAYS = environment.number("EXPORT_DAYS", 7, 1, 60)

# --- Webhooks: networks of one's own that messages may go to, and whom else to trust (docs/settings.md) -------
WEBHOOK_NETWORKS = environment.networks("WEBHOOK_NETWORKS")
WEBHOOK_CA_FILE = environment.file("WEBHOOK_CA_FILE")

# --- Personal data -----------------------------------------------------------------------------------
# Days each class of data is kept, where that shall differ from the register's defaults (docs/settings.md).
RETENTION_DAYS = {}

# --- Language, time ------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [str(ROOT / "locale"), str(ROOT / "locale" / "upstream")]
FORMAT_MODULE_PATH = ["shared.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

# --- Files -----------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
ASSETS_DIR = VAR_DIR / "assets"  # built at set-up: fonts
(ASSETS_DIR / "shared" / "fonts").mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [str(ASSETS_DIR)]
MEDIA_URL = "/tep/"
MEDIA_ROOT = VAR_DIR / "public"
PRIVATE_ROOT = VAR_DIR / "private"
H5P_PLAYER_DIR = VAR_DIR / "h5p-player"  # fetched at set-up: the core scripts of the H5P player
H5P_KEEP_STATEMENTS = False  # raw xAPI statements beside the results
H5P_STATEMENT_DAYS = 180  # after that they are removed
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PRIVATE_ROOT), "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "shared.static_files.SmallerStaticFilesStorage",
        "OPTIONS": {"rooms": ["courses", "h5p", "home", "media", "notices", "people", "quizzes", "reports", "shared"]},
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
WHITENOISE_MAX_AGE = 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- Wagtail -----------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = SITE_NAME
_OWN_HOST = f"[{HOST}]" if ":" in HOST else HOST
WAGTAILADMIN_BASE_URL = environment.origin("SITE_ORIGIN") or f"http://{_OWN_HOST}:{PORT}"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "/tai-khoan/login/"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_USER_TIME_ZONES = ["Asia/Ho_Chi_Minh"]
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "media.Photograph"
WAGTAILDOCS_DOCUMENT_MODEL = "media.Document"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "xlsx", "zip", "mp4", "mp3", "vtt"]
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.photographs.PhotographForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
PRESS_PICTURE_FORMATS = ("avif", "webp", "jpeg")
WAGTAILIMAGES_AVIF_QUALITY = 55
WAGTAILIMAGES_WEBP_QUALITY = 74
WAGTAILIMAGES_JPEG_QUALITY = 78
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "avif", "webp": "webp"}
WAGTAILEMBEDS_FINDERS = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "shared.search", "AUTO_UPDATE": True}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {  # one line for every saved page is too many
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}
