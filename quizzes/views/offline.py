"""The script that keeps an open attempt's pages on the device, so that they can be reloaded without a network."""

from functools import cache

from django.contrib.staticfiles import finders
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe


@require_safe
def service_worker(request):
    """Served below /bai-kiem-tra/, since a service worker works only for addresses below its own."""
    response = FileResponse(open(_path(), "rb"), content_type="text/javascript; charset=utf-8")  # noqa: PTH123, SIM115
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _path() -> str:
    path = finders.find("quizzes/offline.js")
    if path is None:
        raise Http404
    return path
