"""Keeps activities and site apart: which host answers which addresses."""

from django.http import Http404, HttpResponseNotFound
from django.urls import Resolver404, resolve

from h5p.player import hosts
from h5p.views.files import permission_to_read

URLS = "h5p.content_urls"
ON_THE_SITE = ("/h5p/play/", "/h5p/core/", "/h5p/c/")


class PlayerHostMiddleware:
    """Answers the addresses of the player before sessions and cookies come in.

    With H5P_CONTENT_ORIGIN that host answers these addresses and no other, and the site none of them. Without it
    they are answered on the site's host, for frames in the opaque sandbox.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if hosts.is_content_host(request):
            return self._answer(request)
        if request.path_info.startswith(ON_THE_SITE):
            return _not_found() if hosts.has_own_host() else self._answer(request)
        return self.get_response(request)

    def _answer(self, request):
        if request.method == "OPTIONS":
            return permission_to_read(request)
        try:
            match = resolve(request.path_info, URLS)
            return match.func(request, *match.args, **match.kwargs)
        except (Resolver404, Http404):
            return _not_found()


def _not_found():
    return HttpResponseNotFound("Not found\n", content_type="text/plain; charset=utf-8")
