"""Who needs a second factor, and whether the session's owner has one. The answer is kept in the session."""

import ipaddress
from datetime import date

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from people.models import EmergencyAccount, Person, Unit
from people.queries import grants_in_force, roles_of
from shared.prepared import prepared

VERDICT = "second_factor"  # session key
PROVEN = "proven"  # a second factor is set up, so that every sign-in asked for it, or stood in its place
WANTED = "wanted"  # none, and the person's duties ask for one
SPARED = "spared"  # none, and only learning is done with the account

REAL_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_asked_of_anybody() -> bool:
    return settings.SECOND_FACTOR != "offered" or bool(settings.SECOND_FACTOR_NETWORKS)


def has_duties(person) -> bool:
    """Can do more than learn: holds a role, heads a unit, or is the technical superuser."""
    return person.is_superuser or bool(roles_of(person)) or person.units_headed.exists()


def has_factor(person) -> bool:
    return Authenticator.objects.filter(user=person, type__in=REAL_FACTORS).exists()


def is_required_of(person) -> bool:
    """By the person's duties alone, wherever they sign in from."""
    return settings.SECOND_FACTOR == "everyone" or (settings.SECOND_FACTOR == "roles" and has_duties(person))


def with_standing(people: QuerySet[Person], day: date) -> QuerySet[Person]:
    """Adds what the verdict rests on; sign-in finds it together with the account."""
    return people.annotate(
        has_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=REAL_FACTORS)),
        is_for_emergencies=Exists(EmergencyAccount.objects.filter(person=OuterRef("pk"))),
        holds_role=Exists(grants_in_force(day).filter(person=OuterRef("pk"))),
        heads_unit=Exists(Unit.objects.filter(head=OuterRef("pk"))),
    )


_standing = prepared(lambda person, day: with_standing(Person.objects.filter(pk=person), day), int, date)


def verdict_for(request, person) -> str:
    """Computes the verdict on the session's owner, from at most one query. Its rule of duties is `has_duties`."""
    [found] = [person] if hasattr(person, "has_factor") else _standing(person.pk, timezone.localdate())
    if found.has_factor or found.is_for_emergencies or _proven_elsewhere(request, person):
        return PROVEN
    has_duties = found.is_superuser or found.holds_role or found.heads_unit
    asked = settings.SECOND_FACTOR == "everyone" or (settings.SECOND_FACTOR == "roles" and has_duties)
    return WANTED if asked else SPARED


def is_missing(request, verdict: str) -> bool:
    """Must this session's owner set up a second factor before going on?"""
    if verdict == PROVEN:
        return False
    return verdict == WANTED or is_outside(get_adapter().get_client_ip(request))


def is_outside(address: str) -> bool:
    """Does the address lie outside the networks from which a password alone is enough?"""
    networks = settings.SECOND_FACTOR_NETWORKS
    return bool(networks) and not any(ipaddress.ip_address(address) in network for network in networks)


def _proven_elsewhere(request, person) -> bool:
    """Signed in by a provider that is known to ask for a second factor itself."""
    if not (settings.OIDC and settings.OIDC["proves_second_factor"]):
        return False
    records = get_authentication_records(request, person)
    return any(record.get("method") == "socialaccount" for record in records)
