"""Pictures of the public pages: only copies that were made beforehand, never one made while a reader waits."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from media import renditions

register = template.Library()

SIZES = {"story": renditions.STORY_SIZES, "card": renditions.CARD_SIZES, "portrait": renditions.PORTRAIT_SIZES}
_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}


@register.simple_tag(takes_context=True)
def press_picture(context, photograph, kind, alt=None, sizes="100vw", **attributes):
    """The photograph as <picture>. `kind` is story, card or portrait; `alt` overrides the photograph's own text.

    While the copies are still being made a quiet placeholder with the same words stands there. Previews on the desk
    make them on the spot.
    """
    if photograph is None:
        return ""
    words = photograph.alt_text if alt is None else alt
    copies = _copies(context, photograph, SIZES[kind])
    if not copies["jpeg"]:
        return format_html('<span class="picture-waiting">{}</span>', words or _("The picture is being prepared."))
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((_TYPES[name], _set(copies[name]), sizes) for name in ("avif", "webp") if copies.get(name)),
    )
    image = copies["jpeg"][-1] if kind != "story" else copies["jpeg"][min(1, len(copies["jpeg"]) - 1)]
    extra = format_html_join("", ' {}="{}"', ((name.rstrip("_"), value) for name, value in attributes.items() if value))
    return format_html(
        '<picture>{}<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}></picture>',
        sources,
        image.url,
        _set(copies["jpeg"]),
        sizes,
        image.width,
        image.height,
        words,
        extra,
    )


@register.simple_tag(takes_context=True)
def press_poster(context, photograph):
    """The address of a still picture for a video; "" while there is none."""
    copies = _copies(context, photograph, SIZES["story"])["jpeg"]
    return copies[min(1, len(copies) - 1)].url if copies else ""


def _copies(context, photograph, wanted) -> dict[str, list]:
    """By format, from the smallest to the largest, those that exist."""
    request = context.get("request")
    if getattr(request, "is_preview", False):
        photograph.get_renditions(*renditions.specs_of(wanted))
        known = list(photograph.renditions.all())
    else:
        photograph = context.get("prepared_pictures", {}).get(photograph.pk, photograph)
        known = getattr(photograph, "prefetched_renditions", None)
        known = list(photograph.renditions.all()) if known is None else known
    by_spec = {rendition.filter_spec: rendition for rendition in known}
    found = {name: [by_spec.get(f"format-{name}|{size}") for size in wanted] for name in renditions.formats()}
    return {name: [one for one in copies if one] for name, copies in found.items()}


def _set(copies) -> str:
    return ", ".join(f"{one.url} {one.width}w" for one in copies)
