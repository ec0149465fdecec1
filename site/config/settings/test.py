"""Tests: tasks run at once, cheap passwords, everything under a throw-away folder."""

import os
import tempfile
from pathlib import Path

if "TEST_VAR_DIR" not in os.environ:
    os.environ["TEST_VAR_DIR"] = tempfile.mkdtemp(prefix="neu-guong-test-")
# Each of several test processes has a folder of its own.
os.environ["VAR_DIR"] = str(Path(os.environ["TEST_VAR_DIR"]) / os.environ.get("PYTEST_XDIST_WORKER", "main"))

from .base import *
from .base import STORAGES

SECRET_KEY = "only for tests"
DEMO_CONTENT = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "rendered", "renditions")
}
PRESS_PICTURE_FORMATS = ("webp", "jpeg")  # AVIF takes a second a picture; tests/media asks for it where it matters
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
