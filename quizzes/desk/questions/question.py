"""One question: as learners see it, where it stands, its versions, and what can be done with it."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from quizzes import queries, rules
from quizzes.desk.previewing import asked_once, show
from quizzes.desk.questions.listing import kind_in_words, stem_of
from quizzes.domain.papers import candidates
from quizzes.domain.questions import quizzes_asking
from quizzes.kinds.base import QuestionBody
from quizzes.kinds.registry import kind_of
from quizzes.models import Question, SectionDraw
from shared.desk.pages import DeskPage, RightNeeded


def find_question(viewer, pk: int) -> Question:
    """A question the viewer may use; any other is not found."""
    return get_object_or_404(queries.questions_for(viewer).select_related("bank", "current"), pk=pk)


class OfOneQuestion(DeskPage):
    """What the screens about one question share. Only its editors get in if it `needs_edit`, only those who may
    see its right answers if it `needs_key`; for others it is not found."""

    right = rules.can_author
    needs_edit = False
    needs_key = False
    header_icon = "help"

    def dispatch(self, request, *args, **kwargs):
        if rules.can_author(request.user):
            self.question = find_question(request.user, kwargs["pk"])
            if self.needs_edit and not rules.can_edit_question(request.user, self.question):
                raise Http404
            if self.needs_key and not rules.can_see_keys_of(request.user, self.question.bank):
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_trail(self):
        questions = (reverse("exam_questions"), _("Questions"))
        return [questions, (reverse("exam_question", args=[self.question.pk]), self.question.code)]


class QuestionView(OfOneQuestion, TemplateView):
    template_name = "quizzes/desk/question.html"

    def get_page_title(self):
        return self.question.code

    def get_trail(self):
        return [(reverse("exam_questions"), _("Questions"))]

    def get_context_data(self, **kwargs):
        viewer, question = self.request.user, self.question
        edited = set(queries.edited_quizzes_for(viewer).values_list("pk", flat=True))
        return super().get_context_data(**kwargs) | {
            "question": question,
            "stem": stem_of(question),
            "kind": kind_in_words(question.current.kind),
            "tags": question.tags.select_related("vocabulary"),
            "may_edit": rules.can_edit_question(viewer, question),
            "sees_key": rules.can_see_keys_of(viewer, question.bank),
            "versions": question.versions.select_related("created_by").defer("content", "key").order_by("-number"),
            "asked_in": [(quiz, quiz.pk in edited) for quiz in quizzes_asking(question)],
            "drawn_in": _quizzes_drawing(question),
        }


class PreviewView(RightNeeded, View):
    """A stored version as a learner sees it."""

    right = rules.can_author

    def get(self, request, pk):
        question = find_question(request.user, pk)
        number = request.GET.get("version", "")
        version = question.current
        if number.isdecimal():
            version = get_object_or_404(question.versions, number=int(number[:6]))
        body = QuestionBody(version.content, version.key, {})
        return show(request, [asked_once(kind_of(version.kind), body, version.points)], question.code)


def _quizzes_drawing(question: Question) -> list[str]:
    """The titles of quizzes with a draw that may take the question."""
    above = [int(pk) for pk in question.bank.path.split("/") if pk]
    draws = SectionDraw.objects.filter(bank__in=above).select_related("bank", "section__quiz").prefetch_related("tags")
    return sorted({draw.section.quiz.title for draw in draws if question.pk in candidates(draw)})
