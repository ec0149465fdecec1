"""Accounts and records of people: adding, changing, opening and closing them."""

from datetime import date
from itertools import chain, count

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import national_id
from people.domain import audit, postings
from people.models import Person, Posting, Unit
from people.queries import current_on, people_for
from people.rules import can_administer, can_keep_people_of, can_keep_person, can_manage_account
from shared.errors import DomainError
from shared.text.fold import fold

# What an account is signed in with or gets letters by: to change it is to give somebody a way in.
SIGN_IN_FIELDS = frozenset({"username", "staff_number", "work_email", "phone"})
_UNIQUE = ("staff_number", "work_email")


class RecordRefused(DomainError):
    """A record that cannot be as asked; `field` names the input it is about ("" if it is about none alone)."""

    def __init__(self, message, field: str = ""):
        self.field = field
        super().__init__(message)


class ChangedMeanwhile(DomainError):
    """Somebody else changed the same record first. `fields` names what is different now; nothing was written."""

    def __init__(self, fields: list[str]):
        self.fields = fields
        super().__init__(_("Somebody else has changed this record in the meantime. Nothing of yours was saved yet."))


@transaction.atomic
def create_person(
    username: str, full_name: str, password: str | None = None, *, actor: Person | None = None, **fields
) -> Person:
    """Creates an account. Without a password it cannot be signed in to until one is set."""
    person = Person.objects.create_user(username, full_name, password, **fields)
    audit.record(actor, "person.created", person)
    return person


@transaction.atomic
def add_person(
    full_name: str,
    unit: Unit,
    position_title: str,
    *,
    since: date,
    actor: Person,
    posting: dict,
    number: str = "",
    **fields,
) -> Person:
    """Adds somebody to the staff of `unit`: an account that waits for its activation code, and the primary posting.

    `posting` holds the further particulars of the posting, `number` the national ID. Nobody is ever recognised by
    name: whether the person is known already has been asked before (`queries.similar_people`). Raises
    RecordRefused and PostingRefused.
    """
    if not can_keep_people_of(actor, unit):
        raise RecordRefused(_("This unit is not in your scope."), "unit")
    _refuse_taken(None, fields, actor)
    person = create_person(free_username(full_name), full_name, actor=actor, **fields)
    postings.start(person, unit, position_title, since=since, actor=actor, is_primary=True, **posting)
    if number:
        set_national_id(person, number, actor=actor)
    return person


@transaction.atomic
def change_person(person: Person, *, actor: Person, seen: dict | None = None, **fields) -> Person:
    """Sets the given fields of a record; old and new values go into the log, readable as long as the person's data.

    `seen` holds the values the actor was shown, by field name: if one of them is another by now, ChangedMeanwhile
    is raised and nothing is written. Raises RecordRefused for what the actor may not change and for numbers and
    addresses that belong to somebody else.
    """
    stored = Person.objects.select_for_update().get(pk=person.pk)
    _require_keeping(actor, stored)
    moved_on = sorted(name for name, value in (seen or {}).items() if getattr(stored, name) != value)
    if moved_on:
        raise ChangedMeanwhile(moved_on)
    changes = {name: value for name, value in fields.items() if getattr(stored, name) != value}
    if not changes:
        return stored
    if SIGN_IN_FIELDS & changes.keys():
        _require_account(actor, stored)
    _refuse_taken(stored, changes, actor)
    old = {name: getattr(stored, name) for name in changes}
    for name, value in changes.items():
        setattr(stored, name, value)
    stored.save()
    if "work_email" in changes:  # nobody signs in with the former address any more
        EmailAddress.objects.filter(user=stored).exclude(email__iexact=stored.work_email).delete()
    audit.record(actor, "person.changed", stored, old=old, new={name: getattr(stored, name) for name in changes})
    return stored


@transaction.atomic
def set_national_id(person: Person, number: str, *, actor: Person) -> None:
    """Keeps the national ID as a keyed hash, and encrypted only if a unit the person is posted to keeps the numbers.

    "" forgets it. Raises RecordRefused for what is no such number and for one that belongs to somebody else.
    """
    stored = Person.objects.select_for_update().get(pk=person.pk)
    _require_keeping(actor, stored)
    try:
        plain = national_id.normalise(number) if number else ""
    except national_id.NotANationalId as refusal:
        raise RecordRefused(_("A national ID has 12 digits."), "national_id") from refusal
    keyed = national_id.keyed_hash(plain) if plain else ""
    if keyed == stored.national_id_hash:
        return
    holder = Person.objects.filter(national_id_hash=keyed).exclude(pk=stored.pk).first() if keyed else None
    if holder is not None:
        raise RecordRefused(_taken_by(holder, actor), "national_id")
    stored.national_id_hash = keyed
    stored.national_id_encrypted = national_id.encrypt(plain) if plain and _unit_keeps_numbers(stored) else ""
    stored.save(update_fields=["national_id_hash", "national_id_encrypted"])
    audit.record(actor, "person.national_id_set" if keyed else "person.national_id_forgotten", stored)


@transaction.atomic
def set_password(person: Person, password: str, *, actor: Person) -> None:
    """Gives the account a new password, which ends its sessions elsewhere. The caller has validated it."""
    _require_administration(actor, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(actor, "person.password_set", person)


@transaction.atomic
def set_active(person: Person, active: bool, *, actor: Person) -> None:
    """Opens or closes an account; all records of the person stay. Raises DomainError for one's own account."""
    _require_account(actor, person)
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
    _require_administration(actor, person)
    if person.pk == actor.pk:
        raise DomainError(_("You cannot delete your own account; another administrator can."))
    audit.record(actor, "person.deleted", person)
    person.delete()


def post(person: Person, unit: Unit, position_title: str, *, since: date, **fields) -> Posting:
    """Gives the person a position in a unit; as the primary one it ends the primary posting held before.

    For the system: generators and the demo. At a desk the verbs of `domain.postings` are called with their actor.
    """
    verb = postings.succeed if fields.pop("is_primary", True) else postings.start
    return verb(person, unit, position_title, since=since, actor=None, **fields)


def free_username(full_name: str) -> str:
    """A sign-in name nobody has: the given name and the initials of the others, as offices write them.

    “Nguyễn Thị Ánh” → anhnt, anhnt2, anhnt3 …
    """
    *others, given = fold(full_name).split() or ["nguoi"]
    stem = (given + "".join(word[0] for word in others))[:40]
    names = Person.objects.filter(username__istartswith=stem).values_list("username", flat=True)
    taken = {name.lower() for name in names}
    numbered = (f"{stem}{number}" for number in count(2))
    return next(name for name in chain([stem], numbered) if name not in taken)


def _unit_keeps_numbers(person: Person) -> bool:
    held = Posting.objects.filter(current_on(timezone.localdate()), person=person)
    return held.filter(unit__keeps_national_ids=True).exists()


def _refuse_taken(person: Person | None, fields: dict, actor: Person) -> None:
    """Numbers and addresses belong to one person. Who that is, is told only to those who may see them."""
    for name in _UNIQUE:
        value = fields.get(name)
        if not value:
            continue
        holder = Person.objects.filter(**{f"{name}__iexact": value}).exclude(pk=person.pk if person else None).first()
        if holder is not None:
            raise RecordRefused(_taken_by(holder, actor), name)


def _taken_by(holder: Person, actor: Person) -> str:
    if people_for(actor).filter(pk=holder.pk).exists():
        return _("This belongs to %(person)s already.") % {"person": holder}
    return _("This belongs to somebody outside your scope already. An administrator can look into it.")


def _require_keeping(actor: Person, person: Person) -> None:
    if not (can_keep_person(actor, person) or can_administer(actor, person)):
        raise RecordRefused(_("You may not change this account."))


def _require_account(actor: Person, person: Person) -> None:
    """For whoever manages the account's access: administrators, HR officers only for people without a role."""
    if can_manage_account(actor, person) or can_administer(actor, person):
        return
    if can_keep_person(actor, person):
        raise RecordRefused(_("This person holds a role: what they sign in with is changed by administrators only."))
    raise RecordRefused(_("You may not change this account."))


def _require_administration(actor: Person, person: Person) -> None:
    if not can_administer(actor, person):
        raise DomainError(_("You may not change this account."))
