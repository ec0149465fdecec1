"""What a story says to programs: schema.org's NewsArticle as JSON-LD. A block of data, no script is run."""

import json

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import mark_safe

_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def structured_data(story, address: str, card_address: str):
    """Headline, dates, byline, publisher and the share card, which is there only with consent to social networks."""
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title[:110],
        "description": story.standfirst,
        "inLanguage": "vi",
        "mainEntityOfPage": address,
        "datePublished": story.first_published_at.isoformat() if story.first_published_at else None,
        "dateModified": story.last_published_at.isoformat() if story.last_published_at else None,
        "author": {"@type": "Organization", "name": story.byline or settings.SITE_NAME},
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME},
        "image": [card_address] if card_address else None,
    }
    text = json.dumps({name: value for name, value in facts.items() if value}, ensure_ascii=False)
    # Nothing in the text can end the element: < > & are written as escapes of JSON.
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text.translate(_ESCAPES)),  # noqa: S308
    )
