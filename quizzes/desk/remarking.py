"""Marking written answers again once the result stands: all of an attempt on one screen, with reason and approver."""

from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages

from quizzes.desk.examining import OneAttemptView
from quizzes.desk.examining_forms import MarkAgainForm
from quizzes.desk.marking import criteria
from quizzes.domain import marking, remarking
from quizzes.enums import AttemptState
from quizzes.kinds.texts import in_language
from shared.errors import DomainError

_COMMENT_LETTERS = 5000


class MarkAgainView(OneAttemptView):
    """The answers with the marks that count now. Nothing changes before reason and approver are named."""

    template_name = "quizzes/desk/mark_again.html"
    page_title = gettext_lazy("Mark again")
    form_class = MarkAgainForm

    def find(self, pk: int, **kwargs) -> None:
        super().find(pk)
        has_result = self.attempt.state == AttemptState.SUBMITTED
        self.answers = marking.written_answers(self.attempt) if has_result else []

    def form_valid(self, form):
        marks = {answer.slot: self._typed(answer) for answer in self.answers}
        try:
            change = remarking.mark_again(self.attempt, marks, actor=self.request.user, **form.cleaned_data)
        except DomainError as problem:
            return self.refuse(form, problem)
        told = _("The points are noted; the result stays as it was.")
        if change:
            told = _("The result changed; the one before is kept, and the person is told.")
        messages.success(self.request, told)
        return redirect("examining_attempt", self.attempt.pk)

    def _typed(self, answer: marking.WrittenAnswer) -> remarking.NewMark:
        post, prefix = self.request.POST, f"a{answer.slot}-"
        names = {criterion["id"]: f"{prefix}k-{criterion['id']}" for criterion in answer.question.key["rubric"]}
        given = {criterion: post[name].strip() for criterion, name in names.items() if name in post}
        return remarking.NewMark(given, post.get(f"{prefix}comment", "").strip()[:_COMMENT_LETTERS])

    def get_context_data(self, **kwargs):
        language = get_language() or "vi"
        typed = self.request.POST
        answers = [
            {
                "answer": one,
                "stem": in_language(one.question.content["stem"], language),
                "criteria": criteria(one, language, f"a{one.slot}-", typed),
                "comment_field": f"a{one.slot}-comment",
                "comment": typed.get(f"a{one.slot}-comment", one.mark.comment if one.mark else ""),
            }
            for one in self.answers
        ]
        return super().get_context_data(**kwargs) | {"attempt": self.attempt, "answers": answers}


urlpatterns = [
    path("kiem-tra/luot-lam/<int:pk>/cham-lai/", MarkAgainView.as_view(), name="examining_mark_again"),
]
