"""What a unit is called, from which day on, and by which other names imports know it."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain import audit
from people.domain.units.conditions import refuse, require_open
from people.domain.units.lock import locked
from people.domain.units.settling import note_change
from people.enums import UnitEvent
from people.models import Person, Unit, UnitAlias, UnitName
from shared.text.fold import fold, to_nfc


@transaction.atomic
def rename_unit(
    unit: Unit, name: str, short_name: str, *, actor: Person | None, effective: date | None = None, basis: str = ""
) -> Unit:
    """Gives the unit another name from `effective` (default: today) on; returns the unit as stored.

    Evidence keeps the name it was written with; the former name becomes an alias, so that imports still know it. On
    the very day a name began it is corrected instead, and leaves no trace but in the log. Raises DomainError before
    that day, or if the unit has a recorded end.
    """
    unit = locked(unit)[0]
    effective = effective or timezone.localdate()
    require_open(unit, effective)
    last = last_name(unit)
    former, now = _both(last.name, last.short_name), _both(to_nfc(name), to_nfc(short_name))
    if now == former:
        return unit
    if effective < last.valid_from:
        refuse(_("The name must take effect on %(day)s or later: the last recorded name begins on that day."),
               day=last.valid_from)  # fmt: skip
    if effective == last.valid_from:
        UnitName.objects.filter(pk=last.pk).update(**now)
    else:
        UnitName.objects.filter(pk=last.pk).update(valid_to=effective)
        UnitName.objects.create(unit=unit, valid_from=effective, **now)
    note_change(unit, UnitEvent.RENAMED, effective, basis=basis)
    details = {"from": former, "to": now, "effective": effective.isoformat()}
    audit.record(actor, "unit.renamed", unit, **details, basis=basis)
    unit.refresh_from_db()
    return unit


def last_name(unit: Unit) -> UnitName:
    """The name that holds from its day on without end; for a unit written without one, its present name."""
    present = {"name": unit.name, "short_name": unit.short_name, "valid_from": unit.active_from}
    return UnitName.objects.get_or_create(unit=unit, valid_to=None, defaults=present)[0]


@transaction.atomic
def set_aliases(unit: Unit, aliases: list[str], *, actor: Person | None) -> None:
    """The other names by which imports know the unit, in place of those it had. Empty ones are left out."""
    unit = locked(unit)[0]
    wanted = {fold(alias): to_nfc(alias) for alias in aliases if fold(alias)}
    before = set(UnitAlias.objects.filter(unit=unit).values_list("alias", flat=True))
    now = set(wanted.values())
    if now == before:
        return
    UnitAlias.objects.filter(unit=unit).delete()
    UnitAlias.objects.bulk_create(UnitAlias(unit=unit, alias=alias) for alias in wanted.values())
    audit.record(actor, "unit.aliases_changed", unit, added=sorted(now - before), removed=sorted(before - now))


@transaction.atomic
def add_alias(unit: Unit, alias: str, *, actor: Person | None) -> None:
    """One more name by which imports know the unit; a name it has already is no news."""
    unit = locked(unit)[0]
    alias, key = to_nfc(alias), fold(alias)
    if not key or UnitAlias.objects.filter(unit=unit, key=key).exists():
        return
    UnitAlias.objects.create(unit=unit, alias=alias)
    audit.record(actor, "unit.aliases_changed", unit, added=[alias], removed=[])


def _both(name: str, short_name: str) -> dict[str, str]:
    return {"name": name, "short_name": short_name}
