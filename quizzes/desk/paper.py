"""The questions of a quiz: sections, fixed questions, random draws; and a whole paper as a learner would get it."""

import random

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator

from quizzes import queries, rules
from quizzes.desk.fields import BankField, TagsField, fill_tags, in_tree_order
from quizzes.desk.previewing import asked_in, show
from quizzes.desk.questions.listing import QuestionFilters, kind_in_words, stem_of
from quizzes.domain import papers, quizzes
from quizzes.models import Bank, Quiz, QuizSection, SectionDraw, SectionQuestion
from shared.desk.pages import DeskPage, RightNeeded
from shared.desk.searching import search_folded
from shared.errors import DomainError

_HIGHEST_SEED = 9_999


def find_quiz(viewer, pk: int) -> Quiz:
    """A quiz the viewer sets; any other is not found."""
    return get_object_or_404(queries.edited_quizzes_for(viewer), pk=pk)


def find_part(viewer, kind: str, pk: int) -> SectionQuestion | SectionDraw | QuizSection:
    """A part of such a quiz; `kind` is question, draw or section."""
    mine = queries.edited_quizzes_for(viewer)
    if kind == "section":
        return get_object_or_404(QuizSection.objects.select_related("quiz"), pk=pk, quiz__in=mine)
    model = {"question": SectionQuestion, "draw": SectionDraw}.get(kind)
    if model is None:
        raise Http404
    return get_object_or_404(model.objects.select_related("section__quiz"), pk=pk, section__quiz__in=mine)


class OfOneQuiz(DeskPage):
    """What the screens of one quiz share; `self.quiz` is found by `pk`, or by the part in the address."""

    right = rules.can_author
    header_icon = "list-ol"

    def dispatch(self, request, *args, **kwargs):
        if rules.can_author(request.user):
            self.quiz = self.find(request.user, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def find(self, viewer, pk: int, **_others) -> Quiz:
        return find_quiz(viewer, pk)

    def get_trail(self):
        return [
            (reverse("quiz_desk:index"), _("Quizzes")),
            (reverse("quiz_desk:edit", args=[self.quiz.pk]), self.quiz.title),
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"quiz": self.quiz}


class PaperView(OfOneQuiz, TemplateView):
    """Sections with their questions and draws; buttons add, move and remove."""

    template_name = "quizzes/desk/paper.html"
    page_title = gettext_lazy("Questions and draws")

    def get_context_data(self, **kwargs):
        sections = list(self.quiz.sections.order_by("position"))
        shown = [(section, [_described(part) for part in quizzes.parts_of(section)]) for section in sections]
        return super().get_context_data(**kwargs) | {
            "sections": shown,
            "problems": quizzes.problems(self.quiz),
            "total": sum(part["questions"] for _section, parts in shown for part in parts),
        }

    def post(self, request, pk):
        quizzes.add_section(self.quiz, actor=request.user)
        return redirect("exam_paper", pk)


class PartForm(forms.ModelForm):
    class Meta:
        model = SectionQuestion
        fields = ["points", "topic"]


class TitleForm(forms.ModelForm):
    class Meta:
        model = QuizSection
        fields = ["title"]


class DrawForm(forms.ModelForm):
    bank = BankField(Bank.objects.none(), label=gettext_lazy("Question bank"), empty_label=None)
    tags = TagsField(
        help_text=gettext_lazy(
            "A question must bear one of the ticked tags of each vocabulary. Nothing ticked: any question."
        )
    )

    class Meta:
        model = SectionDraw
        fields = ["bank", "with_sub_banks", "count", "tags", "points", "topic"]

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        usable = queries.banks_for(viewer)
        if self.instance.pk:  # a bank somebody else chose may stay
            usable = usable | Bank.objects.filter(pk=self.instance.bank_id)
        self.fields["bank"].queryset = in_tree_order(usable)
        fill_tags(self.fields["tags"])


class PartView(OfOneQuiz, FormView):
    """Changes, moves or removes one part of a quiz."""

    template_name = "quizzes/desk/part.html"

    def find(self, viewer, kind: str, pk: int) -> Quiz:
        self.part = find_part(viewer, kind, pk)
        return self.part.quiz if kind == "section" else self.part.section.quiz

    def get_page_title(self):
        return {"question": _("Question"), "draw": _("Random draw"), "section": _("Section")}[self.kwargs["kind"]]

    def get_trail(self):
        return [*super().get_trail(), (reverse("exam_paper", args=[self.quiz.pk]), _("Questions and draws"))]

    def get_form(self, form_class=None):
        given = {"data": self.request.POST} if self.request.method == "POST" else {}
        if self.kwargs["kind"] == "draw":
            return DrawForm(instance=self.part, viewer=self.request.user, **given)
        return (TitleForm if self.kwargs["kind"] == "section" else PartForm)(instance=self.part, **given)

    def post(self, request, kind, pk):
        action = request.POST.get("action", "save")
        back = redirect("exam_paper", self.quiz.pk)
        try:
            if action == "remove":
                quizzes.remove(self.part, actor=request.user)
            elif action in ("up", "down") and kind != "section":
                quizzes.step(self.part, action == "up", actor=request.user)
            elif action == "save":
                return super().post(request)
        except DomainError as refusal:
            messages.error(request, refusal.message)
        return back

    def form_valid(self, form):
        part = form.save(commit=False)
        if isinstance(part, SectionDraw):
            quizzes.save_draw(part, form.cleaned_data["tags"], actor=self.request.user)
        else:
            quizzes.change_part(part, actor=self.request.user)
        messages.success(self.request, _("Saved."))
        return redirect("exam_paper", self.quiz.pk)


class NewDrawView(OfOneQuiz, FormView):
    template_name = "quizzes/desk/part.html"
    page_title = gettext_lazy("Add a random draw")

    def find(self, viewer, pk: int) -> Quiz:
        self.section = find_part(viewer, "section", pk)
        return self.section.quiz

    def get_form(self, form_class=None):
        data = self.request.POST if self.request.method == "POST" else None
        return DrawForm(data, viewer=self.request.user, instance=SectionDraw(section=self.section))

    def form_valid(self, form):
        quizzes.save_draw(form.save(commit=False), form.cleaned_data["tags"], actor=self.request.user)
        messages.success(self.request, _("Saved."))
        return redirect("exam_paper", self.quiz.pk)


class ChooseQuestionsView(OfOneQuiz, TemplateView):
    """The questions one may use, to tick those that a section asks."""

    template_name = "quizzes/desk/choose.html"
    page_title = gettext_lazy("Choose questions")

    def find(self, viewer, pk: int) -> Quiz:
        self.section = find_part(viewer, "section", pk)
        return self.section.quiz

    def get_trail(self):
        return [*super().get_trail(), (reverse("exam_paper", args=[self.quiz.pk]), _("Questions and draws"))]

    def get_context_data(self, **kwargs):
        usable = queries.questions_for(self.request.user).filter(retired_at__isnull=True)
        asked = SectionQuestion.objects.filter(section__quiz=self.quiz).values("question")
        filters = QuestionFilters(self.request.GET, queryset=usable.exclude(pk__in=asked), request=self.request)
        del filters.form.fields["state"]
        found = filters.qs.select_related("bank", "current").order_by("bank__path", "code")
        typed = self.request.GET.get("q", "")
        found = search_folded(found, typed) if typed.strip() else found
        page = WagtailPaginator(found, 50).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "section": self.section,
            "filters": filters.form,
            "typed": typed,
            "page": page,
            "rows": [(one, stem_of(one), kind_in_words(one.current.kind)) for one in page],
        }

    def post(self, request, pk):
        chosen = [int(one) for one in request.POST.getlist("question") if one.isdecimal()]
        usable = queries.questions_for(request.user).filter(pk__in=chosen).order_by("bank__path", "code")
        added = quizzes.add_questions(self.section, list(usable), actor=request.user)
        messages.success(
            request,
            ngettext("%(count)s question was added.", "%(count)s questions were added.", added) % {"count": added},
        )
        return redirect("exam_paper", self.quiz.pk)


class PaperPreviewView(OfOneQuiz, TemplateView):
    """A paper in a frame, with a button for another draw."""

    template_name = "quizzes/desk/paper_preview.html"
    page_title = gettext_lazy("A paper as learners get it")

    def get_trail(self):
        return [*super().get_trail(), (reverse("exam_paper", args=[self.quiz.pk]), _("Questions and draws"))]

    def get_context_data(self, **kwargs):
        seed = _seed_of(self.request)
        return super().get_context_data(**kwargs) | {"seed": seed, "next_seed": seed % _HIGHEST_SEED + 1}


class PaperFrameView(RightNeeded, View):
    """The drawn paper itself."""

    right = rules.can_author

    def get(self, request, pk):
        quiz = find_quiz(request.user, pk)
        try:
            paper, _points = papers.draw(quiz, random.Random(_seed_of(request)))  # noqa: S311  a preview
        except DomainError as refusal:
            return show(request, [], quiz.title, note=refusal.message)
        return show(request, asked_in(paper), quiz.title)


def _seed_of(request) -> int:
    typed = request.GET.get("seed", "")
    return min(int(typed), _HIGHEST_SEED) if typed.isdecimal() and len(typed) < 8 else 1


def _described(part: SectionQuestion | SectionDraw) -> dict:
    """What the list shows of a part; nothing of keys."""
    shown = {"part": part, "points": part.points, "topic": part.topic}
    if isinstance(part, SectionDraw):
        return shown | {
            "kind": "draw",
            "title": ngettext("%(count)s question by chance", "%(count)s questions by chance", part.count)
            % {"count": part.count},
            "detail": " · ".join([str(part.bank), *map(str, part.tags.all())]),
            "questions": part.count,
        }
    version = part.question.current
    return shown | {
        "kind": "question",
        "title": stem_of(part.question),
        "detail": f"{part.question.code} · {kind_in_words(version.kind)} · {part.question.bank}",
        "own_points": version.points,
        "questions": 1,
    }
