"""Urging in one's own words: an HR officer writes to people who have not completed a course."""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.domain.reminding.ladder import open_duties
from courses.models import Obligation, Urging
from notices.domain.queueing import queue_all
from notices.domain.topics import Line, Topic, register
from notices.queries import matters_of, told
from people.domain import audit
from people.models import Person
from shared.errors import DomainError
from shared.text.dates import short_date

URGINGS = "courses.urging"
LONGEST = 2000
# What stands in the text for the reader's own facts.
PLACEHOLDERS = {
    "{ho_ten}": gettext_lazy("the person's name"),
    "{khoa_hoc}": gettext_lazy("the course"),
    "{han}": gettext_lazy("the due date"),
}
_IDS_AT_ONCE = 5000


def declare() -> None:
    register(
        Topic(
            URGINGS,
            gettext_lazy("Urgings by HR officers"),
            _urgings,
            why=gettext_lazy("They concern required learning."),
        )
    )


def filled_in(text: str, duty: Obligation) -> str:
    """The text with the facts of one duty in the places of the placeholders."""
    facts = {"{ho_ten}": duty.person.full_name, "{khoa_hoc}": duty.course.title, "{han}": short_date(duty.due_on)}
    for place, fact in facts.items():
        text = text.replace(place, fact)
    return text


def duties_to_urge(people: list[int], course: int | None = None) -> QuerySet[Obligation]:
    """What those people still have to complete: whoever has completed or is exempt is not among them."""
    duties = open_duties().filter(person__in=people, person__is_active=True, person__restricted_at__isnull=True)
    return duties.filter(course=course) if course else duties


def urge(people: list[int], course: int | None, text: str, *, actor: Person) -> Urging:
    """Has the text sent to those of `people` who still have to complete the course (None: any course).

    It goes out with the next letter of each, and is asked about again then. Raises DomainError without a text or if
    nobody has anything left to complete. Whom the actor may urge is the caller's affair.
    """
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not text:
        raise DomainError(_("There is no text. Write what people should read."))
    if len(text) > LONGEST:
        raise DomainError(_("The text is too long: at most %(count)s characters.") % {"count": LONGEST})
    batches = [people[start : start + _IDS_AT_ONCE] for start in range(0, len(people), _IDS_AT_ONCE)]
    if not any(duties_to_urge(batch, course).exists() for batch in batches):
        raise DomainError(_("Nobody of those chosen has anything left to complete, so nothing was sent."))
    with transaction.atomic():
        urging = Urging.objects.create(text=text, sent_by=actor)
        for batch in batches:
            _queue(urging, batch, course, timezone.localdate())
        urging.recipients = told_of(urging).values("person").distinct().count()
        urging.save(update_fields=["recipients"])
        audit.record(actor, "learning.urged", urging, course=course, people=urging.recipients)
    return urging


def told_of(urging: Urging) -> QuerySet:
    """The matters of an urging: to whom it went or is going."""
    return matters_of(URGINGS, _step(urging))


def _step(urging: Urging) -> str:
    return f"urging-{urging.pk}"


def _queue(urging: Urging, people: list[int], course: int | None, day: date) -> None:
    step = _step(urging)
    found = duties_to_urge(people, course).filter(~told(URGINGS, step))
    queue_all(
        URGINGS,
        step,
        found.annotate(told_person=F("person"), told_subject=F("pk"), told_occasion=F("due_on")),
    )


def _urgings(asked, today: date) -> dict[int, list[Line]]:
    """One line for each urging and duty, as long as the duty is open."""
    matters = [matter for _person, of_person in asked for matter in of_person]
    duties = open_duties().filter(pk__in={one.subject_id for one in matters})
    known = {duty.pk: duty for duty in duties.select_related("course", "person")}
    texts = Urging.objects.in_bulk({int(one.step.rpartition("-")[2]) for one in matters})
    lines = defaultdict(list)
    for matter in matters:
        duty = known.get(matter.subject_id)
        if duty and duty.person_id == matter.person_id:
            text = texts[int(matter.step.rpartition("-")[2])]
            lines[matter.person_id].append(_line(matter, duty, text, today))
    return lines


def _line(matter, duty: Obligation, urging: Urging, today: date) -> Line:
    values = {"course": duty.course.title, "day": short_date(duty.due_on)}
    if duty.due_on >= today:
        title = _("Please complete “%(course)s” by %(day)s")
    else:
        title = _("Please complete “%(course)s”, which was due on %(day)s")
    return Line(
        matters=(matter.pk,),
        title=title % values,
        text=filled_in(urging.text, duty),
        path=reverse("course", args=[duty.course.slug]),
        action=_("To the course"),
        place=5,
    )
