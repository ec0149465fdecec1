"""What keeps rows from being deleted: the rows that point at them, or at what would go with them, and PROTECT."""

from dataclasses import dataclass

from django.db.models import PROTECT, RESTRICT, Model, QuerySet
from django.db.models.deletion import CASCADE
from django.utils.text import capfirst

_HOLDING = (PROTECT, RESTRICT)


@dataclass(frozen=True)
class Dependents:
    """How many rows of one kind still need what was to be deleted."""

    model: type[Model]
    count: int

    @property
    def label(self):
        return self.model._meta.verbose_name if self.count == 1 else self.model._meta.verbose_name_plural

    def __str__(self):
        return f"{capfirst(self.label)}: {self.count}"


def dependents_of(rows: QuerySet, *, ignore: tuple[type[Model], ...] = ()) -> list[Dependents]:
    """The kinds of rows that forbid deleting `rows`, the most numerous first; empty: they may be deleted.

    Counts in the database, a few queries for each kind of row, whatever the number of rows.
    """
    holding: dict[type[Model], QuerySet] = {}
    _collect(rows, holding, set(ignore), set())
    counted = [Dependents(model, found.count()) for model, found in holding.items()]
    return sorted((kind for kind in counted if kind.count), key=lambda kind: -kind.count)


def _collect(rows: QuerySet, holding: dict, ignore: set, seen: set) -> None:
    """Notes in `holding` the rows that protect `rows`, and follows those that would be deleted with them."""
    for relation in rows.model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and (relation.one_to_one or relation.one_to_many)):
            continue
        if relation in seen or relation.related_model in ignore:
            continue
        seen.add(relation)
        field = relation.field
        pointing = relation.related_model._base_manager.filter(
            **{f"{field.name}__in": rows.order_by().values(field.target_field.attname)}
        )
        if relation.on_delete in _HOLDING:
            known = holding.get(relation.related_model)
            holding[relation.related_model] = (known | pointing) if known is not None else pointing
        elif relation.on_delete is CASCADE:
            _collect(pointing, holding, ignore, seen)
