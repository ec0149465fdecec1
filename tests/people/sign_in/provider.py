"""A small identity provider in a process of its own: allauth's, with three people, on a database in a folder.

Usage: provider.py PORT FOLDER CALLBACK. The people's claims stand in PEOPLE; everybody's password is PASSWORD.
"""

import sys
from pathlib import Path

CLIENT, SECRET, PASSWORD = "neu-guong", "secret-between-site-and-provider", "provider-password"
# sign-in name there: (full name, e-mail, whether it is verified, staff number)
PEOPLE = {
    "by-number": ("Nông Thị Lan", "other@elsewhere.example", True, "LG0001"),
    "by-email": ("Đặng Quang Minh", "Minh@LamGiang.example", True, None),
    "unverified": ("Vũ Mạnh Hùng", "hung@lamgiang.example", False, None),
    "stranger": ("Phạm Thị Lạ", "la@lamgiang.example", True, "LG9999"),
}


def claims_adapter():
    from allauth.idp.oidc.adapter import DefaultOIDCAdapter

    class Adapter(DefaultOIDCAdapter):
        def get_claims(self, purpose, user, client, scopes, email=None, **kwargs):
            name, address, verified, number = PEOPLE[user.username]
            claims = {"sub": f"sub-{user.username}", "name": name, "email": address, "email_verified": verified}
            return claims | ({"staff_number": number} if number else {})

        def get_user_sub(self, client, user):
            return f"sub-{user.username}"

        def get_user_by_sub(self, client, sub):
            from django.contrib.auth.models import User

            return User.objects.get(username=sub.removeprefix("sub-"))

    return Adapter


def private_key() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def configure(folder: Path) -> None:
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY="only for the provider of the tests",
        DEBUG=False,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
            "allauth", "allauth.account", "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware", "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }],
        SESSION_COOKIE_NAME="provider_session",  # cookies do not tell ports apart
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_LOGIN_METHODS={"username"},
        IDP_OIDC_PRIVATE_KEY=private_key(),
        IDP_OIDC_ADAPTER=f"{__name__}.Adapter",
        LOGIN_URL="account_login",
        LOGIN_REDIRECT_URL="/",
        USE_TZ=True,
    )  # fmt: skip
    django.setup()


def fill(callback: str) -> None:
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for username in PEOPLE:
        User.objects.create_user(username, password=PASSWORD)
    client = Client(id=CLIENT, name="Nêu Gương", scopes="openid\nprofile\nemail", skip_consent=True)
    client.set_secret(SECRET)
    client.redirect_uris = callback
    client.save()


def serve(port: int) -> None:
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

    from django.core.wsgi import get_wsgi_application

    class Server(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args):
            pass

    make_server("127.0.0.1", port, get_wsgi_application(), Server, Quiet).serve_forever()


if __name__ == "__main__":
    configure(Path(sys.argv[2]))
    Adapter = claims_adapter()

    from django.urls import include, path

    urlpatterns = [path("account/", include("allauth.urls")), path("", include("allauth.idp.urls"))]
    fill(sys.argv[3])
    serve(int(sys.argv[1]))
