"""Texts in several languages: {"vi": …, "en": …}. Vietnamese is always there, the others may be missing."""

Texts = dict[str, str]

MAIN_LANGUAGE = "vi"
LANGUAGES = (MAIN_LANGUAGE, "en")


def in_language(texts: Texts, language: str) -> str:
    """The text in the language, or the Vietnamese one."""
    return texts[language] if language in texts else texts[MAIN_LANGUAGE]


def drawn(texts: Texts, language: str) -> dict[str, str]:
    """The text and the language it is really in, for the `lang` attribute."""
    shown = language if language in texts else MAIN_LANGUAGE
    return {"text": texts[shown], "lang": shown}


def as_written(texts: Texts) -> str | Texts:
    """As in a source: a text in Vietnamese alone as a plain string, others as a mapping."""
    return texts[MAIN_LANGUAGE] if len(texts) == 1 else dict(texts)
