from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import translation

from people import language
from shared.middleware.security_policy import ADMIN_PREFIX


class InterfaceLanguageMiddleware:
    """Vietnamese first: another interface language only by the reader's own choice, kept in a cookie.

    The browser's Accept-Language is not asked: shared office computers are often set to English.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        code = chosen if language.is_offered(chosen) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response


class AdminDoorMiddleware:
    """Who is signed in but may not enter the admin is told so.

    Wagtail would send them to the sign-in page, which sends people who are signed in back, for ever.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, arguments, named_arguments):
        inside = request.path_info.startswith(ADMIN_PREFIX) and request.user.is_authenticated
        if inside and not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
