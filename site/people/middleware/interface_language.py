from django.conf import settings
from django.utils import translation

from people import language


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
