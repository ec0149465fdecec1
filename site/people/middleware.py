from django.conf import settings
from django.utils import translation

_KNOWN = {code for code, _name in settings.LANGUAGES}


class InterfaceLanguageMiddleware:
    """Vietnamese first: another interface language only by the reader's own choice, kept in a cookie.

    The browser's Accept-Language is not asked: shared office computers are often set to English.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in _KNOWN else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
