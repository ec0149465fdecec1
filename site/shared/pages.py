"""What all our Wagtail pages have in common. The base Page model itself is Wagtail's (docs/decisions)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


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


class SavedWhileTyping:
    """For pages whose rows of an inline may stand there once: `rows_once = {"people": "exemplar_id"}`.

    The editor saves by itself while somebody types. A row just added may be written already when the button is pressed,
    though the form does not know its number yet: it would be written a second time. The page is locked, so that the
    other saving is over, and the row that was written becomes this one.
    """

    rows_once: dict[str, str] = {}

    @transaction.atomic
    def save(self, *args, **kwargs):
        self._take_on_rows_saved_meanwhile()
        return super().save(*args, **kwargs)

    def _take_on_rows_saved_meanwhile(self) -> None:
        in_form = getattr(self, "_cluster_related_objects", {})  # modelcluster's; there is no public way to only look
        for relation, field in self.rows_once.items():
            new = [row for row in in_form.get(relation, ()) if row.pk is None and getattr(row, field)]
            if not new or self.pk is None:
                continue
            Page.objects.select_for_update().filter(pk=self.pk).values_list("pk").first()
            model, parent = type(new[0]), self._meta.get_field(relation).remote_field.name
            written = dict(model.objects.filter(**{parent: self.pk}).values_list(field, "pk"))
            for row in new:
                row.pk = written.get(getattr(row, field))
