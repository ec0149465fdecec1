"""Writing questions: the kind is picked, its fields are filled in, the preview follows."""

from decimal import Decimal

from django import forms
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages

from quizzes import queries, rules
from quizzes.desk.body import Body
from quizzes.desk.fields import BankField, TagsField, fill_tags, in_tree_order
from quizzes.desk.previewing import asked_once, show
from quizzes.desk.questions.question import OfOneQuestion
from quizzes.domain import questions
from quizzes.kinds.base import QuestionKind
from quizzes.kinds.errors import UnknownKindError
from quizzes.kinds.registry import all_kinds, kind_of
from quizzes.kinds.texts import in_language
from quizzes.models import Bank, Question
from shared.desk.pages import DeskPage, RightNeeded


class AboutForm(forms.Form):
    """What is asked of every question besides its wording."""

    bank = BankField(Bank.objects.none(), label=gettext_lazy("Question bank"), empty_label=None)
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Left empty, the next free one is given."),
    )
    points = forms.DecimalField(
        label=gettext_lazy("Points"), min_value=Decimal("0.01"), max_value=1000, decimal_places=2, initial=Decimal(1)
    )
    tags = TagsField()
    note = forms.CharField(
        label=gettext_lazy("What has changed"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Stands in the history of the question."),
    )

    def __init__(self, *args, viewer, question: Question | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.question = question
        fill_tags(self.fields["tags"])
        if question is None:
            del self.fields["note"]
            self.fields["bank"].queryset = in_tree_order(queries.edited_banks_for(viewer))
        else:  # a question is moved on a screen of its own, and keeps its code
            del self.fields["bank"], self.fields["code"]

    def clean_code(self):
        code, bank = self.cleaned_data["code"], self.cleaned_data.get("bank")
        if code and bank and Question.objects.filter(bank=bank, code=code).exists():
            raise forms.ValidationError(_("The bank has a question with this code already."))
        return code


class PickKindView(DeskPage, TemplateView):
    """Which kind of question."""

    right = rules.can_author
    template_name = "quizzes/desk/pick_kind.html"
    page_title = gettext_lazy("Write a question")
    header_icon = "plus"

    def get_trail(self):
        return [(reverse("exam_questions"), _("Questions"))]

    def get_context_data(self, **kwargs):
        language = get_language() or "vi"
        kinds = [
            (kind.name, in_language(kind.label, language), in_language(kind.instruction, language))
            for kind in all_kinds()
        ]
        has_bank = queries.edited_banks_for(self.request.user).exists()
        return super().get_context_data(**kwargs) | {"kinds": kinds, "has_bank": has_bank}


class _Editor(DeskPage, View):
    """The form: what is asked of every question, and what the kind asks."""

    right = rules.can_author
    header_icon = "edit"

    def show(self, kind: QuestionKind, body: Body, about: AboutForm, status: int = 200):
        context = self.get_context_data(
            kind=kind,
            kind_label=in_language(kind.label, get_language() or "vi"),
            body=body,
            about=about,
            problems=body.problems,
            preview_url=reverse("exam_preview_draft", args=[kind.name]),
        )
        return render(self.request, "quizzes/desk/question_editor.html", context, status=status)

    def handle(self, kind: QuestionKind, about: AboutForm):
        """A button of a row shows the form again; else the question is saved if nothing is wrong with it."""
        command = self.request.POST.get("row", "")
        body = Body.posted(kind, self.request.POST, command)
        if command:
            return self.show(kind, body, about)
        read = body.read()
        if not about.is_valid() or read is None:
            messages.error(self.request, _("The question was not saved: some fields need attention."))
            return self.show(kind, body, about, status=422)
        try:
            with transaction.atomic():
                question = self.save(kind, read, about.cleaned_data)
        except IntegrityError:
            about.add_error(None, _("Somebody else saved this question at the same time. Please save again."))
            return self.show(kind, body, about, status=422)
        messages.success(self.request, _("Saved: %(code)s, version %(number)s.")
                         % {"code": question.code, "number": question.current.number})  # fmt: skip
        return redirect("exam_question", question.pk)


class NewView(_Editor):
    """A question from nothing."""

    def dispatch(self, request, *args, **kwargs):
        self.kind = _kind(kwargs["kind"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return in_language(self.kind.label, get_language() or "vi")

    def get_trail(self):
        return [
            (reverse("exam_questions"), _("Questions")),
            (reverse("exam_new_question"), _("Write a question")),
        ]

    def get(self, request, kind):
        initial = {"bank": request.GET.get("bank")}
        return self.show(self.kind, Body(self.kind), AboutForm(viewer=request.user, initial=initial))

    def post(self, request, kind):
        return self.handle(self.kind, AboutForm(request.POST, viewer=request.user))

    def save(self, kind, read, about) -> Question:
        code = about["code"] or questions.free_code(about["bank"])
        question = questions.save_question(
            about["bank"], code, kind.name, about["points"], read, actor=self.request.user
        )
        questions.tag(question, about["tags"], actor=self.request.user)
        return question


class EditView(OfOneQuestion, _Editor):
    """A new version of a question; attempts that took an earlier one keep it."""

    needs_edit = True

    def get_page_title(self):
        return _("Edit")

    def get(self, request, pk):
        version = self.question.current
        kind = kind_of(version.kind)
        initial = {"points": version.points, "tags": self.question.tags.all()}
        about = AboutForm(viewer=request.user, question=self.question, initial=initial)
        return self.show(kind, Body(kind, kind.to_source(version)), about)

    def post(self, request, pk):
        kind = kind_of(self.question.current.kind)
        about = AboutForm(request.POST, viewer=request.user, question=self.question)
        current = self.question.current.number
        if request.POST.get("version", "") not in ("", str(current)) and not request.POST.get("row"):
            about.add_error(
                None,
                _(
                    "Version %(number)s was saved by somebody else meanwhile. Look at it; "
                    "saving again puts yours after it."
                )
                % {"number": current},
            )
        return self.handle(kind, about)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"version": self.question.current.number}

    def save(self, kind, read, about) -> Question:
        actor = self.request.user
        question = questions.save_question(
            self.question.bank, self.question.code, kind.name, about["points"], read, actor=actor, note=about["note"]
        )
        questions.tag(question, about["tags"], actor=actor)
        return question


class PreviewDraftView(RightNeeded, View):
    """What stands on the editing screen as a learner would see it. Nothing is stored."""

    right = rules.can_author

    def post(self, request, kind):
        kind = _kind(kind)
        body = Body.posted(kind, request.POST)
        draft, points = body.draft(), _points(request.POST.get("points", ""))
        try:
            asked = [asked_once(kind, draft, points)] if draft else []
            return show(request, asked, _("Preview"), note="" if asked else _("There is too little to show yet."))
        except (KeyError, ValueError, TypeError, IndexError):
            return show(request, [], _("Preview"), note=_("There is too little to show yet."))


def _kind(name: str) -> QuestionKind:
    try:
        return kind_of(name)
    except UnknownKindError as unknown:
        raise Http404 from unknown


def _points(typed: str) -> Decimal:
    try:
        return min(max(Decimal(typed.replace(",", ".")), Decimal(0)), Decimal(1000))
    except ArithmeticError:
        return Decimal(1)
