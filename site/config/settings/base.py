"""Settings that every environment shares; dev, test and production each add a few lines."""

import os
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[3]
SITE_DIR = BASE_DIR / "site"
# Everything the running site writes: database, index, uploads, mail. One folder to back up.
VAR_DIR = Path(os.environ.get("BIANMIN_VAR", BASE_DIR / "var"))

# Features can be taken out one line at a time: see docs/plugins.md.
FEATURE_APPS = [
    "pages",
    "policies",
    "guides",
    "hearings",
    "commitments",
    "training",
]
FEATURE_APPS = [name for name in FEATURE_APPS if name not in os.environ.get("BIANMIN_WITHOUT", "").split(",")]
KERNEL_APPS = [
    "suite",
    "suite.translation",
    "suite.roles",
    "suite.audit",
    "suite.theme",
    "suite.body",
    "suite.privacy",
    "suite.publishing",
    "suite.numbering",
    "suite.draw",
    "suite.clock",
    "suite.periodic",
    "suite.desk",
    "suite.registers",
    "suite.drafts",
    "suite.throttle",
    "suite.slips",
    "suite.evidence",
    "suite.autosave",
    "suite.background",
    "organisation",
    "printing",
    "search",
    "demo",
]
LIBRARY_APPS = [
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "suite.roles.users.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "wagtail_modeladmin",
    "search.library.SearchLibraryConfig",  # modelsearch with our receivers
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # Wagtail borrows its words for times
]
# Ours come first: their templates, commands and translations win over a library's.
INSTALLED_APPS = [*FEATURE_APPS, *KERNEL_APPS, *LIBRARY_APPS]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "suite.theme.middleware.PluginIsOutMiddleware",
    "suite.publishing.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# SQLite as a server's database: writers queue instead of failing, and an acknowledged form
# survives a power cut (synchronous FULL).
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "bianmin.sqlite3",
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "zh-hans"
# One language for everybody, whatever a browser asks for: no LocaleMiddleware, and nothing to choose.
LANGUAGES = [("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [SITE_DIR / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Networks (10.0.0.0/8) of proxies whose X-Forwarded-For is believed; everybody else can write what they like there.
TRUSTED_PROXIES = [text for text in os.environ.get("BIANMIN_TRUSTED_PROXIES", "").split(",") if text]

LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "/desk/"

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = "bianmin@localhost"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

WAGTAIL_SITE_NAME = "便民"
WAGTAILADMIN_BASE_URL = os.environ.get("BIANMIN_BASE_URL", "http://localhost:8000")
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", _("Simplified Chinese"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", _("Simplified Chinese"))]
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "suite.publishing.finish.finish_workflow"
# Half a second, Wagtail's default, fills the revision table.
WAGTAIL_AUTOSAVE_INTERVAL = 10_000
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 1
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "md", "txt", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"

# What ranks: whoosh or tantivy, or a server. After a change: manage.py update_index.
SEARCH_URL = os.environ.get("SEARCH_URL", "")
SEARCH_ENGINE = "opensearch" if SEARCH_URL else os.environ.get("BIANMIN_SEARCH", "whoosh")
MODELSEARCH_BACKENDS: dict[str, dict[str, Any]] = {"default": {"BACKEND": f"search.backends.{SEARCH_ENGINE}"}}
if SEARCH_URL:
    MODELSEARCH_BACKENDS["default"] |= {
        "URLS": [url.strip() for url in SEARCH_URL.split(",")],
        "INDEX_PREFIX": os.environ.get("BIANMIN_SEARCH_PREFIX", "bianmin_"),
        # The certificate of an authority of one's own, as a file.
        "OPTIONS": {"ca_certs": os.environ["BIANMIN_SEARCH_CA"]} if os.environ.get("BIANMIN_SEARCH_CA") else {},
    }
