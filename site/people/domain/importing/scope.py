"""Of which units and people an import may speak: the importer's own scope, narrowed to the import's unit."""

from datetime import date
from functools import cached_property

from people.domain.importing.records import PersonFacts
from people.models import Person, Unit, UnitClosure
from people.queries import current_on, kept_units_for, managed_accounts_for
from people.rules import can_administer_people


class Scope:
    """`actor` None is the system, whose scope is everything. `unit` None does not narrow it."""

    def __init__(self, actor: Person | None, unit: Unit | None, today: date):
        self.actor, self.unit, self.today = actor, unit, today
        self.may_administer = actor is None or can_administer_people(actor)

    @property
    def is_everything(self) -> bool:
        return self.may_administer and self.unit is None

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """The units rows may name. One query."""
        units = Unit.objects.all() if self.actor is None else kept_units_for(self.actor)
        if self.unit is not None:
            below = UnitClosure.objects.filter(current_on(self.today), ancestor=self.unit).values("descendant")
            units = units.filter(pk__in=below)
        return frozenset(units.values_list("pk", flat=True))

    def holds(self, person: PersonFacts) -> bool:
        """Whether the record is kept here: by a posting that goes on or is planned, else by the last one left."""
        if person.is_hidden or (person.is_superuser and not self._is_superuser):
            return False
        if self.is_everything:
            return True
        going_on = [posting for posting in person.postings if posting.valid_to is None or posting.valid_to > self.today]
        deciding = going_on or sorted(person.postings, key=lambda posting: posting.valid_to)[-1:]
        return any(posting.unit_id in self.unit_ids for posting in deciding)

    def manages(self, pks) -> frozenset[int]:
        """Those of the people whose sign-in data the importer may change (`queries.managed_accounts_for`)."""
        if self.may_administer:
            return frozenset(pks)
        return frozenset(managed_accounts_for(self.actor).filter(pk__in=pks).order_by().values_list("pk", flat=True))

    @property
    def _is_superuser(self) -> bool:
        return self.actor is None or self.actor.is_superuser
