"""A province or a ministry: every secret comes from the environment, no demo content."""

from config import environment

from .base import *
from .base import H5P_CONTENT_HOSTS

SECRET_KEY = environment.text("SECRET_KEY")
if len(SECRET_KEY) < 50:
    environment._refuse("SECRET_KEY", "(hidden)", "a random text of at least 50 characters")
ALLOWED_HOSTS = [name.strip() for name in environment.text("ALLOWED_HOSTS").split(",") if name.strip()]
if not ALLOWED_HOSTS:
    environment._refuse("ALLOWED_HOSTS", "", "the site's host names, separated by commas")
ALLOWED_HOSTS += H5P_CONTENT_HOSTS
DEMO_CONTENT = False
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXIES", 1, 0, 5)

# --- Letters: codes and links to sign in by ---------------------------------------------------------------
globals().update(environment.mail_server())
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 10
_OWN_SENDER = f"{SITE_NAME} <khong-tra-loi@{ALLOWED_HOSTS[0].lstrip('.*')}>"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.sender("DEFAULT_FROM_EMAIL", _OWN_SENDER)

# --- A second factor for whoever can do more than learn -----------------------------------------------------
SECOND_FACTOR = environment.choice("SECOND_FACTOR", "roles", ("roles", "everyone"))
