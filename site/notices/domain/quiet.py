"""When letters go out: in office hours of days on which offices work, never on a weekend, a holiday or at Tết."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from people.domain.privacy.working_days import is_worked, special_days


def is_open(now: datetime) -> bool:
    """Whether letters may go out now. Holidays are those of the table administrators keep."""
    local = timezone.localtime(now)
    in_hours = settings.NOTICES_FROM_HOUR <= local.hour < settings.NOTICES_UNTIL_HOUR
    return in_hours and is_worked(local.date(), special_days())
