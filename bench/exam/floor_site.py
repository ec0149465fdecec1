"""The floor's settings. Run as a program it makes the tables and prints the key of a session."""

import os

import dj_database_url

SECRET_KEY = "only for the floor"
ROOT_URLCONF = "bench.exam.floor_wsgi"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
DATABASES = {"default": dj_database_url.parse(os.environ["FLOOR_DATABASE_URL"]) | {"CONN_MAX_AGE": 600}}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"] = {"options": "-c search_path=bench_floor -c jit=off"}
else:
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL;"}
USE_TZ = True

if __name__ == "__main__":
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    people = [User.objects.create(username=f"floor{number}") for number in range(20)]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_counter (person integer PRIMARY KEY, value integer NOT NULL)")
        cursor.executemany("INSERT INTO bench_counter VALUES (%s, 0)", [[person.pk] for person in people])
    session = SessionStore()
    session[SESSION_KEY] = str(people[7].pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = people[7].get_session_auth_hash()
    session.save()
    print(session.session_key)
