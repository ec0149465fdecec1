"""Urging from the HR desk: whom the desk's filters choose, narrowed by hand, and what has been sent."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import QueryDict

from courses.domain.reminding import urging
from courses.models import Obligation, Urging
from people.models import Person, Unit
from people.queries import kept_units_for, postings_in, units_headed_by
from people.rules import can_keep_people
from reports.desk import Desk

MOST_SHOWN = 200  # people with a box of their own; more are taken as the filters choose them


def units_urged_by(viewer: Person) -> QuerySet[Unit]:
    """The units whose people `viewer` may urge: those whose records are kept, and those headed."""
    return kept_units_for(viewer) | units_headed_by(viewer)


def can_urge(actor) -> bool:
    """HR officers, administrators and heads of units; inspectors only read."""
    if not actor.is_authenticated:
        return False
    return can_keep_people(actor) or units_headed_by(actor).exists()


@dataclass
class Recipient:
    """A person of the selection with what they still have to complete."""

    person: Person
    unit: str
    duties: list[Obligation]
    is_chosen: bool = True


class Selection:
    """Whom the filters of the desk choose, of those the viewer may urge. Raises Http404 as the desk does.

    `sent` are the filters of the desk; in a form also `shown` (people who had a box) and `person` (ticked ones).
    """

    def __init__(self, viewer: Person, filters: QueryDict, form: QueryDict | None = None):
        self.desk = Desk(viewer, filters)
        self._viewer = viewer
        self._shown = _numbers(form, "shown") if form else set()
        self._ticked = _numbers(form, "person") if form else set()

    @property
    def course(self):
        return self.desk.filters.course

    @cached_property
    def found(self) -> list[int]:
        """The ids of the people the filters choose who have something left to complete, by given name."""
        chosen = dict.fromkeys(row["person_id"] for row in self.desk.found.iterator(chunk_size=2000))
        may = set(postings_in(units_urged_by(self._viewer), self.desk.day).values_list("person", flat=True))
        open_ones: set[int] = set()
        people = [person for person in chosen if person in may]
        for start in range(0, len(people), 5000):
            duties = urging.duties_to_urge(people[start : start + 5000], self.course and self.course.pk)
            open_ones |= set(duties.values_list("person", flat=True))
        return [person for person in people if person in open_ones]

    @property
    def chosen(self) -> list[int]:
        """Without those whose box was left empty."""
        return [person for person in self.found if person not in self._shown or person in self._ticked]

    @property
    def more(self) -> int:
        """How many are chosen without a box of their own."""
        return max(0, len(self.found) - MOST_SHOWN)

    @cached_property
    def recipients(self) -> list[Recipient]:
        """Those with a box; a fixed number of queries."""
        ids = self.found[:MOST_SHOWN]
        duties: dict[int, list[Obligation]] = {person: [] for person in ids}
        wanted = urging.duties_to_urge(ids, self.course and self.course.pk)
        for duty in wanted.select_related("course", "person").order_by("due_on", "pk"):
            duties[duty.person_id].append(duty)
        held = postings_in(Unit.objects.all(), self.desk.day).filter(person__in=ids).select_related("unit")
        units = {posting.person_id: posting.unit.name for posting in held}
        chosen = set(self.chosen)
        return [
            Recipient(duties[person][0].person, units.get(person, ""), duties[person], person in chosen)
            for person in ids
            if duties[person]
        ]

    def sample(self, text: str) -> str:
        """The text as the first of those chosen will read it."""
        first = next((one for one in self.recipients if one.is_chosen), None)
        return urging.filled_in(text, first.duties[0]) if first else ""

    def send(self, text: str) -> Urging:
        """Raises DomainError without a text or if nobody is left."""
        return urging.urge(self.chosen, self.course.pk if self.course else None, text, actor=self._viewer)


def urgings_for(viewer: Person) -> QuerySet[Urging]:
    """What `viewer` has sent, newest first; nobody else reads it but in the log of changes."""
    return Urging.objects.filter(sent_by=viewer)


def _numbers(form: QueryDict, name: str) -> set[int]:
    return {int(value[:18]) for value in form.getlist(name) if value.isascii() and value.isdecimal()}
