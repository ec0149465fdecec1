"""Accounts and postings of people."""

from datetime import date

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from people.domain import audit
from people.models import Person, Posting, Unit
from people.rules import can_administer
from shared.errors import DomainError


@transaction.atomic
def create_person(
    username: str, full_name: str, password: str | None = None, *, actor: Person | None = None, **fields
) -> Person:
    """Creates an account. Without a password it cannot be signed in to until one is set."""
    person = Person.objects.create_user(username, full_name, password, **fields)
    audit.record(actor, "person.created", person)
    return person


@transaction.atomic
def change_person(person: Person, *, actor: Person, **fields) -> Person:
    """Sets the given fields of an account; the log names the fields, not what was in them.

    Raises DomainError for accounts the actor may not administer.
    """
    _require_rights(actor, person)
    stored = Person.objects.select_for_update().get(pk=person.pk)
    changed = sorted(name for name, value in fields.items() if getattr(stored, name) != value)
    if not changed:
        return stored
    for name in changed:
        setattr(stored, name, fields[name])
    stored.save()
    if "work_email" in changed:  # nobody signs in with the former address any more
        EmailAddress.objects.filter(user=stored).exclude(email__iexact=stored.work_email).delete()
    audit.record(actor, "person.changed", stored, fields=changed)
    return stored


@transaction.atomic
def set_password(person: Person, password: str, *, actor: Person) -> None:
    """Gives the account a new password, which ends its sessions elsewhere. The caller has validated it."""
    _require_rights(actor, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(actor, "person.password_set", person)


@transaction.atomic
def set_active(person: Person, active: bool, *, actor: Person) -> None:
    """Opens or closes an account; all records of the person stay. Raises DomainError for one's own account."""
    _require_rights(actor, person)
    if person.pk == actor.pk:
        raise DomainError(_("You cannot deactivate your own account; another administrator can."))
    if person.is_active == active:
        return
    person.is_active = active
    person.save(update_fields=["is_active"])
    audit.record(actor, "person.activated" if active else "person.deactivated", person)


@transaction.atomic
def delete_person(person: Person, *, actor: Person) -> None:
    """Deletes an account made by mistake. Raises ProtectedError once any record depends on the person."""
    _require_rights(actor, person)
    if person.pk == actor.pk:
        raise DomainError(_("You cannot delete your own account; another administrator can."))
    audit.record(actor, "person.deleted", person)
    person.delete()


@transaction.atomic
def post(person: Person, unit: Unit, position_title: str, *, since: date, **fields) -> Posting:
    """Gives the person a position in a unit; as the primary one it ends the primary posting held before."""
    if fields.get("is_primary", True):
        Posting.objects.filter(person=person, is_primary=True, valid_to__isnull=True).update(valid_to=since)
    return Posting.objects.create(person=person, unit=unit, position_title=position_title, valid_from=since, **fields)


def _require_rights(actor: Person, person: Person) -> None:
    if not can_administer(actor, person):
        raise DomainError(_("You may not change this account."))
