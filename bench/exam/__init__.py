"""An examination under load: see __main__.py."""
