"""The WSGI door that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")


def _ready_to_serve():
    """Loads the map of addresses before the first request and spares the collector what stays for ever.

    Without this every full collection walks through all of Django and Wagtail; requests make few cycles.
    """
    from django.urls import get_resolver

    served = get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018  imports all views
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    return served


application = _ready_to_serve()
