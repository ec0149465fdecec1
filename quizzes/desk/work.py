"""What waits for an examiner, and what they can begin."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes import queries, rules
from shared.desk.work import Begin, Waiting


def work_of_examiners(viewer) -> Iterator[Begin | Waiting]:
    if not rules.can_author(viewer):
        return
    waiting = queries.marked_attempts_for(viewer).count()
    yield Waiting(_("answers to be marked by hand"), waiting, reverse("exam_marking"), "edit")
    yield Begin(_("Write a question"), reverse("exam_new_question"), "help")
    yield Begin(_("Set up a quiz"), reverse("quiz_desk:add"), "list-ol")
