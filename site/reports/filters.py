"""What the viewer asked to see, read from the address. It makes the page, the files and the links alike."""

from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.db.models import Q
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.enums import EmploymentType, Gender, PositionGroup
from reports.queries import CourseName
from reports.scope import UnitNode, UnitTree
from shared.text.fold import fold

_LONGEST_SEARCH = 120


class State(models.TextChoices):
    """The values of `trang_thai`. Overdue and due soon cut across the rest: not completed, begun or not."""

    COMPLETED = "hoan-thanh", pgettext_lazy("training", "Completed")
    IN_PROGRESS = "dang-hoc", pgettext_lazy("training", "In progress")
    NOT_STARTED = "chua-hoc", pgettext_lazy("training", "Not started")
    OVERDUE = "qua-han", pgettext_lazy("training", "Overdue")
    DUE_SOON = "sap-den-han", pgettext_lazy("training", "Due within 7 days")
    CERTIFIED = "co-giay", pgettext_lazy("training", "With a certificate")


class Basis(models.TextChoices):
    """The values of `dien`: is the row part of the rate's denominator, or learning nobody asked for?"""

    COUNTED = "tinh-ty-le", pgettext_lazy("part of the completion rate", "Counted in the rate")
    VOLUNTARY = "tu-chon", pgettext_lazy("part of the completion rate", "Learning by choice")


class Group(models.TextChoices):
    """The values of `nhom`: kinds of people, by their posting or, where HR holds it, by gender. Never anything else."""

    LEADER, PROFESSIONAL, ONE_STOP, TEACHING, MEDICAL, SUPPORT = (
        (f"nhom-{choice.value}", choice.label) for choice in PositionGroup
    )
    OFFICIAL, CIVIL_SERVANT, PUBLIC_EMPLOYEE, CONTRACT_WORKER = (
        (f"loai-{choice.value}", choice.label) for choice in EmploymentType
    )
    MANAGERS = "lanh-dao", _("Leaders and managers")
    STAFF = "khong-lanh-dao", pgettext_lazy("people without others to lead", "Not leading others")
    FEMALE, MALE = ((f"gioi-{choice.value}", choice.label) for choice in Gender)

    @property
    def condition(self) -> Q:
        """The condition on a posting."""
        kind, _separator, value = self.value.partition("-")
        if self in (Group.MANAGERS, Group.STAFF):
            return Q(is_manager=self is Group.MANAGERS)
        name = {"nhom": "position_group", "loai": "employment_type", "gioi": "person__gender"}[kind]
        return Q(**{name: value})


@dataclass(frozen=True)
class Filters:
    """Checked filters. `ignored` names the parts of the address that made no sense and were left out.

    `unit` is None only if the scope has several roots and none was chosen; `only_direct` leaves out the
    people of the units below it. `day` is the day the figures are of; None: today.
    """

    unit: UnitNode | None = None
    only_direct: bool = False
    course: CourseName | None = None
    state: State | None = None
    basis: Basis | None = None
    text: str = ""
    day: date | None = None
    group: Group | None = None
    ignored: list[str] = field(default_factory=list)

    @property
    def searched(self) -> str:
        """The text as names are searched: without marks, without case."""
        return fold(self.text)

    @property
    def is_narrowed(self) -> bool:
        """Whether the list shows less than the figures above it count."""
        return bool(self.state or self.basis or self.group or self.searched)

    @property
    def asks_for_people(self) -> bool:
        """Whether the reader came for the list: it then stands above the table by unit."""
        return bool(self.state or self.group or self.searched)

    def parts(self, **changes) -> dict[str, str]:
        """These filters with some changed, as an address or the hidden fields of a form hold them."""
        names = ("unit", "only_direct", "course", "day", "state", "basis", "group", "text")
        chosen = {name: getattr(self, name) for name in names} | changes
        parts = {
            "don_vi": chosen["unit"].pk if chosen["unit"] else "",
            "rieng": "1" if chosen["only_direct"] else "",
            "khoa_hoc": chosen["course"].pk if chosen["course"] else "",
            "ngay": chosen["day"].isoformat() if chosen["day"] else "",
            "trang_thai": chosen["state"] or "",
            "dien": chosen["basis"] or "",
            "nhom": chosen["group"] or "",
            "q": chosen["text"],
        }
        return {name: str(value) for name, value in parts.items() if value}

    def address(self, **changes) -> str:
        """The part of an address after "?"."""
        return urlencode(self.parts(**changes))

    def of_figures(self, **changes) -> str:
        """As `address`, for a number of the summary: unit and course stay, what narrows the list goes."""
        return self.address(**({"state": None, "basis": None, "group": None, "text": ""} | changes))


def read_day(sent: QueryDict, today: date) -> tuple[date | None, list[str]]:
    """The former day asked for, None for today; and what was not understood. Nobody can count a day to come."""
    ignored: list[str] = []
    day = _choice(sent, "ngay", date.fromisoformat, ignored)
    if day and day > today:
        ignored.append(_shown("ngay", sent["ngay"]))
        day = None
    return (None if day == today else day), ignored


def read_filters(sent: QueryDict, tree: UnitTree, courses: dict[int, CourseName], today: date | None = None) -> Filters:
    """Checks what was sent. A unit out of scope or an unknown course is not found; nonsense is ignored.

    The tree is that of the day asked for (`read_day`).
    """
    day, ignored = read_day(sent, today or timezone.localdate())
    only_root = tree.roots[0] if len(tree.roots) == 1 else None
    unit = _chosen(sent, "don_vi", tree.nodes, ignored) or only_root
    return Filters(
        unit=unit,
        only_direct=_choice(sent, "rieng", {"1": unit is not None}.__getitem__, ignored) or False,
        course=_chosen(sent, "khoa_hoc", courses, ignored),
        state=_choice(sent, "trang_thai", State, ignored),
        basis=_choice(sent, "dien", Basis, ignored),
        day=day,
        group=_choice(sent, "nhom", Group, ignored),
        text=_search_text(sent, ignored),
        ignored=ignored,
    )


def _chosen(sent: QueryDict, name: str, known: dict, ignored: list[str]):
    """The thing whose id was sent, None if none was; raises Http404 for an id the viewer may not know of."""
    value = sent.get(name, "").strip()
    if not value:
        return None
    if not (value.isascii() and value.isdecimal()):
        ignored.append(_shown(name, value))
        return None
    thing = known.get(int(value[:18]))
    if thing is None:
        raise Http404
    return thing


def _choice(sent: QueryDict, name: str, read, ignored: list[str]):
    value = sent.get(name, "").strip()
    if not value:
        return None
    try:
        return read(value)
    except (ValueError, KeyError):
        ignored.append(_shown(name, value))
        return None


def _search_text(sent: QueryDict, ignored: list[str]) -> str:
    text = " ".join(sent.get("q", "").split())
    if text and (len(text) > _LONGEST_SEARCH or not fold(text)):
        ignored.append(_shown("q", text))
        return ""
    return text


def _shown(name: str, value: str) -> str:
    return f"{name}={value[:30]}"
