"""The register of personal data: which model holds what about whom, why, how long, and what erasure does to it.

Every room fills it in its `AppConfig.ready()`, from a `personal_data.py` of its own. The public privacy notice, a
person's own page and download, the preview of an erasure, the erasure itself and the nightly removal of what is over
are all made from it. A test fails while a model that looks like personal data is in neither list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class Fate(models.TextChoices):
    """What happens to the rows when a person's data are erased."""

    KEPT = "kept", _("kept; they name nobody any more")
    ANONYMISED = "anonymised", _("kept without name and position")
    DELETED = "deleted", _("deleted")
    PROOF = "proof", _("kept as proof as long as the law asks")


@dataclass(frozen=True)
class Retention:
    """How long rows of a class are kept, and how those that are over are removed.

    `remove(moment, limit)` removes up to `limit` rows that were over at `moment`, in one short transaction, and
    returns how many there were. The days are those of `settings.RETENTION_DAYS[key]`, else `days`.
    """

    key: str
    days: int
    remove: Callable[[datetime, int], int]

    @property
    def days_set(self) -> int:
        return settings.RETENTION_DAYS.get(self.key, self.days)

    def moment(self) -> datetime:
        """Whatever ended before this moment is over."""
        return timezone.now() - timedelta(days=self.days_set)


@dataclass(frozen=True)
class DataClass:
    """Data of one purpose, in words for the people they are about."""

    key: str
    label: Any
    what: Any
    why: Any
    kept: Any
    place: int = 50  # in lists: the smaller, the earlier
    retention: Retention | None = None

    def fates(self) -> list[tuple[str, list[str]]]:
        """What erasure does, each with the kinds of rows it does that to; of rows about somebody."""
        found: dict[str, list[str]] = {}
        for holding in _holdings[self.key]:
            if holding.person or holding.fate == Fate.PROOF:
                label = capfirst(holding.label)
                if label not in found.setdefault(str(holding.fate.label), []):
                    found[str(holding.fate.label)].append(label)
        return list(found.items())


@dataclass(frozen=True)
class Holding:
    """One model of a class.

    `person` are the paths from a row to the people it is about, such as "enrolment__person"; none: the rows only
    mention people (who wrote, who approved). `shows` are the values a person may see and take away, by path,
    with a heading each. `erase(person)` does to the rows what `fate` says; without it nothing has to be done.
    `by_hand` says what somebody must still do after an erasure.
    """

    model: str
    fate: Fate
    person: tuple[str, ...] = ()
    shows: Mapping[str, Any] = field(default_factory=dict)
    erase: Callable[[models.Model], None] | None = None
    by_hand: Any = ""

    @property
    def model_class(self) -> type[models.Model]:
        return apps.get_model(self.model)

    @property
    def label(self):
        return self.model_class._meta.verbose_name_plural

    def rows_of(self, person) -> models.QuerySet:
        """The rows about `person`, oldest first."""
        about = Q()
        for path in self.person:
            about |= Q(**{path: person.pk})
        rows = self.model_class._base_manager.filter(about) if self.person else self.model_class._base_manager.none()
        return rows.order_by("pk")


_classes: dict[str, DataClass] = {}
_holdings: dict[str, list[Holding]] = {}
_not_personal: dict[str, str] = {}


def register(data_class: DataClass, *holdings: Holding) -> None:
    """Enters models that hold personal data. Several rooms may add to the same class."""
    known = _classes.setdefault(data_class.key, data_class)
    if known is not data_class:
        raise ValueError(f"There is another class of personal data with the key {data_class.key!r}.")
    listed = _holdings.setdefault(data_class.key, [])
    known_models = {holding.model for holding in listed}
    listed.extend(holding for holding in holdings if holding.model not in known_models)


def not_personal(because: str, *labels: str) -> None:
    """Enters models that look like personal data and hold none, with the reason."""
    _not_personal.update(dict.fromkeys(labels, because))


def classes() -> list[DataClass]:
    """All classes, in the order of lists."""
    return sorted(_classes.values(), key=lambda one: (one.place, one.key))


def holdings_of(data_class: DataClass) -> list[Holding]:
    return list(_holdings[data_class.key])


def all_holdings() -> list[Holding]:
    return [holding for one in classes() for holding in _holdings[one.key]]


def registered_models() -> set[str]:
    """The labels of all models entered, with personal data or without."""
    return {holding.model for holding in all_holdings()} | set(_not_personal)


def deletes(model: str, person: str = "person") -> Callable[[models.Model], None]:
    """For `Holding.erase`: deletes the rows whose `person` it is."""

    def delete(someone) -> None:
        apps.get_model(model)._base_manager.filter(**{person: someone}).delete()

    return delete


def removes(model: str, ended: str, **those) -> Callable[[datetime, int], int]:
    """For `Retention.remove`: deletes rows whose `ended` lies before the moment, among those that fit."""

    def remove(moment: datetime, limit: int) -> int:
        rows = apps.get_model(model)._base_manager
        over = rows.filter(**{f"{ended}__lt": moment}, **those).order_by("pk").values_list("pk", flat=True)[:limit]
        numbers = list(over)
        rows.filter(pk__in=numbers).delete()
        return len(numbers)

    return remove


EDITING = DataClass(
    key="editing",
    label=_("Work on content"),
    what=_("Who wrote, changed, approved or uploaded what, and when."),
    why=_("So that it can be followed who is responsible for what is published or decided."),
    kept=_("As long as the content itself."),
    place=90,
)
