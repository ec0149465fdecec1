"""What waits for those who answer for people's records."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from people import queries, rules
from shared.desk.work import Waiting


def work_of_record_keepers(viewer) -> Iterator[Waiting]:
    if not rules.can_administer_people(viewer):
        return
    open_ones = queries.data_requests_for(viewer).filter(answered_at__isnull=True).count()
    yield Waiting(_("requests about personal data"), open_ones, reverse("people:data_requests"), "user")
