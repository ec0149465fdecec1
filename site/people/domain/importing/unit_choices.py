"""An officer's word on names of units that a list uses and nobody knows, or that fit several units.

One decision counts for all rows with that name. The list is read again with it, from the file that was uploaded: so
what follows from a unit (who is in scope, whose record it is, which rows contradict each other) is found as if the
list had named it. Decisions hold for this list; a name can be remembered as an alias of the unit for later ones.
"""

# ruff: noqa: S608 (the statements are made of names of our own tables and columns only)

import json
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from people.domain import audit, units
from people.domain.importing import staged_problems
from people.domain.importing.intake import read_anew
from people.domain.importing.unit_lookup import CHOOSABLE
from people.domain.importing.unit_offers import UnitOffers
from people.domain.units.lock import lock_tree
from people.enums import ImportState
from people.models import ImportRow, PeopleImport, Person, Unit
from shared.errors import DomainError

CHOSEN = "unit_chosen"
REMEMBERED = frozenset({"unit_unknown", "unit_unknown_suggested"})  # a former unit's name is no other unit's alias
_NONE = "-"  # never a reference


@dataclass(frozen=True)
class UnitChoice:
    """`unit` is the id of the unit meant; None takes an earlier decision back."""

    reference: str
    unit: int | None
    remember: bool = False


@dataclass(frozen=True)
class UnitName:
    """A name in a list that needs a decision or has one: on how many rows, in which column, why it is asked about.

    `below` is the agency within which it is asked about, by id; None: anywhere in the list.
    """

    reference: str
    code: str
    column: str
    found: str
    params: dict
    rows: int

    @property
    def below(self) -> int | None:
        return self.params.get("below")

    @property
    def is_decided(self) -> bool:
        return self.code == CHOSEN

    @property
    def can_be_remembered(self) -> bool:
        return self.code in REMEMBERED


def unit_names_of(people_import: PeopleImport, *, most: int = 10_000, references=None) -> list[UnitName]:
    """The names to be decided on, the most frequent first, then those decided on. One query."""
    code, column, params = staged_problems.parts()
    reference = staged_problems.parameter("ask")
    codes = sorted(CHOOSABLE | {CHOSEN})
    wanted = f"AND {reference} IN ({_marks(references or [_NONE])})" if references is not None else ""
    statement = (
        f"SELECT {reference}, MIN({code}), MIN({column}), MIN({params}), COUNT(*) FROM {ImportRow._meta.db_table} AS "
        f"staged, {staged_problems.source()} WHERE staged.people_import_id = %s "
        f"AND (staged.kind = 'refused' OR staged.is_warned) AND {code} IN ({_marks(codes)}) "
        f"AND {reference} IS NOT NULL {wanted} GROUP BY 1 "
        f"ORDER BY CASE MIN({code}) WHEN '{CHOSEN}' THEN 1 ELSE 0 END, 5 DESC, 4, 1 LIMIT {int(most)}"
    )
    values = [people_import.pk, *codes, *(references or [_NONE] if references is not None else [])]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [_name(*row) for row in cursor.fetchall()]


def _marks(values) -> str:
    return ", ".join(["%s"] * len(values))


def _name(reference: str, code: str, column: str, params: str, rows: int) -> UnitName:
    read = json.loads(params)
    return UnitName(reference, code, column, read["found"], read, rows)


@transaction.atomic
def choose_units(people_import: PeopleImport, choices: list[UnitChoice], *, seen: int, actor: Person) -> int:
    """Notes the decisions and has the list read again; the answer is how many are new.

    `seen` is the number of the reading (`staging_round`) the officer decided on. Raises DomainError if the list was
    read anew since, as by somebody else's decisions, for a name the list does not ask about, and for a unit that was
    not offered; then nothing is noted.
    """
    if any(choice.remember for choice in choices):
        lock_tree()  # before the import, as confirming does
    stored = PeopleImport.objects.select_for_update(of=("self",)).select_related("unit").get(pk=people_import.pk)
    _must_be_as_seen(stored, seen)
    names = {name.reference: name for name in unit_names_of(stored, references=[one.reference for one in choices])}
    new = [choice for choice in choices if choice.unit != _chosen(stored, choice.reference)]
    if not new:
        return 0
    offers = UnitOffers(stored, actor)
    for choice in new:
        if choice.reference not in names:
            raise DomainError(_("The list does not ask about this name."))
        if choice.unit is not None and choice.unit not in offers:
            raise DomainError(_("This unit is not in your scope."))
    _note(stored, new, actor)
    _remember(new, names, actor)
    read_anew(stored)
    return len(new)


def _must_be_as_seen(stored: PeopleImport, seen: int) -> None:
    if stored.state == ImportState.READY and stored.staging_round == seen:
        return
    words = [_("Nothing was noted: the preview was made anew meanwhile.")]
    if stored.unit_choices:
        last = max(stored.unit_choices.values(), key=lambda choice: choice["at"])
        moment = timezone.localtime(parse_datetime(last["at"]))
        words.append(
            _("{who} has decided on names of units at {time}.").format(who=_name_of(last["by"]), time=f"{moment:%H:%M}")
        )
    raise DomainError(" ".join([*words, _("Look at it once more and decide on what is left.")]))


def _name_of(pk: int) -> str:
    return Person.objects.values_list("full_name", flat=True).get(pk=pk)


def _chosen(stored: PeopleImport, reference: str) -> int | None:
    return stored.unit_choices.get(reference, {}).get("unit")


def _note(stored: PeopleImport, new: list[UnitChoice], actor: Person) -> None:
    """The names themselves do not go into the log: a column that was mistaken for the units' may hold anything."""
    now = timezone.now().isoformat()
    for choice in new:
        stored.unit_choices.pop(choice.reference, None)
        if choice.unit is not None:
            stored.unit_choices[choice.reference] = {"unit": choice.unit, "by": actor.pk, "at": now}
    audit.record(
        actor, "people_import.units_chosen", stored, unit=stored.unit_id,
        names=len(new), units=sorted({choice.unit for choice in new if choice.unit is not None}),
    )  # fmt: skip


def _remember(new: list[UnitChoice], names: dict[str, UnitName], actor: Person) -> None:
    wanted = [one for one in new if one.remember and one.unit and names[one.reference].can_be_remembered]
    known = Unit.objects.in_bulk({one.unit for one in wanted})
    for one in wanted:
        units.add_alias(known[one.unit], names[one.reference].found, actor=actor)
