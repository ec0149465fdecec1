"""What follows an examination, for whoever answers for it: attempts, decisions about questions, other conditions."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views import generic

from people.domain import audit
from quizzes import queries, rules
from quizzes.desk.examining_forms import AccommodationForm, ReopenForm, RulingForm
from quizzes.domain import accommodations, marking, regrading, reopening
from quizzes.domain.review import review
from shared.errors import DomainError
from shared.text.fold import fold

ROWS = 50
_SHOWN_CHANGES = 200


class ExaminingView(generic.WagtailAdminTemplateMixin):
    """A screen about one quiz, for those who answer for it; everybody else does not find it."""

    header_icon = "list-ol"
    tab = ""

    def dispatch(self, request, *args, **kwargs):
        if not rules.can_author(request.user):
            raise PermissionDenied
        self.find(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def find(self, quiz_id: int, **kwargs) -> None:
        self.quiz = get_object_or_404(queries.examined_quizzes_for(self.request.user), pk=quiz_id)

    def get_page_subtitle(self):
        return self.quiz.title

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("quiz_desk:index"), "label": _("Quizzes")},
            {"url": reverse("examining_attempts", args=[self.quiz.pk]), "label": self.quiz.title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        tabs = [
            ("attempts", _("Attempts"), reverse("examining_attempts", args=[self.quiz.pk])),
            ("rulings", _("Decisions on questions"), reverse("examining_rulings", args=[self.quiz.pk])),
            ("accommodations", _("Other conditions"), reverse("examining_accommodations", args=[self.quiz.pk])),
        ]
        return super().get_context_data(**kwargs) | {"quiz": self.quiz, "tabs": tabs, "tab": self.tab}

    def refuse(self, form, problem: DomainError):
        form.add_error(None, problem.message)
        return self.form_invalid(form)


class AttemptsView(ExaminingView, TemplateView):
    """Who took it, when, with which result. Answers stand one click further, and that click is logged."""

    template_name = "quizzes/desk/attempts.html"
    page_title = gettext_lazy("Attempts")
    tab = "attempts"

    def get_context_data(self, **kwargs):
        found = queries.examined_attempts_for(self.request.user).filter(quiz=self.quiz)
        searched = self.request.GET.get("q", "").strip()
        if searched:
            staff_number = Q(person__staff_number=searched)
            found = found.filter(Q(person__search_key__contains=fold(searched)) | staff_number)
        rows = found.select_related("person").defer("paper").order_by("-started_at", "-pk")
        page = Paginator(rows, ROWS).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {"page": page, "searched": searched}


class OneAttemptView(ExaminingView, FormView):
    """A screen with one person's answers, for the examiner: each look is in the log of changes."""

    tab = "attempts"

    def find(self, pk: int, **kwargs) -> None:
        attempts = queries.examined_attempts_for(self.request.user).select_related("person", "quiz")
        self.attempt = get_object_or_404(attempts, pk=pk)
        self.quiz = self.attempt.quiz

    def get(self, request, *args, **kwargs):
        audit.record_view(request.user, self.attempt.person, "quiz_answers", attempt=self.attempt.pk)
        return super().get(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.attempt.person.full_name


class AttemptView(OneAttemptView):
    """The answers with the points they earned, earlier results, and the form that reopens the attempt."""

    template_name = "quizzes/desk/attempt.html"
    page_title = gettext_lazy("Answers of one attempt")
    form_class = ReopenForm

    def form_valid(self, form):
        try:
            reopening.reopen(self.attempt, actor=self.request.user, **form.cleaned_data)
        except DomainError as problem:
            return self.refuse(form, problem)
        messages.success(self.request, _("The attempt is open again; the first result is kept."))
        return redirect("examining_attempts", self.quiz.pk)

    def get_context_data(self, **kwargs):
        attempt = self.attempt
        return super().get_context_data(**kwargs) | {
            "attempt": attempt,
            "items": review(attempt) if attempt.score is not None else [],
            "changes": attempt.score_changes.select_related("approved_by", "changed_by"),
            "can_reopen": attempt.score is not None and not attempt.passed,
            "can_mark_again": attempt.score is not None and bool(marking.written_answers(attempt)),
        }


class RulingsView(ExaminingView, FormView):
    """The decisions of a quiz, and the form for a new one; nothing changes before it is confirmed."""

    template_name = "quizzes/desk/rulings.html"
    page_title = gettext_lazy("Decisions on questions")
    form_class = RulingForm
    tab = "rulings"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"quiz": self.quiz}

    def form_valid(self, form):
        try:
            ruling = regrading.propose(self.quiz, actor=self.request.user, **form.cleaned_data)
        except DomainError as problem:
            return self.refuse(form, problem)
        return redirect("examining_ruling", ruling.pk)

    def get_context_data(self, **kwargs):
        found = queries.rulings_for(self.request.user).filter(quiz=self.quiz)
        found = found.select_related("version__question", "approved_by").annotate(changed=Count("score_changes"))
        return super().get_context_data(**kwargs) | {"rulings": found}


class RulingView(ExaminingView, TemplateView):
    """One decision: whom it would change, from what to what; then confirmed or taken back."""

    template_name = "quizzes/desk/ruling.html"
    page_title = gettext_lazy("Decision on a question")
    tab = "rulings"

    def find(self, pk: int, **kwargs) -> None:
        found = queries.rulings_for(self.request.user)
        found = found.select_related("quiz", "version__question", "key_version", "approved_by", "confirmed_by")
        self.ruling = get_object_or_404(found, pk=pk)
        self.quiz = self.ruling.quiz

    def post(self, request, *args, **kwargs):
        try:
            if "discard" in request.POST:
                regrading.discard(self.ruling, actor=request.user)
                messages.success(request, _("The proposal was taken back. Nothing was changed."))
                return redirect("examining_rulings", self.quiz.pk)
            regrading.confirm(self.ruling, actor=request.user)
        except DomainError as problem:
            messages.error(request, problem.message)
        else:
            messages.success(request, _("The decision is in force. Attempts are being graded again."))
        return redirect("examining_ruling", self.ruling.pk)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs) | {"ruling": self.ruling}
        if self.ruling.confirmed_at:
            changes = self.ruling.score_changes.select_related("attempt__person").order_by("attempt__person__sort_key")
            return context | {"changes": changes[:_SHOWN_CHANGES], "changed_count": changes.count()}
        seen = regrading.preview(self.ruling)
        return context | {"preview": seen, "outcomes": seen.changed[:_SHOWN_CHANGES]}


class AccommodationsView(ExaminingView, FormView):
    """Extra time and attempts of single people, and the form to grant them."""

    template_name = "quizzes/desk/accommodations.html"
    page_title = gettext_lazy("Other conditions")
    form_class = AccommodationForm
    tab = "accommodations"

    def form_valid(self, form):
        person, terms = form.granted()
        try:
            accommodations.grant(person, self.quiz, terms, actor=self.request.user)
        except DomainError as problem:
            return self.refuse(form, problem)
        messages.success(self.request, _("Granted to %(name)s.") % {"name": person.full_name})
        return redirect("examining_accommodations", self.quiz.pk)

    def get_context_data(self, **kwargs):
        granted = queries.accommodations_for(self.request.user).filter(quiz=self.quiz)
        granted = granted.select_related("person", "approved_by", "granted_by").order_by("-granted_at")
        context = super().get_context_data(**kwargs)
        return context | {"granted": granted, "media": context["form"].media}


class WithdrawAccommodationView(ExaminingView, TemplateView):
    """Only a post: it ends what was granted."""

    http_method_names = ["post"]

    def find(self, pk: int, **kwargs) -> None:
        found = queries.accommodations_for(self.request.user).select_related("person", "quiz")
        self.granted = get_object_or_404(found, pk=pk)
        self.quiz = self.granted.quiz

    def post(self, request, *args, **kwargs):
        accommodations.withdraw(self.granted, actor=request.user)
        messages.success(request, _("Withdrawn. Attempts begun with it keep it."))
        return redirect("examining_accommodations", self.quiz.pk)


urlpatterns = [
    path("kiem-tra/<int:quiz_id>/luot-lam/", AttemptsView.as_view(), name="examining_attempts"),
    path("kiem-tra/<int:quiz_id>/quyet-dinh/", RulingsView.as_view(), name="examining_rulings"),
    path("kiem-tra/<int:quiz_id>/dieu-kien-rieng/", AccommodationsView.as_view(), name="examining_accommodations"),
    path("kiem-tra/luot-lam/<int:pk>/", AttemptView.as_view(), name="examining_attempt"),
    path("kiem-tra/quyet-dinh/<int:pk>/", RulingView.as_view(), name="examining_ruling"),
    path("kiem-tra/dieu-kien-rieng/<int:pk>/thu-hoi/", WithdrawAccommodationView.as_view(), name="examining_withdraw"),
]
