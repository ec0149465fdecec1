"""The way in when every other way is lost: an administrator's account made on the server, for an hour."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain import activation, audit
from people.enums import CodeKind
from people.models import ActivationCode, EmergencyAccount, Person
from shared.errors import DomainError

log = logging.getLogger(__name__)


@transaction.atomic
def open_account(reason: str) -> tuple[Person, str]:
    """Makes an administrator's account and the code that opens it once; both end after BREAK_GLASS_MINUTES.

    Whoever can call this has the server. The reason stands in the log for everybody to see. Raises DomainError
    without one.
    """
    if len(reason.strip()) < 10:
        raise DomainError(_("Please give the reason in a few words; it stands in the log."))
    now = timezone.now()
    closes = now + timedelta(minutes=settings.BREAK_GLASS_MINUTES)
    name = f"khan-cap-{timezone.localtime(now):%Y%m%d-%H%M%S}"
    person = Person.objects.create_superuser(name, _("Emergency account %(name)s") % {"name": name[-15:]})
    EmergencyAccount.objects.create(person=person, reason=reason.strip()[:300], closes_at=closes)
    code = activation.give_codes([person], expires=closes, kind=CodeKind.EMERGENCY)[person.pk]
    audit.record(None, "emergency.account_opened", person, reason=reason.strip()[:300])
    transaction.on_commit(lambda: log.warning("Emergency account %s opened until %s", name, closes.isoformat()))
    return person, code


@transaction.atomic
def enter(code: ActivationCode) -> Person:
    """Uses up the code of an emergency account. Raises DomainError if it was used or has run out."""
    person = activation.use_up(code)
    transaction.on_commit(lambda: log.warning("Emergency account %s signed in", person.username))
    return person


def seconds_left(person: Person) -> int:
    """Until the account closes."""
    return max(1, int((person.emergency_account.closes_at - timezone.now()).total_seconds()))


def close_ended(now: datetime | None = None) -> int:
    """Closes accounts whose time is over; returns how many. Safe to repeat."""
    now = now or timezone.now()
    ended = EmergencyAccount.objects.filter(closed_at__isnull=True, closes_at__lte=now).select_related("person")
    for account in ended:
        with transaction.atomic():
            Person.objects.filter(pk=account.person_id).update(is_active=False)
            EmergencyAccount.objects.filter(pk=account.pk).update(closed_at=now)
            audit.record(None, "emergency.account_closed", account.person)
    return len(ended)
