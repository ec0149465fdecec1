"""Columns of the desk's lists."""

from datetime import datetime

from django.utils import timezone
from wagtail.admin.ui.tables import Column

from shared.text.dates import short_date


class DayColumn(Column):
    """A day as it is written. Wagtail's own column says how long ago, and “just now” of every day to come."""

    def get_value(self, instance):
        value = super().get_value(instance)
        if isinstance(value, datetime):
            value = timezone.localtime(value)
        return short_date(value) if value else ""
