"""H5P activities in lessons: which stand there, when they count as done, which must be done before the lesson."""

import json
from dataclasses import dataclass

from django.core.cache import caches
from django.utils.translation import gettext as _
from wagtail.models import Revision

from courses.models import EditionLesson
from h5p.domain.places import Place
from h5p.enums import FinishRule
from h5p.models import Content
from h5p.own_results import done_by
from shared.errors import DomainError

BLOCK = "activity"  # the name of the block in courses.blocks.LessonBody


@dataclass(frozen=True)
class LessonActivity:
    """An activity as a revision of a lesson asks for it; `content_id` is that of h5p.Content."""

    content_id: int
    rule: str
    percent: int
    required: bool


def activities_of(revision_id: int) -> list[LessonActivity]:
    """The activities of a lesson's revision, in order. Revisions never change, so the list is kept."""
    cache, key = caches["rendered"], f"lesson-activities-{revision_id}"
    found = cache.get(key)
    if found is None:
        body = json.loads(Revision.objects.get(pk=revision_id).content.get("body") or "[]")
        values = [block["value"] for block in body if block["type"] == BLOCK and block["value"].get("activity")]
        found = [
            LessonActivity(
                value["activity"],
                value.get("rule") or FinishRule.REPORTED,
                value.get("percent") or 0,
                bool(value.get("required")),
            )
            for value in values
        ]
        cache.set(key, found)
    return found


def place_in_lesson(viewer, content: Content, context: str) -> Place | None:
    """The activity in the lesson `context` (its page id) as the viewer takes it: in the edition enrolled in.

    Readers of an open course who are not signed in may play it too; nothing is kept of that.
    """
    if not context.isdecimal():
        return None
    lessons = EditionLesson.objects.filter(lesson=int(context), edition__course__live=True)
    if viewer.is_authenticated:
        lesson = lessons.filter(edition__enrolments__person=viewer).order_by("-edition__enrolments__cycle").first()
    else:
        lesson = lessons.filter(edition__course__is_open=True).order_by("-edition__number").first()
    activities = activities_of(lesson.revision_id) if lesson else []
    found = next((one for one in activities if one.content_id == content.pk), None)
    if found is None:
        return None
    return Place(context, found.rule, found.percent, found.required, records=viewer.is_authenticated)


def respect_required(person, lesson: EditionLesson) -> None:
    """Raises DomainError while an activity that the lesson asks for is not done. Its score decides nothing."""
    required = {one.content_id for one in activities_of(lesson.revision_id) if one.required}
    waiting = required - done_by(person, str(lesson.lesson_id), required) if required else set()
    if waiting:
        titles = Content.objects.filter(pk__in=waiting).order_by("title").values_list("title", flat=True)
        raise DomainError(
            _("This lesson asks for its practice to be done first: {titles}.").format(
                titles=", ".join(f"“{title}”" for title in titles)
            )
        )
