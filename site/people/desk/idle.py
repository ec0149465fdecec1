"""The warning before a session ends, on the pages of the editing desk: the same as elsewhere, with its own limit."""

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html

from people.sign_in import idleness


def idle_watch() -> str:
    limit = idleness.limit_seconds(for_desk=True)
    if not limit:
        return ""
    watch = {"limit": limit, "warn": min(60, limit // 3), "desk": True}
    return render_to_string("shared/components/idle_watch.html", watch)


def idle_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("people/desk/idle.css"))
