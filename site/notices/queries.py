"""Notices and letters as a viewer may see them."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from notices.models import Letter, Matter, Notice
from people.queries import people_for


def notices_for(viewer):
    return Notice.objects.filter(person=viewer)


def unread_for(viewer):
    return notices_for(viewer).filter(read_at__isnull=True)


def count_unread(viewer) -> int:
    """How many are unread; known already where the viewer was read with a session."""
    known = getattr(viewer, "unread_notices", None)
    return unread_for(viewer).count() if known is None else known


def unread_of_owner(_day):
    """The same as an expression over sessions, by their owner."""
    unread = Notice.objects.filter(person=OuterRef("person_id"), read_at__isnull=True).order_by()
    return Coalesce(Subquery(unread.values("person").annotate(count=Count("pk")).values("count")), 0)


def letters_for(viewer) -> QuerySet[Letter]:
    """The letters `viewer` may see in the log, newest first: `rules.can_read_letter`."""
    if not viewer.is_authenticated:
        return Letter.objects.none()
    return Letter.objects.filter(Q(person=viewer) | Q(person__in=people_for(viewer).values("pk")))


def told(topic: str, step: str, subject="pk", occasion=None) -> Exists:
    """Condition: the row's subject was told about in this step (on this occasion, if a field is named)."""
    rows = Matter.objects.filter(topic=topic, step=step, subject_id=OuterRef(subject))
    return Exists(rows.filter(occasion=OuterRef(occasion)) if occasion else rows)


def matters_of(topic: str, step: str) -> QuerySet[Matter]:
    """Who is or was told of a step, whatever became of it."""
    return Matter.objects.filter(topic=topic, step=step)
