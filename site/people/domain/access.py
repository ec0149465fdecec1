"""Whether an account can be used: its password, and the rest it falls into when nobody uses it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import password_validation
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people import rules
from people.domain import audit
from people.models import Dormancy, Person, ShortPassword
from shared.errors import DomainError

BATCH = 500


@transaction.atomic
def choose_password(person: Person, password: str) -> None:
    """The person's own choice of a new password, already validated; ends the account's other sessions."""
    person.set_password(password)
    person.save(update_fields=["password"])
    if len(password) < settings.PASSWORD_LENGTH:
        ShortPassword.objects.get_or_create(person=person)
    else:
        ShortPassword.objects.filter(person=person).delete()
    audit.record(person, "person.password_chosen", person)


def validate_password(person: Person, password: str) -> None:
    """Raises ValidationError with all reasons why this cannot be the person's password."""
    password_validation.validate_password(password, person)


def has_short_password(person: Person) -> bool:
    return ShortPassword.objects.filter(person=person).exists()


# --- Rest ---------------------------------------------------------------------------------------------------


def is_resting(person: Person) -> bool:
    if hasattr(person, "is_at_rest"):  # found with the account at the door
        return person.is_at_rest
    return Dormancy.objects.filter(person=person, ended_at__isnull=True).exists()


def put_idle_to_rest(now: datetime | None = None) -> int:
    """Closes accounts that nobody has signed in to for IDLE_ACCOUNT_DAYS; returns how many. Safe to repeat.

    The count begins with the last sign-in, the last waking or, for an account never used, its opening. Accounts
    that have no password yet wait for their activation slip and have nothing to close.
    """
    if not settings.IDLE_ACCOUNT_DAYS:
        return 0
    now = now or timezone.now()
    count = 0
    while batch := list(idle_accounts(now - timedelta(days=settings.IDLE_ACCOUNT_DAYS))[:BATCH]):
        with transaction.atomic():
            Dormancy.objects.bulk_create(
                [Dormancy(person=person, since=now) for person in batch], ignore_conflicts=True
            )
            for person in batch:
                audit.record(None, "person.put_to_rest", person)
        count += len(batch)
    return count


def idle_accounts(before: datetime) -> QuerySet[Person]:
    """Open accounts with a password that were last used, woken and opened before this moment."""
    stirred = Dormancy.objects.filter(person=OuterRef("pk")).filter(Q(ended_at__isnull=True) | Q(ended_at__gte=before))
    return (
        Person.objects.filter(is_active=True, date_joined__lt=before)
        .filter(Q(last_login__isnull=True) | Q(last_login__lt=before))
        .exclude(password__regex="^(!|$)")  # noqa: S106  no password: what stands where there is none
        .filter(~Exists(stirred))
        .order_by("pk")
    )


@transaction.atomic
def wake(person: Person, *, actor: Person) -> None:
    """Opens a resting account again: by its owner, who has proved to be it, or by HR.

    Raises DomainError if the account is closed or the actor may not.
    """
    if actor.pk != person.pk and not rules.can_keep_person(actor, person):
        raise DomainError(_("You may not change this account."))
    if not person.is_active:
        raise DomainError(_("This account is closed. The HR officer of the unit can tell more."))
    ended = Dormancy.objects.filter(person=person, ended_at__isnull=True).update(
        ended_at=timezone.now(), ended_by=actor
    )
    if ended:
        audit.record(actor, "person.woken", person)
