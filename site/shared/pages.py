"""What all our Wagtail pages have in common. The base Page model itself is Wagtail's (docs/decisions)."""

from django.utils.translation import gettext_lazy as _


class PreviewAtPhoneWidth:
    """Editors see the page as a phone shows it first: most readers are on phones."""

    default_preview_size = "mobile"

    @property
    def preview_sizes(self):
        return [
            {"name": "mobile", "icon": "mobile-alt", "device_width": 360, "label": _("Phone, 360 px")},
            {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("Tablet, 768 px")},
            {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("Computer, 1280 px")},
        ]
