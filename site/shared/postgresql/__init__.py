"""Django's PostgreSQL backend with two savings: see base.py. Named in DATABASES["default"]["ENGINE"]."""
