"""What is still true of a step at the moment of sending, in words: to learners, to heads of units, above them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.domain.reminding.ladder import DUTIES, UNITS, open_duties
from courses.enums import ReminderKind
from courses.models import Obligation, ObligationReason
from notices.domain.topics import Event, Line, Topic, one_by_one, register, register_calendar
from people.models import Posting, Unit
from people.queries import current_on, units_headed_by
from shared.text.dates import short_date

MOST_NAMES = 100  # a letter names no more; the desk does


def declare() -> None:
    part_of_the_duty = gettext_lazy("Learning is required, and so are its due dates.")
    register(Topic(DUTIES, gettext_lazy("Courses assigned, due dates, overdue courses"), _duties, why=part_of_the_duty))
    register(
        Topic(
            UNITS,
            gettext_lazy("Overdue courses in the units one heads"),
            one_by_one(_units),
            why=gettext_lazy("The head of a unit answers for its learning."),
        )
    )
    register_calendar(_due_days)


# --- to the learner -------------------------------------------------------------------------------------


def _duties(asked, today: date) -> dict[int, list[Line]]:
    """One line a duty, of the most urgent of its steps that is still true."""
    by_duty = defaultdict(list)
    for _person, matters in asked:
        for matter in matters:
            by_duty[matter.subject_id].append(matter)
    duties = _with_course(open_duties().filter(pk__in=by_duty)).order_by("due_on", "pk")
    true = [(duty, [one for one in by_duty[duty.pk] if _is_true(one, duty, today)]) for duty in duties]
    new = [duty.pk for duty, steps in true if any(one.step.startswith(ReminderKind.ASSIGNED) for one in steps)]
    reasons = _directives(new) if new else {}
    lines = defaultdict(list)
    for duty, steps in true:
        if steps:
            lines[duty.person_id].append(_line(duty, steps, reasons.get(duty.pk, ""), today))
    return lines


def _with_course(duties: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """With what a letter says of the course; the page itself, a large object, is not needed for that."""
    return duties.annotate(
        course_title=F("course__title"), course_slug=F("course__slug"), course_minutes=F("course__duration_minutes")
    )


def _is_true(matter, duty: Obligation, today: date) -> bool:
    """A new duty is new until it is late; the other steps belong to a due day. A duty is told to its own person."""
    if matter.person_id != duty.person_id:
        return False
    if matter.step.startswith(ReminderKind.ASSIGNED):
        return duty.due_on >= today
    is_late = duty.due_on < today
    return matter.occasion == duty.due_on and is_late == matter.step.startswith(ReminderKind.OVERDUE)


def _line(duty: Obligation, matters, directive: str, today: date) -> Line:
    course, days = duty.course_title, (duty.due_on - today).days
    values = {"course": course, "day": short_date(duty.due_on), "count": abs(days)}
    if days < 0:
        title = ngettext(
            "%(count)s day overdue: “%(course)s”, due on %(day)s",
            "%(count)s days overdue: “%(course)s”, due on %(day)s",
            -days,
        )
    elif all(one.step.startswith(ReminderKind.ASSIGNED) for one in matters):
        title = _("Assigned: “%(course)s”, to be completed by %(day)s")
    elif days == 0:
        title = _("Due today: “%(course)s”")
    else:
        title = ngettext(
            "%(count)s day left: “%(course)s”, due on %(day)s",
            "%(count)s days left: “%(course)s”, due on %(day)s",
            days,
        )
    minutes = duty.course_minutes
    text = ngettext("It takes about %(count)s minute.", "It takes about %(count)s minutes.", minutes)
    parts = [text % {"count": minutes}] if minutes else []
    if directive:
        parts.insert(0, _("Because of %(directive)s.") % {"directive": directive})
    return Line(
        matters=tuple(one.pk for one in matters),
        title=title % values,
        text=" ".join(parts),
        path=reverse("course", args=[duty.course_slug]),
        action=_("To the course"),
        place=10 if days < 0 else 20,
        event=_event(duty) if days >= 0 else None,
    )


def _directives(duties: list[int]) -> dict[int, str]:
    """The document each duty rests on, the one with the earliest day first."""
    rows = ObligationReason.objects.filter(
        obligation__in=duties, until__isnull=True, assignment__directive__isnull=False
    ).order_by("-due_on", "-pk")
    return dict(rows.values_list("obligation", "assignment__directive__number"))


def _event(duty: Obligation) -> Event:
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    title = _("Due: %(course)s") % {"course": duty.course_title}
    return Event(f"duty-{duty.pk}@{host}", duty.due_on, title, reverse("course", args=[duty.course_slug]))


def _due_days(person) -> list[Event]:
    duties = _with_course(open_duties().filter(person=person)).order_by("due_on", "pk")
    return [_event(duty) for duty in duties]


# --- to the heads of units ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Late:
    """A duty that is late, as far as the letters to heads of units tell of it."""

    pk: int
    due_on: date
    course: int
    course_title: str
    person: int
    full_name: str
    sort_key: str


_OF_LATE = ("pk", "due_on", "course_id", "course__title", "person_id", "person__full_name", "person__sort_key")


def _units(person, matters, today: date) -> list[Line]:
    """To the head of a unit the late of that unit by name; to the heads above, how many in which unit."""
    of_duty = {matter.subject_id: matter for matter in matters}
    duties = [one for one in _late(list(of_duty), today) if one.due_on == of_duty[one.pk].occasion]
    held = Posting.objects.filter(
        current_on(today), person__in={duty.person for duty in duties}, is_primary=True, person__is_active=True
    )
    unit_of = dict(held.values_list("person", "unit"))
    units = Unit.objects.in_bulk(set(unit_of.values()))
    below = set(units_headed_by(person).values_list("pk", flat=True)) if duties else set()
    own, counted = defaultdict(list), defaultdict(list)
    for duty in duties:
        unit = units.get(unit_of.get(duty.person))
        if unit is None or unit.pk not in below:
            continue
        if of_duty[duty.pk].step.startswith(ReminderKind.HEAD):
            if unit.head_id == person.pk:
                own[unit.pk, duty.course].append((duty, unit))
        else:
            counted[duty.course].append((duty, unit))
    lines = [_named(found, of_duty, today) for found in own.values()]
    return lines + [_counted(found, of_duty) for found in counted.values()]


def _late(duties: list[int], today: date) -> list[_Late]:
    """Those that are late and open, of people who may be spoken of. The head of a province is told of thousands."""
    late = open_duties().filter(pk__in=duties, due_on__lt=today, person__restricted_at__isnull=True)
    return [_Late(*row) for row in late.order_by("pk").values_list(*_OF_LATE)]


def _named(found: list[tuple[_Late, Unit]], of_duty, today: date) -> Line:
    (first, unit), count = found[0], len(found)
    names = [
        ngettext("%(name)s, %(count)s day overdue", "%(name)s, %(count)s days overdue", (today - duty.due_on).days)
        % {"name": duty.full_name, "count": (today - duty.due_on).days}
        for duty, _unit in sorted(found, key=lambda pair: (pair[0].due_on, pair[0].sort_key))[:MOST_NAMES]
    ]
    if count > MOST_NAMES:
        names.append(_("and %(count)s more") % {"count": count - MOST_NAMES})
    title = ngettext(
        "%(unit)s: %(count)s person is overdue with “%(course)s”",
        "%(unit)s: %(count)s people are overdue with “%(course)s”",
        count,
    )
    return Line(
        matters=tuple(of_duty[duty.pk].pk for duty, _unit in found),
        title=title % {"unit": unit.name, "count": count, "course": first.course_title},
        path=_desk(unit.pk, first.course),
        action=_("To the list"),
        names=tuple(names),
        place=30,
    )


def _counted(found: list[tuple[_Late, Unit]], of_duty) -> Line:
    by_unit = defaultdict(int)
    for _duty, unit in found:
        by_unit[unit.name, unit.pk] += 1
    most_first = sorted(by_unit.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [
        ngettext("%(unit)s: %(count)s person", "%(unit)s: %(count)s people", count) % {"unit": name, "count": count}
        for (name, _pk), count in most_first[:MOST_NAMES]
    ]
    if len(most_first) > MOST_NAMES:
        lines.append(_("and %(count)s more") % {"count": len(most_first) - MOST_NAMES})
    first = found[0][0]
    title = ngettext(
        "Units below: %(count)s person is long overdue with “%(course)s”",
        "Units below: %(count)s people are long overdue with “%(course)s”",
        len(found),
    )
    return Line(
        matters=tuple(of_duty[duty.pk].pk for duty, _unit in found),
        title=title % {"count": len(found), "course": first.course_title},
        path=_desk(None, first.course),
        action=_("To the figures"),
        names=tuple(lines),
        place=40,
    )


def _desk(unit: int | None, course: int) -> str:
    """The list of the HR desk with those people."""
    parts = {"don_vi": unit, "khoa_hoc": course, "trang_thai": "qua-han"}
    query = urlencode({name: value for name, value in parts.items() if value})
    return f"{reverse('reports:completions')}?{query}#people"
