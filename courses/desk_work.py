"""What waits for a course author, and what they can begin."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses import queries
from courses.assigning import roll_call
from courses.models import CourseIndexPage, CoursePage
from quizzes.rules import can_author
from shared.desk.work import Begin, Waiting


def work_of_course_authors(viewer) -> Iterator[Begin | Waiting]:
    if not can_author(viewer):
        return
    yield Waiting(
        _("completions in question"),
        queries.doubts_for(viewer).filter(settled_at__isnull=True).count(),
        reverse("examining_doubts"),
        "warning",
    )
    yield Waiting(
        _("lessons that cite a document no longer in force"),
        len({citation.lesson_id for citation, _number in roll_call.citing_expired(timezone.localdate())}),
        reverse("expired_directives"),
        "doc-full",
    )
    if (catalogue := CourseIndexPage.objects.values_list("pk", flat=True).first()) is not None:
        address = reverse("wagtailadmin_pages:add", args=["courses", CoursePage._meta.model_name, catalogue])
        yield Begin(_("Write a course"), address, "folder-open-1")
