"""Random histories of a small province, lived through twice: in the database by the domain's own verbs, and in plain
lists from which `Oracle` works out every figure day by day, slowly and without a word of SQL.

The oracle never reads an obligation, a reason or a closure row: it asks, for each day, each person and each rule,
whether the rule asked the person on that day.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import strategies as st

from courses.domain import assignment as assigning
from courses.domain import obligations
from courses.domain.assignment import Target
from courses.enums import DueKind, ExemptionKind, ExemptionState, Recurrence
from courses.models import Assignment, Exemption
from people.domain import postings
from people.domain.units import merge_units, move_unit
from people.models import Posting
from tests.reports import factories as make

DAYS = 9
ROOT, OFFICE, SECTION, BUREAU, CORNER = range(5)  # SECTION stands below OFFICE, CORNER below BUREAU
PARENTS = {OFFICE: ROOT, SECTION: OFFICE, BUREAU: ROOT, CORNER: BUREAU}
PEOPLE, COURSES = 4, 2
CERTIFIED = 0  # the course whose completions enter the register
WINDOW_OPENS = 5  # the day of the history on which the yearly rule's new window opens

_people, _units, _courses = st.integers(0, PEOPLE - 1), st.integers(ROOT, CORNER), st.integers(0, COURSES - 1)
_events = st.one_of(
    st.tuples(st.just("join"), _people, _units),
    st.tuples(st.just("move"), _people, _units),
    st.tuples(st.just("leave"), _people),
    st.tuples(st.just("begin"), _people, _courses),
    st.tuples(st.just("complete"), _people, _courses),
    st.tuples(st.just("exempt"), _people, _courses, st.sampled_from([1, 3, None])),
    st.tuples(st.just("defer"), _people, _courses, st.integers(1, 6)),
    st.tuples(st.just("move_unit"), st.sampled_from([SECTION, CORNER]), _units),
    st.tuples(st.just("merge"), st.sampled_from([OFFICE, SECTION, BUREAU, CORNER]), _units),
    st.tuples(
        st.just("ask"),
        _courses,
        _units,
        st.booleans(),
        st.sampled_from(["fixed", "yearly", "joining", "assignment"]),
        st.integers(0, 4),
    ),
    st.tuples(st.just("retire"), st.integers(0, 3)),
)
histories = st.tuples(
    st.lists(_units, min_size=PEOPLE, max_size=PEOPLE),
    st.lists(st.lists(_events, max_size=3), min_size=DAYS, max_size=DAYS),
)


@dataclass
class Rule:
    course: int
    unit: int
    with_subtree: bool
    kind: str
    days: int
    since: date
    until: date | None = None
    stored: Assignment | None = None


@dataclass
class Stretch:
    """Something that held from a day on, up to, not including, another."""

    what: int
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass
class History:
    """A province and everything that happened in it since `first`; the last day is today."""

    first: date
    stays: dict[int, list[Stretch]] = field(default_factory=lambda: {one: [] for one in range(PEOPLE)})
    places: dict[int, list[Stretch]] = field(default_factory=dict)
    closed: dict[int, date] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    freed: dict[tuple[int, int], list[Stretch]] = field(default_factory=dict)
    deferred: dict[tuple[int, int], list[tuple[date, date]]] = field(default_factory=dict)
    begun: dict[tuple[int, int], date] = field(default_factory=dict)
    done: dict[tuple[int, int], date] = field(default_factory=dict)

    def __post_init__(self):
        self.window = self.first + timedelta(days=WINDOW_OPENS)
        root = make.make_unit("Tỉnh")
        self.units = {ROOT: root}
        for unit, parent in PARENTS.items():
            self.units[unit] = make.make_unit(f"Đơn vị {unit}", self.units[parent])
            self.places[unit] = [Stretch(parent, make.LONG_AGO)]
        self.people = [make.make_person(f"Người {number}") for number in range(PEOPLE)]
        self.courses = [make.make_course(f"Khóa {number}", ("everyone",)) for number in range(COURSES)]

    def live(self, homes: list[int], days: list[list[tuple]]) -> None:
        for person, unit in enumerate(homes):
            if person:  # the first has not joined yet
                make.post(self.people[person], self.units[unit], valid_from=make.LONG_AGO)
                self.stays[person].append(Stretch(unit, make.LONG_AGO))
        for number, events in enumerate(days):
            day = self.first + timedelta(days=number)
            for kind, *details in events:
                getattr(self, f"_{kind}")(day, *details)
            obligations.evaluate_rules(day)

    # --- what can happen; each does nothing where it cannot ---

    def _join(self, day, person, unit):
        if self.posted(person, day) is None and self._is_open(unit) and not self._touched(person, day):
            make.post(self.people[person], self.units[unit], valid_from=day)
            self.stays[person].append(Stretch(unit, day))

    def _move(self, day, person, unit):
        held = self.posted(person, day)
        if held is None or held == unit or not self._is_open(unit) or self._touched(person, day):
            return
        postings.transfer(self._posting(person), self.units[unit], on=day, actor=None)
        self.stays[person][-1].until = day
        self.stays[person].append(Stretch(unit, day))

    def _leave(self, day, person):
        if self.posted(person, day) is not None and not self._touched(person, day):
            postings.end(self._posting(person), on=day, actor=None)
            self.stays[person][-1].until = day

    def _begin(self, day, person, course):
        if (person, course) not in self.begun:
            self.begun[person, course] = day
            cycle = obligations.due_cycle(self.people[person], self.courses[course]) or 1
            enrolment = make.begin(self.people[person], self.courses[course], cycle=cycle)
            enrolment.enrolled_at = make.at_noon(day)
            enrolment.save()

    def _complete(self, day, person, course):
        if (person, course) not in self.begun:
            self.begun[person, course] = self.done[person, course] = day
            cycle = obligations.due_cycle(self.people[person], self.courses[course]) or 1
            completion = make.complete(self.people[person], self.courses[course], day, cycle=cycle)
            completion.enrolment.enrolled_at = make.at_noon(day)
            completion.enrolment.save()
            if course == CERTIFIED:
                make.certify(completion)

    def _exempt(self, day, person, course, length):
        until = None if length is None else day + timedelta(days=length)
        self._exemption(ExemptionKind.EXEMPTION, person, course, day, until)
        self.freed.setdefault((person, course), []).append(Stretch(course, day, until))

    def _defer(self, day, person, course, length):
        until = day + timedelta(days=length)
        self._exemption(ExemptionKind.DEFERRAL, person, course, day, until)
        self.deferred.setdefault((person, course), []).append((day, until))

    def _exemption(self, kind, person, course, day, until):
        Exemption.objects.create(
            person=self.people[person],
            course=self.courses[course],
            kind=kind,
            state=ExemptionState.APPROVED,
            reason="Theo quyết định",
            valid_from=day,
            valid_to=until,
            decided_at=make.at_noon(day),
        )

    def _move_unit(self, day, unit, parent):
        below = unit in self.above(parent, day)
        if below or not (self._is_open(unit) and self._is_open(parent)) or self.places[unit][-1].what == parent:
            return
        if self.places[unit][-1].since < day:
            move_unit(self.units[unit], self.units[parent], day)
            self._place(unit, parent, day)

    def _merge(self, day, unit, heir):
        if not (self._is_open(unit) and self._is_open(heir)) or unit in self.above(heir, day):
            return
        if self.places[unit][-1].since == day or any(stay.since == day for stay in self._stays_in(unit)):
            return
        below = [one for one in self.places if self._is_open(one) and self.places[one][-1].what == unit]
        if any(self.places[one][-1].since == day for one in below):
            return
        merge_units([self.units[unit]], self.units[heir], day)
        self.closed[unit] = day
        self.places[unit][-1].until = day
        for stays in self.stays.values():
            if stays and stays[-1].what == unit and stays[-1].until is None:
                stays[-1].until = day
                stays.append(Stretch(heir, day))
        for one in below:
            self._place(one, heir, day)

    def _ask(self, day, course, unit, with_subtree, kind, days):
        if not self._is_open(unit):
            return
        fields = {
            "fixed": {"due_on": day + timedelta(days=days)},
            "yearly": {
                "due_on": _last_year(self.window + timedelta(days=days)),
                "window_opens_on": _last_year(self.window),
                "recurrence": Recurrence.YEARLY,
            },
            "joining": {"due_kind": DueKind.AFTER_JOINING, "due_days": days},
            "assignment": {"due_kind": DueKind.AFTER_ASSIGNMENT, "due_days": days},
        }[kind]
        made = Assignment(course=self.courses[course], active_from=day, newcomer_days=2, **fields)
        assigning.create_rule(made, [Target(self.units[unit], with_subtree)], actor=None)
        self.rules.append(Rule(course, unit, with_subtree, kind, days, day, stored=made))

    def _retire(self, day, number):
        if number < len(self.rules) and self.rules[number].until is None and self.rules[number].since < day:
            assigning.retire(self.rules[number].stored, actor=None, on=day)
            self.rules[number].until = day

    # --- how things stood ---

    def posted(self, person: int, day: date) -> int | None:
        return next((stay.what for stay in self.stays[person] if stay.holds(day)), None)

    def above(self, unit: int, day: date) -> list[int]:
        """The unit itself and all that it stood below on the day."""
        found = [unit]
        while place := next((place for place in self.places.get(found[-1], []) if place.holds(day)), None):
            found.append(place.what)
        return found

    def _is_open(self, unit: int) -> bool:
        return unit not in self.closed

    def _touched(self, person: int, day: date) -> bool:
        """One step a day for each person, as the postings want it."""
        return any(day in (stay.since, stay.until) for stay in self.stays[person])

    def _stays_in(self, unit: int) -> list[Stretch]:
        return [stay for stays in self.stays.values() for stay in stays if stay.what == unit]

    def _place(self, unit: int, parent: int, day: date) -> None:
        self.places[unit][-1].until = day
        self.places[unit].append(Stretch(parent, day))

    def _posting(self, person: int) -> Posting:
        return Posting.objects.get(person=self.people[person], is_primary=True, valid_to__isnull=True)


@dataclass
class Oracle:
    """What must be counted, worked out from a history's lists alone."""

    history: History

    def counts(self, day: date, root: int = ROOT, courses=range(COURSES)) -> dict[int, dict[str, int]]:
        """For each unit at or below `root` on the day, by number: its own people's counts."""
        names = ("obliged", "fulfilled", "certified", "in_progress", "not_started", "late", "due_soon", "exempt")
        found: dict[int, dict[str, int]] = {}
        obliged_people: dict[int, set[int]] = {}
        for person in range(PEOPLE):
            unit = self.history.posted(person, day)
            if unit is None or root not in self.history.above(unit, day):
                continue
            counts = found.setdefault(unit, dict.fromkeys(names, 0))
            for course in courses:
                for name in self.states(person, course, day):
                    counts[name] += 1
                    if name == "obliged":
                        obliged_people.setdefault(unit, set()).add(person)
        for unit, counts in found.items():
            counts["people"] = len(obliged_people.get(unit, ()))
        return {unit: counts for unit, counts in found.items() if any(counts.values())}

    def states(self, person: int, course: int, day: date) -> list[str]:
        """Among what one person and one course count on the day."""
        if self._is_free(person, course, day):
            return ["exempt"]
        asking = [rule for rule in self.history.rules if rule.course == course and self._asks(rule, person, day)]
        if not asking:
            return []
        cycle = max(self._cycle(rule, day) for rule in asking)
        due = min(self._due(rule, person, day) for rule in asking if self._cycle(rule, day) == cycle)
        later = [until for decided, until in self.history.deferred.get((person, course), []) if decided <= day]
        due = max([due, *later])
        counts_from = self._opened(day) if cycle > 1 else date.min
        done, begun = (found.get((person, course)) for found in (self.history.done, self.history.begun))
        if done and counts_from <= done <= day:
            return ["obliged", "fulfilled", *(["certified"] if course == CERTIFIED else [])]
        states = ["obliged"]
        of_this_cycle = begun and begun <= day and not (done and done < counts_from)
        states.append("in_progress" if of_this_cycle else "not_started")
        if due < day:
            states.append("late")
        elif due <= day + timedelta(days=7):
            states.append("due_soon")
        return states

    def _is_free(self, person: int, course: int, day: date) -> bool:
        return any(stretch.holds(day) for stretch in self.history.freed.get((person, course), []))

    def _asks(self, rule: Rule, person: int, day: date) -> bool:
        if not Stretch(0, rule.since, rule.until).holds(day) or self._is_free(person, rule.course, day):
            return False
        unit = self.history.posted(person, day)
        if unit is None:
            return False
        return unit == rule.unit or (rule.with_subtree and rule.unit in self.history.above(unit, day))

    def _opened(self, day: date) -> date:
        """The first day of the yearly window that runs on the day."""
        return self.history.window if day >= self.history.window else _last_year(self.history.window)

    def _cycle(self, rule: Rule, day: date) -> int:
        return self._opened(day).year if rule.kind == "yearly" else 1

    def _since(self, rule: Rule, person: int, day: date) -> date:
        """The first of the days without a gap on which the rule asked the person for the same cycle."""
        since = day
        while self._asks(rule, person, before := since - timedelta(days=1)) and self._cycle(
            rule, before
        ) == self._cycle(rule, day):
            since = before
        return since

    def _joined(self, person: int, day: date) -> date:
        joined = day
        while self.history.posted(person, joined - timedelta(days=1)) is not None:
            joined -= timedelta(days=1)
            if joined <= make.LONG_AGO:
                break
        return joined

    def _due(self, rule: Rule, person: int, day: date) -> date:
        since = self._since(rule, person, day)
        if rule.kind == "assignment":
            return since + timedelta(days=rule.days)
        if rule.kind == "joining":
            return max(self._joined(person, since), rule.since) + timedelta(days=rule.days)
        if rule.kind == "yearly":
            opens = max(self._opened(day), rule.since)
            due = self._opened(day) + timedelta(days=rule.days)
        else:
            opens, due = rule.since, rule.since + timedelta(days=rule.days)
        return max(due, since + timedelta(days=2)) if since > opens else due


def _last_year(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
