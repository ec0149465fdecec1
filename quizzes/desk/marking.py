"""The marking queue: attempts with written answers, and the screen on which one attempt is marked."""

from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator

from quizzes import queries, rules
from quizzes.domain import marking
from quizzes.kinds.texts import in_language
from shared.desk.pages import DeskPage
from shared.errors import DomainError


class MarkingView(DeskPage, TemplateView):
    """What waits, the oldest first."""

    right = rules.can_author
    template_name = "quizzes/desk/marking.html"
    page_title = gettext_lazy("To be marked")
    header_icon = "edit"

    def get_context_data(self, **kwargs):
        waiting = queries.marked_attempts_for(self.request.user).select_related("quiz", "person").defer("paper")
        waiting = waiting.annotate(marked=Count("marks__slot", distinct=True)).order_by("submitted_at", "pk")
        page = WagtailPaginator(waiting, 50).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {"page": page}


class MarkAttemptView(DeskPage, TemplateView):
    """The written answers of one attempt with their rubrics. Who wrote them stands here only if the quiz says so."""

    right = rules.can_author
    template_name = "quizzes/desk/mark.html"
    header_icon = "edit"

    def dispatch(self, request, *args, **kwargs):
        waiting = queries.marked_attempts_for(request.user).select_related("quiz", "person")
        self.attempt = get_object_or_404(waiting, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return _("Attempt %(number)s") % {"number": self.attempt.pk}

    def get_trail(self):
        return [(reverse("exam_marking"), _("To be marked"))]

    def post(self, request, pk):
        try:
            if request.POST.get("finish"):
                marking.finish(self.attempt, actor=request.user)
                messages.success(request, _("The result stands now; the learner sees it."))
                return redirect("exam_marking")
            slot = request.POST.get("slot", "")
            given = {name[2:]: value for name, value in request.POST.items() if name.startswith("k-")}
            if slot.isdecimal():
                comment = request.POST.get("comment", "")[:5000]
                marking.mark(self.attempt, int(slot[:4]), given, comment, actor=request.user)
                messages.success(request, _("Points saved."))
        except DomainError as refusal:
            messages.error(request, refusal.message)
        return redirect("exam_mark", pk)

    def get_context_data(self, **kwargs):
        language = get_language() or "vi"
        answers = marking.written_answers(self.attempt)
        return super().get_context_data(**kwargs) | {
            "attempt": self.attempt,
            "answers": [(one, criteria(one, language), in_language(one.question.content["stem"], language))
                        for one in answers],
            "complete": all(one.mark for one in answers),
        }  # fmt: skip


def criteria(answer: marking.WrittenAnswer, language: str, prefix: str = "", typed=None) -> list[dict]:
    """The fields of an answer's rubric, filled with what was typed, else with the mark that counts."""
    given = answer.mark.given if answer.mark else {}
    fields = []
    for criterion in answer.question.key["rubric"]:
        name = f"{prefix}k-{criterion['id']}"
        fields.append(
            {
                "field": name,
                "text": in_language(criterion["text"], language),
                "most": criterion["points"],
                "given": (typed or {}).get(name, given.get(criterion["id"], "")),
            }
        )
    return fields
