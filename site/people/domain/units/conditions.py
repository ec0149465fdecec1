"""What must hold for a change to add up, each refused in words that say what to do instead."""

from datetime import date

from django.utils.translation import gettext as _

from people.models import Unit, UnitName, UnitPlacement
from shared.errors import DomainError


def refuse(message: str, **words) -> None:
    """Raises DomainError with the translated message; dates are written as dd/mm/yyyy."""
    texts = {name: f"{word:%d/%m/%Y}" if isinstance(word, date) else word for name, word in words.items()}
    raise DomainError(message % texts)


def require_open(unit: Unit, day: date) -> None:
    """The unit exists on `day` and no end of it has been recorded."""
    if day < unit.active_from:
        refuse(_("%(unit)s exists only from %(day)s on."), unit=unit, day=unit.active_from)
    if unit.active_to:
        refuse(_("%(unit)s is closed from %(day)s on; choose another unit."), unit=unit, day=unit.active_to)


def require_end_possible(unit: Unit, day: date) -> None:
    """The unit may end on `day`: it exists before, and nothing recorded about it begins on that day or later."""
    require_open(unit, day)
    if day == unit.active_from:
        refuse(_("%(unit)s begins on %(day)s; it can end on a later day only."), unit=unit, day=day)
    place = UnitPlacement.objects.filter(unit=unit, valid_from__gte=day).order_by("valid_from").first()
    if place:
        message = _("On %(day)s %(unit)s moves to %(parent)s, as recorded; choose a later day.")
        refuse(message, day=place.valid_from, unit=unit, parent=place.parent)
    name = UnitName.objects.filter(unit=unit, valid_from__gte=day).order_by("valid_from").first()
    if name:
        message = _("From %(day)s on %(unit)s is called “%(name)s”, as recorded; choose a later day.")
        refuse(message, day=name.valid_from, unit=unit, name=name)
