"""Writes a planned province into the database: missing units first, then the people, in short transactions.

What is there already stays as it is, so a loading that was interrupted is finished by starting it again.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from people import national_id
from people.domain import audit
from people.domain.units import UnitRow, create_units
from people.models import AuditEntry, Person, Posting, Unit, UnitAlias
from people.province.facts import facts, marks, sizes
from people.province.persons import PlannedPerson, plan_people
from people.province.units import PlannedUnit, count_by_kind, plan_units
from shared.errors import DomainError

PEOPLE_AT_ONCE = 200  # with their postings well under 500 rows a transaction
_UNITS_AT_ONCE = 200
_BEGUN, _LOADED = "province.begun", "province.loaded"


class AnotherSeed(DomainError):
    """The same size was loaded with another seed: its people have the same numbers and other names."""


@dataclass
class Loaded:
    """What a loading did. `longest_transaction` in seconds counts those that wrote people."""

    size: str
    seed: int
    unchanged: bool = False
    units_created: int = 0
    people_created: int = 0
    postings_created: int = 0
    heads_set: int = 0
    units: dict[str, int] = field(default_factory=dict)
    longest_transaction: float = 0.0

    def as_dict(self) -> dict:
        return asdict(self)


def load_province(
    size: str,
    seed: int,
    *,
    with_people: bool = True,
    into_existing: bool = False,
    progress: Callable[[str], None] = lambda line: None,
) -> Loaded:
    """Writes the province of this size and seed; again changes nothing.

    Units that somebody else heads already keep their head and get no second one. Raises DomainError, before anything
    is written, where the site would not mark the people as illustrative, where real people are kept (unless
    `into_existing`), and where the same size was loaded with another seed.
    """
    done = Loaded(size, seed)
    if _has(_LOADED, size, seed):
        done.unchanged = True
        return done
    _require_fitting_place(size, seed, into_existing)
    plan = plan_units(size, _headed_by_others(size))
    done.units = count_by_kind(plan)
    done.units_created = _load_units(plan)
    progress(f"{len(plan)} units, {done.units_created} of them created")
    if with_people:
        _load_people(plan, done, progress)
    done.unchanged = not (done.units_created or done.people_created or done.heads_set)
    return done


def illustrative() -> Q:
    """Condition: a person of the fictional province, the demo's accounts among them."""
    number = r"^LG[0-9]{4,6}$"
    return (
        Q(work_email__endswith=f"@{marks()['email_domain']}")
        | Q(phone__startswith=marks()["phone_prefix"])
        | Q(staff_number__regex=number)
        | Q(username__iregex=number)
    )


def _require_fitting_place(size: str, seed: int, into_existing: bool) -> None:
    if not settings.DEMO_CONTENT:
        raise DomainError(
            _(
                "Demo content is switched off here (DEMO_CONTENT=0, or production settings), so pages and files would "
                "not say that these people are illustrative. Use another installation with DEMO_CONTENT=1."
            )
        )
    other = AuditEntry.objects.filter(action=_BEGUN, details__size=size).exclude(details__seed=seed).first()
    if other:
        raise AnotherSeed(
            _("The province of size %(size)s is here already, made with --seed %(seed)s. Use an empty database.")
            % {"size": size, "seed": other.details["seed"]}
        )
    technical = Q(is_superuser=True, postings__isnull=True)
    real = Person.objects.exclude(illustrative()).exclude(technical).count()
    if real and not into_existing:
        raise DomainError(
            _(
                "This database holds %(number)s people who are not illustrative. Nothing was written. "
                "Use an empty database, or --into-existing if these are test data too."
            )
            % {"number": real}
        )


def _has(action: str, size: str, seed: int) -> bool:
    return AuditEntry.objects.filter(action=action, details__size=size, details__seed=seed).exists()


def _headed_by_others(size: str) -> frozenset[str]:
    """Codes of units whose head is not one of the people of this size: an interrupted loading plans them again."""
    own = Q(head__staff_number__startswith=f"LG{sizes()[size]['series']}")
    others = Unit.objects.filter(head__isnull=False).exclude(own)
    return frozenset(others.values_list("code", flat=True))


# --- Units ------------------------------------------------------------------------------------------


def _load_units(plan: list[PlannedUnit]) -> int:
    there = dict(Unit.objects.filter(code__in=[unit.code for unit in plan]).values_list("code", "pk"))
    since = facts()["since"]
    rows = [
        UnitRow(
            code=unit.code,
            name=unit.name,
            parent=unit.parent,
            active_from=since,
            short_name=unit.short_name,
            kind=unit.kind,
            line=unit.line,
            aliases=unit.aliases,
        )
        for unit in plan
        if unit.code not in there
    ]
    if rows:
        create_units(rows)
    aliases = [
        UnitAlias(unit_id=there[unit.code], alias=alias)
        for unit in plan
        if unit.code in there
        for alias in unit.aliases
    ]
    UnitAlias.objects.bulk_create(aliases, batch_size=500, ignore_conflicts=True)
    return len(rows)


# --- People -----------------------------------------------------------------------------------------


def _load_people(plan: list[PlannedUnit], done: Loaded, progress) -> None:
    units = dict(Unit.objects.filter(code__in=[unit.code for unit in plan]).values_list("code", "pk"))
    series = f"LG{sizes()[done.size]['series']}"
    there = dict(Person.objects.filter(staff_number__startswith=series).values_list("staff_number", "pk"))
    if not _has(_BEGUN, done.size, done.seed):
        _note(_BEGUN, done)
    heads: dict[str, int] = {}
    for batch in _batches(plan_people(plan, done.size, done.seed), PEOPLE_AT_ONCE):
        missing = [person for person in batch if person.staff_number not in there]
        if missing:
            there |= _write(missing, units, done)
        for person in batch:
            heads |= dict.fromkeys(person.heads, there[person.staff_number])
        if missing and done.people_created % 5000 < PEOPLE_AT_ONCE:
            progress(f"{done.people_created} people")
    _set_heads({units[code]: head for code, head in heads.items()}, done)
    _note(_LOADED, done)


def _write(planned: list[PlannedPerson], units: dict[str, int], done: Loaded) -> dict[str, int]:
    """Writes people with their postings in one transaction; returns their ids by staff number."""
    people = [_account(person) for person in planned]  # keys are computed outside the transaction
    begun = time.monotonic()
    with transaction.atomic():
        Person.objects.bulk_create(people)
        postings = [
            Posting(
                person=person,
                unit_id=units[held.unit],
                position_title=held.title,
                job_title=held.job,
                grade=held.grade,
                position_group=held.group,
                employment_type=held.employment,
                is_manager=held.is_manager,
                is_primary=held.is_primary,
                valid_from=held.since,
            )
            for person, plan in zip(people, planned, strict=True)
            for held in plan.postings
        ]
        Posting.objects.bulk_create(postings)
    done.longest_transaction = max(done.longest_transaction, round(time.monotonic() - begun, 3))
    done.people_created += len(people)
    done.postings_created += len(postings)
    return {person.staff_number: person.pk for person in people}


def _account(planned: PlannedPerson) -> Person:
    return Person(
        username=planned.username,
        password=make_password(None),  # nobody can sign in until a password is chosen with an activation code
        full_name=planned.full_name,
        staff_number=planned.staff_number,
        work_email=planned.work_email,
        phone=planned.phone,
        birth_date=planned.birth_date,
        gender=planned.gender,
        national_id_hash=national_id.keyed_hash(planned.national_id),
    )


def _set_heads(heads: dict[int, int], done: Loaded) -> None:
    """Gives units without a head the planned one."""
    for batch in _batches(iter(heads.items()), _UNITS_AT_ONCE):
        with transaction.atomic():
            units = list(Unit.objects.select_for_update().filter(pk__in=dict(batch), head__isnull=True))
            for unit in units:
                unit.head_id = heads[unit.pk]
            Unit.objects.bulk_update(units, ["head"])
        done.heads_set += len(units)


def _note(action: str, done: Loaded) -> None:
    root = Unit.objects.get(code=facts()["province"]["code"])
    details = {"units": done.units_created, "people": done.people_created} if action == _LOADED else {}
    audit.record(None, action, root, size=done.size, seed=done.seed, **details)


def _batches(things: Iterator, size: int) -> Iterator[list]:
    while batch := list(islice(things, size)):
        yield batch
