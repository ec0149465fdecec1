"""Whose account an identity from the provider opens, and what an account opened by it contains."""

from django.conf import settings
from django.utils.crypto import get_random_string

from people.domain import audit
from people.models import Person
from shared.text.fold import fold, to_nfc


def account_for(claims: dict) -> Person | None:
    """The account with the staff number the provider vouches for, or else with the work e-mail it has verified.

    The technical superuser and accounts of emergencies are local: no provider opens them.
    """
    local = Person.objects.filter(is_superuser=False, emergency_account__isnull=True)
    number = str(claims.get(settings.OIDC["staff_number_claim"]) or "").strip()
    if number:
        return local.filter(staff_number__iexact=number).first()
    address = str(claims.get("email") or "").strip().lower()
    if address and claims.get("email_verified") is True:
        return local.filter(work_email=address).first()
    return None


def fill_in(person: Person, claims: dict) -> None:
    """What a person whom HR does not know yet is called; HR adds the rest."""
    number = str(claims.get(settings.OIDC["staff_number_claim"]) or "").strip()
    address = str(claims.get("email") or "").strip().lower() if claims.get("email_verified") is True else ""
    given = to_nfc(str(claims.get("name") or claims.get("preferred_username") or number or address))[:120]
    person.full_name = given
    person.staff_number = number or None
    person.work_email = address
    person.username = _free_name(number or address.partition("@")[0] or given)


def note_opened(person: Person) -> None:
    audit.record(None, "person.opened_by_provider", person)


def _free_name(wish: str) -> str:
    """A sign-in name nobody has, made of the wish's letters and digits."""
    base = "".join(char for char in fold(wish) if char.isascii() and (char.isalnum() or char in "._-"))[:50] or "sso"
    name = base
    while Person.objects.filter(username__iexact=name).exists():
        name = f"{base}-{get_random_string(6, '0123456789')}"
    return name
