"""The laptop: SQLite, the embedded broker, demo accounts. `./run` uses these settings."""

from pathlib import Path

from config import environment

from .base import *
from .base import VAR_DIR

DEBUG = environment.flag("DEBUG", False)
DEMO_CONTENT = environment.flag("DEMO_CONTENT", True)
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
if environment.text("EMAIL_URL"):  # a mail server to try letters with
    globals().update(environment.mail_server())
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_TIMEOUT = 10


def _kept_secret(path: Path) -> str:
    """A secret of this machine, made once and kept in VAR_DIR, so that sessions outlive a restart."""
    if not path.exists():
        import os
        import secrets

        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = environment.text("SECRET_KEY") or _kept_secret(VAR_DIR / "secret-key")

# The demo accounts of a laptop are still there when it is opened again after a summer.
IDLE_ACCOUNT_DAYS = environment.number("IDLE_ACCOUNT_DAYS", 0, 0, 3650)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://127.0.0.1
