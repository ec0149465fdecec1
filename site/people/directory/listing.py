"""Who is found: one viewer's question to the directory. The page takes a slice, the files stream everything."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import islice

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from people.directory.filters import AccountState, Manager, Service, read_filters
from people.models import Dormancy, Person, Posting
from people.queries import not_over_on, people_for, postings_for, readable_units_for, serving_people, subtree_of
from people.sign_in.accounts import phone_digits
from people.unit_tree import UnitTree, tree_of
from shared.text.fold import fold

_CHUNK = 2000
_SHORTEST_ADDRESS, _SHORTEST_NUMBER = 3, 4


@dataclass
class Row:
    """A person and the posting the viewer knows them by: the primary one if it lies in the viewer's units."""

    person: Person
    posting: Posting | None
    others: int
    unit: str
    account: AccountState


class Listing:
    """Everything is scoped by `viewer` and one moment. Raises Http404 for a unit outside the viewer's."""

    def __init__(self, viewer: Person, sent: QueryDict, now: datetime | None = None):
        self.viewer = viewer
        self.now = timezone.localtime(now)
        self.day = self.now.date()
        self.filters = read_filters(sent, self.tree)

    @cached_property
    def tree(self) -> UnitTree:
        return tree_of(readable_units_for(self.viewer), self.day)

    @cached_property
    def found(self) -> QuerySet[Person]:
        """The people asked for, by given name."""
        people = self._in_units().filter(self._searched())
        people = people.annotate(is_resting=Exists(_resting()))
        return _with_account(people, self.filters.account)

    @cached_property
    def keys(self) -> QuerySet[int] | list[int]:
        """The ids of the people found, in their order: what is passed over costs least so.

        Of a search all at once, which is also their count: asked for the first fifty, PostgreSQL walks the names in
        their order to find few among many, which takes longer than to read and sort all that are found.
        """
        keys = self.found.values_list("pk", flat=True)
        return list(keys) if self.filters.text else keys

    def with_keys(self, keys: list[int]) -> list[Person]:
        """The people of a page of `keys`."""
        people = Person.objects.filter(pk__in=keys).annotate(is_resting=Exists(_resting()))
        return list(people.order_by("sort_key", "pk"))

    def rows(self, people: Iterable[Person]) -> Iterator[Row]:
        """The people as rows, their postings fetched for many at once."""
        people = iter(people)
        while chunk := list(islice(people, _CHUNK)):
            yield from self._rows_of(chunk)

    def _in_units(self) -> QuerySet[Person]:
        if self.filters.service is None:
            return serving_people(self.viewer, self._narrowed)
        return people_for(self.viewer).filter(self._in_service())

    def _in_service(self) -> Q:
        """The condition on postings: unit, group, employment and manager must hold of one and the same posting."""
        wanted, service = self._wanted_postings(), self.filters.service
        serving = Posting.objects.filter(not_over_on(self.day))
        if service == Service.LEFT:
            return ~Q(pk__in=serving.values("person")) & self._among(wanted)
        if service == Service.COMING:
            begun = Posting.objects.filter(not_over_on(self.day), valid_from__lte=self.day)
            return Q(pk__in=wanted.filter(valid_from__gt=self.day).values("person")) & ~Q(pk__in=begun.values("person"))
        return self._among(wanted)

    def _among(self, wanted: QuerySet[Posting]) -> Q:
        """With no filter on postings, people without any (guests) belong to the answer as well."""
        chosen = self.filters
        if chosen.unit or chosen.group or chosen.employment or chosen.manager:
            return Q(pk__in=wanted.values("person"))
        return Q()

    def _wanted_postings(self) -> QuerySet[Posting]:
        return self._narrowed(postings_for(self.viewer) if self.filters.unit is None else Posting.objects.all())

    def _narrowed(self, wanted: QuerySet[Posting]) -> QuerySet[Posting]:
        chosen = self.filters
        if chosen.unit:
            wanted = wanted.filter(unit__in=subtree_of([chosen.unit.pk], self.day))
        if chosen.group:
            wanted = wanted.filter(position_group=chosen.group)
        if chosen.employment:
            wanted = wanted.filter(employment_type=chosen.employment)
        if chosen.manager:
            wanted = wanted.filter(is_manager=chosen.manager == Manager.YES)
        return wanted

    def _searched(self) -> Q:
        """Every word in the name or staff number, without marks; or a part of the e-mail address or the phone."""
        text = self.filters.text
        if not text:
            return Q()
        condition = Q()
        for word in fold(text).split():
            condition &= Q(search_key__contains=word)
        if "@" in text or ("." in text and " " not in text and len(text) >= _SHORTEST_ADDRESS):
            condition |= Q(work_email__contains=text.lower())
        digits = phone_digits(text) or (text if text.isascii() and text.isdecimal() else "")
        if len(digits) >= _SHORTEST_NUMBER:
            condition |= Q(phone__contains=digits)
        return condition

    def _rows_of(self, people: list[Person]) -> Iterator[Row]:
        held: dict[int, list[Posting]] = {person.pk: [] for person in people}
        for posting in postings_for(self.viewer).filter(person__in=people).order_by("valid_from", "pk"):
            held[posting.person_id].append(posting)
        for person in people:
            postings = held[person.pk]
            shown = _foremost(postings, self.day)
            serving = [one for one in postings if one.valid_to is None or one.valid_to > self.day]
            yield Row(
                person=person,
                posting=shown,
                others=max(len(serving) - 1, 0),
                unit=self._unit_name(shown),
                account=account_state(person, person.is_resting),
            )

    def _unit_name(self, posting: Posting | None) -> str:
        if posting is None:
            return ""
        node = self.tree.nodes.get(posting.unit_id)
        return node.label if node else posting.unit.name


def account_state(person: Person, is_resting: bool) -> AccountState:
    if not person.is_active:
        return AccountState.CLOSED
    if is_resting:
        return AccountState.RESTING
    return AccountState.ACTIVE if person.last_login else AccountState.NEVER_USED


def _foremost(postings: list[Posting], day: date) -> Posting | None:
    """The posting held today, the primary one first; else the next to come; else the last."""

    def rank(posting: Posting):
        if posting.valid_to is not None and posting.valid_to <= day:
            return (2, -posting.valid_to.toordinal(), not posting.is_primary)
        if posting.valid_from > day:
            return (1, posting.valid_from.toordinal(), not posting.is_primary)
        return (0, not posting.is_primary, posting.valid_from.toordinal())

    return min(postings, key=rank, default=None)


def _with_account(people: QuerySet[Person], state: AccountState | None) -> QuerySet[Person]:
    if state == AccountState.CLOSED:
        return people.filter(is_active=False)
    if state == AccountState.RESTING:
        return people.filter(is_active=True, is_resting=True)
    if state == AccountState.NEVER_USED:
        return people.filter(is_active=True, is_resting=False, last_login__isnull=True)
    if state == AccountState.ACTIVE:
        return people.filter(is_active=True, is_resting=False, last_login__isnull=False)
    return people


def _resting() -> QuerySet[Dormancy]:
    return Dormancy.objects.filter(person=OuterRef("pk"), ended_at__isnull=True)
