"""The interface language a reader has chosen: a cookie of the browser, and the account's own choice."""

from django.conf import settings


def is_offered(language: str | None) -> bool:
    return language in dict(settings.LANGUAGES)


def remember(response, language: str) -> None:
    """Sets the cookie that `people.middleware.InterfaceLanguageMiddleware` reads."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
