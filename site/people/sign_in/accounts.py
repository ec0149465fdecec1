"""Whom a person means by what they type into the one field of the sign-in page."""

import re
from datetime import date

from django.db.models import CharField, Q, Value
from django.db.models.functions import Upper
from django.utils import timezone

from people.models import Person
from people.sign_in.queries import resting
from people.sign_in.second_factor import with_standing
from shared.prepared import prepared
from shared.text.fold import to_nfc

_PHONE = re.compile(r"(?:\+|00|\()?[0-9][0-9 .()-]{7,18}")
_MOST = 50  # accounts looked at; more than a switchboard's number ever has


def find_account(typed: str) -> Person | None:
    """The account whose sign-in name, staff number, work e-mail or phone this is, in this order, with what signing
    in asks of it (`second_factor.with_standing`, `is_at_rest`).

    A phone counts only if exactly one active account holds it: offices share telephones. One query, whether or
    not there is such an account, so that its time tells nothing.
    """
    name = to_nfc(typed or "").strip()
    digits = phone_digits(name)
    if not name or "\x00" in name:
        name = "\x01"  # nobody's; asks the database all the same
    asked = name, name.lower(), timezone.localdate()
    found = _named_or_called(*asked, digits) if digits else _named(*asked)
    return (
        _only(person for person in found if person.username.lower() == name.lower())
        or _only(person for person in found if (person.staff_number or "").lower() == name.lower())
        or _only(person for person in found if person.work_email and person.work_email == name.lower())
        or _only(person for person in found if digits and person.phone == digits and person.is_active)
    )


def _asked(means: Q, day):
    """Each name has an index of its own: a province's sign-in must not look through all accounts."""
    people = Person.objects.alias(name_upper=Upper("username"), number_upper=Upper("staff_number")).filter(means)
    return with_standing(people, day).annotate(is_at_rest=resting()).order_by("pk")[:_MOST]


def _means(name, email) -> Q:
    name, email = (Value(typed, output_field=CharField()) for typed in (name, email))  # the latter in small letters
    with_address = Q(work_email=email) & ~Q(work_email="")  # as the index says
    return Q(name_upper=Upper(name)) | Q(number_upper=Upper(name)) | with_address


_named = prepared(lambda name, email, day: _asked(_means(name, email), day), str, str, date)
_named_or_called = prepared(
    lambda name, email, day, digits: _asked(_means(name, email) | Q(phone=digits), day), str, str, date, str
)


def phone_digits(typed: str) -> str:
    """The digits of a Vietnamese telephone number as people type it, `0…`; "" if it is none."""
    if not _PHONE.fullmatch(typed):
        return ""
    digits = re.sub(r"[^0-9]", "", typed)
    if typed.startswith(("+84", "0084")):
        digits = "0" + digits.removeprefix("0084" if typed.startswith("00") else "84").lstrip("0")
    return digits if digits.startswith("0") and 9 <= len(digits) <= 11 else ""


def display_name(person: Person) -> str:
    """How pages and letters about the account call its owner."""
    return person.full_name


def _only(people) -> Person | None:
    found = list(people)
    return found[0] if len(found) == 1 else None
