"""From what a row, its section or its sheet calls a unit to the unit."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date

from django.db.models import FilteredRelation

from people.domain.importing.scope import Scope
from people.enums import UnitKind
from people.models import Unit, UnitAlias, UnitName
from people.queries import current_on
from people.sheets.problems import Problem
from people.sheets.unit_names import KnownUnit, UnitIndex, is_district, key_of
from shared.text.dates import short_date

_MOST_NAMED, _MOST_PARTS = 4, 4
# Names of units an officer may decide on. One that is out of scope is not among them: it is clear which unit it means.
CHOOSABLE = frozenset(
    {
        "unit_unknown", "unit_unknown_suggested", "unit_ambiguous", "unit_abolished", "unit_closed",
        "unit_closed_replaced",
    }
)  # fmt: skip
# What stands between part and whole in one cell. A dash may also belong to a name (“Văn hóa - Xã hội”): tried last.
_SEAMS = (
    re.compile(r"\s*[,;/()]\s*|\s+(?:trực )?thuộc\s+", re.IGNORECASE),
    re.compile(r"\s*[,;/()]\s*|\s+(?:trực )?thuộc\s+|\s+[-–—]\s+", re.IGNORECASE),
)


class UnitLookup:
    """All units by name, first those of the scope. Three queries, then everything is in memory.

    `context` is what the sheet says above the table or in its name: the agency whose parts the rows name.
    """

    def __init__(self, scope: Scope, effective: date, choices: Mapping[str, int] | None = None):
        """`choices`: units an officer said names of this list stand for, by `reference_of`."""
        self.scope, self.effective, self.choices = scope, effective, choices or {}
        self.active: dict[int, tuple[date, date | None, int | None]] = {}
        known = self._known_units()
        self.all = UnitIndex.of(known)
        inside = [unit for unit in known if unit.pk in scope.unit_ids and self._stands(unit.pk)]
        self.inside = UnitIndex.of(inside)
        self._found: dict[tuple, tuple[int | None, tuple[Problem, ...]]] = {}

    def _known_units(self) -> list[KnownUnit]:
        names: dict[int, list[str]] = {}
        for pk, alias in UnitAlias.objects.values_list("unit_id", "alias"):
            names.setdefault(pk, []).append(alias)
        for pk, name, short in UnitName.objects.values_list("unit_id", "name", "short_name"):
            names.setdefault(pk, []).extend((name, short))
        rows = list(
            Unit.objects.annotate(
                place=FilteredRelation("placements", condition=current_on(self.effective, "placements__"))
            )
            .order_by("pk")
            .values_list(
                "pk",
                "code",
                "name",
                "short_name",
                "active_from",
                "active_to",
                "replaced_by_id",
                "place__parent_id",
                "kind",
            )
        )
        name_of = {row[0]: row[2] for row in rows}
        parent_of = {row[0]: row[7] for row in rows}
        units = []
        self.provinces = {row[0] for row in rows if row[8] == UnitKind.PROVINCE}
        for pk, code, name, short, since, until, successor, parent, _kind in rows:
            self.active[pk] = (since, until, successor)
            called = tuple(dict.fromkeys(text for text in (name, short, *names.get(pk, ())) if text))
            units.append(KnownUnit(pk, code, name, called, parent, _tails(pk, name_of, parent_of)))
        return units

    def _stands(self, pk: int) -> bool:
        since, until, _successor = self.active[pk]
        return since <= self.effective and (until is None or until > self.effective)

    def names_unit(self, text: str) -> bool:
        """Whether a lone text in a sheet is the name of a unit of the scope."""
        return bool(self.inside.exactly(text))

    def name_of(self, pk: int) -> str:
        """The unit's name with that of the unit above, as each commune has its “Văn phòng”."""
        unit = self.all.units[pk]
        above = self.all.units.get(unit.parent) if unit.parent else None
        if above is None or above.parent is None or key_of(above.name).removeprefix("ubnd ") in key_of(unit.name):
            return unit.name
        return f"{unit.name}, {above.name}"

    def context_of(self, texts: list[str]) -> int | None:
        """The agency the title rows name, such as “UBND XÃ THƯỢNG SƠN”: the lowest unit that is named exactly."""
        for text in reversed(texts):
            for part in (text, text.partition(":")[2]):
                found = self.inside.exactly(part) if part.strip() else set()
                if len(found) == 1:
                    return found.pop()
        return None

    def find(self, values: dict, context: int | None, fallback: int | None) -> tuple[int | None, tuple[Problem, ...]]:
        """(unit, problems) for the texts of a row. Equal texts are looked up once."""
        key = (*(values.get(name, "") for name in ("unit_code", "unit", "division", "section")), context)
        if key not in self._found:
            self._found[key] = self._find(*key, fallback)
        return self._found[key]

    def _find(self, code, unit, division, section, context, fallback):
        if code:
            return self._by_code(code)
        if unit:
            agency, problems = self._resolve(unit, "unit", context if context is not None else fallback)
            if agency is None or not division:
                return agency, problems
            part, further = self._resolve(division, "division", agency, must_be_below=True)
            return part, (*problems, *further)
        place = context if context is not None else fallback
        if section:
            within, problems = self._resolve(section, "section", place)
            if division and within is not None:
                part, further = self._resolve(division, "division", within)
                return part, (*problems, *further)
            if division and within is None:
                return self._resolve(division, "division", place)
            return within, problems
        if division:
            return self._resolve(division, "division", place)
        if place is not None and place not in self.provinces:  # a province's letterhead says nobody's unit
            return place, ()
        return None, (Problem("unit_missing", "unit"),)

    def _by_code(self, code: str):
        found = self.inside.by_code(code)
        if found is not None:
            return found, ()
        return self._decided(code, "unit_code", None) or (None, (self._why_not(code, "unit_code"),))

    def _decided(self, text: str, column: str, below: int | None):
        """What an officer decided on this name, if the unit is still one rows may speak of; else None."""
        for place in dict.fromkeys((below, None)):
            pk = self.choices.get(reference_of(text, column, place))
            if pk in self.inside.units:
                asked = {"found": text, "unit": self.name_of(pk), **_asking(text, column, place)}
                return pk, (Problem("unit_chosen", column, asked),)
        return None

    def _resolve(self, text: str, column: str, below: int | None, *, must_be_below: bool = False):
        """Exactly first, then abbreviated; below the known agency first, then anywhere in the scope."""
        column_shown = "unit" if column == "section" else column
        if decided := self._decided(text, column_shown, below):
            return decided
        for found in self._readings(text, below, must_be_below):
            if len(found) == 1:
                [pk] = found
                exact = pk in self.inside.exactly(text)
                note = (
                    () if exact else (Problem("unit_guessed", column_shown, {"found": text, "unit": self.name_of(pk)}),)
                )
                return pk, note
            if found:
                return None, (self._ambiguous(text, column_shown, found, below),)
        if below is not None and must_be_below and self._same_unit(text, below):
            return below, ()
        composed = self._composed(text)
        inside = {pk for pk in composed & set(self.inside.units) if self._fits_below(pk, below)}
        if len(inside) == 1:
            return inside.pop(), ()
        if composed and not inside:
            return None, (Problem("unit_outside_scope", column_shown, {"found": text}),)
        return None, (self._why_not(text, column_shown, below if must_be_below else None),)

    def _readings(self, text: str, below: int | None, must_be_below: bool):
        exact = self.inside.exactly(text)
        if below is not None:
            yield {pk for pk in exact if self.inside.is_below(pk, below)} if below in self.inside.units else set()
            if not must_be_below:
                yield exact
            yield set(self.inside.guessed(text, below)) if below in self.inside.units else set()
            if must_be_below:
                return
        else:
            yield exact
        yield set(self.inside.guessed(text))

    def _composed(self, text: str) -> set[int]:
        """The units meant by part and whole in one cell: “Phòng Kinh tế, UBND xã Thượng Sơn”, in either order.

        So we name units ourselves where names alone are ambiguous, and so many lists do.
        """
        for seams in _SEAMS:
            parts = [part for part in seams.split(text) if part.strip()]
            if 2 <= len(parts) <= _MOST_PARTS:
                found = {self._nested(order) for order in (parts, parts[::-1])} - {None}
                if found:
                    return found
        return set()

    def _nested(self, outermost_first: list[str]) -> int | None:
        """The unit at the end of a chain of names, each below the one before; also beyond the scope."""
        place: int | None = None
        for text in outermost_first:
            found = self.all.exactly(text)
            if place is not None:
                found = {pk for pk in found if self.all.is_below(pk, place)} or set(self.all.guessed(text, place))
            found = {pk for pk in found if self._stands(pk)}
            if len(found) != 1:
                return None
            place = found.pop()
        return place

    def _fits_below(self, pk: int, below: int | None) -> bool:
        return below is None or pk == below or self.inside.is_below(pk, below)

    def _same_unit(self, text: str, pk: int) -> bool:
        return pk in self.inside.exactly(text)

    def _ambiguous(self, text: str, column: str, found: set[int], below: int | None) -> Problem:
        """Who decides on it decides for the agency in which it is ambiguous, else for the whole list."""
        place = below if below is not None and all(self._fits_below(pk, below) for pk in found) else None
        named = [f"{self.name_of(pk)} ({self.all.units[pk].code})" for pk in sorted(found)[:_MOST_NAMED]]
        more = " …" if len(found) > _MOST_NAMED else ""
        candidates = {"candidates": "; ".join(named) + more}
        return Problem("unit_ambiguous", column, {"found": text, **candidates, **_asking(text, column, place)})

    def _why_not(self, text: str, column: str, below: int | None = None) -> Problem:
        """The reason a text names no unit of the scope, as exactly as can be told."""
        problem = self._reason(text, column)
        if problem.code in CHOOSABLE:
            problem.params.update(_asking(text, column, below))
        return problem

    def _reason(self, text: str, column: str) -> Problem:
        everywhere = self.all.exactly(text)
        standing = {pk for pk in everywhere if self._stands(pk)}
        if standing - self.scope.unit_ids:
            return Problem("unit_outside_scope", column, {"found": text})
        for pk in sorted(everywhere):
            since, _until, successor = self.active[pk]
            if since > self.effective:
                return Problem("unit_not_yet", column, {"unit": text, "day": short_date(self.effective)})
            if successor in self.all.units:
                return Problem(
                    "unit_closed_replaced", column, {"found": text, "successor": self.all.units[successor].name}
                )
            return Problem("unit_closed", column, {"found": text})
        if is_district(text):
            return Problem("unit_abolished", column, {"found": text})
        if any(self._stands(pk) for pk in self.all.guessed(text)):
            return Problem("unit_outside_scope", column, {"found": text})
        if near := self.inside.close_to(text):
            return Problem("unit_unknown_suggested", column, {"found": text, "suggestion": near})
        return Problem("unit_unknown", column, {"found": text})


def reference_of(text: str, column: str, below: int | None) -> str:
    """A short name for a text of a column, within the agency `below` if it is given: equal but for marks and case."""
    said = f"{column}|{key_of(text)}|{below or ''}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _asking(text: str, column: str, below: int | None) -> dict:
    """What a problem carries so that an officer can decide on it."""
    place = {} if below is None else {"below": below}
    return {"ask": reference_of(text, column, below), **place}


def _tails(pk: int, name_of: dict, parent_of: dict) -> tuple[str, ...]:
    """What may be missing at the end of a unit's name: the words of the units above it, with and without “UBND”."""
    tails, above, steps = [], parent_of.get(pk), 0
    while above is not None and steps < 20:
        tail = key_of(name_of.get(above, ""))
        tails += [tail, tail.removeprefix("ubnd "), tail.removeprefix("tinh ")]
        above, steps = parent_of.get(above), steps + 1
    return tuple(dict.fromkeys(tail for tail in tails if tail))
