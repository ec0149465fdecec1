"""What the pages that show one record of the press office have in common."""

from datetime import datetime

from django.utils import timezone
from wagtail.admin.views import generic


class RecordInspectView(generic.InspectView):
    """Times are local, what is empty is a dash, and what no field is called has its label in `labels`."""

    labels: dict[str, object] = {}

    def get_field_label(self, field_name, field):
        return self.labels.get(field_name) or super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, datetime):
            return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
        return "–" if value in (None, "") else value
