"""The list of questions: searched without marks, filtered by bank, kind, tag and state."""

import django_filters
from django import forms
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from quizzes import queries, rules
from quizzes.desk.fields import BankField, in_tree_order
from quizzes.kinds.blanks import with_gaps
from quizzes.kinds.registry import all_kinds, kind_of
from quizzes.kinds.texts import in_language
from quizzes.models import Bank, Question, Tag
from shared.desk.pages import RightNeeded
from shared.desk.searching import FoldedSearch

STATES = (("asked", gettext_lazy("in use")), ("retired", gettext_lazy("retired")))


class _BankChoice(django_filters.ModelChoiceFilter):
    field_class = BankField


class QuestionFilters(WagtailFilterSet):
    """A bank stands for everything within it."""

    bank = _BankChoice(
        label=gettext_lazy("Question bank"),
        queryset=lambda request: in_tree_order(queries.banks_for(request.user)),
        method="in_bank",
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind"),
        field_name="current__kind",
        choices=lambda: [(kind.name, kind_in_words(kind.name)) for kind in all_kinds()],
    )
    tags = django_filters.ModelMultipleChoiceFilter(
        label=gettext_lazy("Tags"),
        queryset=Tag.objects.select_related("vocabulary"),
        widget=forms.CheckboxSelectMultiple,
    )
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")

    class Meta:
        model = Question
        fields = ["bank", "kind", "tags", "state"]

    def in_bank(self, questions, _name, bank: Bank):
        return questions.filter(bank__path__startswith=bank.path)

    def in_state(self, questions, _name, state: str):
        return questions.filter(retired_at__isnull=state == "asked")


class QuestionsView(RightNeeded, FoldedSearch, generic.IndexView):
    """All questions the viewer may use."""

    right = rules.can_author
    model = Question
    page_title = gettext_lazy("Questions")
    header_icon = "help"
    index_url_name = "exam_questions"
    index_results_url_name = "exam_questions_results"
    filterset_class = QuestionFilters
    default_ordering = "code"
    paginate_by = 50
    permission_policy = None
    results_template_name = "quizzes/desk/questions_results.html"
    _show_breadcrumbs = True

    def get_base_queryset(self):
        questions = queries.questions_for(self.request.user).select_related("bank", "current").prefetch_related("tags")
        return questions.annotate(version_count=Count("versions"))

    @property
    def columns(self):
        return [
            TitleColumn("stem", label=_("Question"), accessor=stem_of, url_name="exam_question"),
            Column("code", label=_("Code"), sort_key="code"),
            Column("kind", label=_("Kind"), accessor=lambda one: kind_in_words(one.current.kind)),
            Column("bank", label=_("Question bank"), sort_key="bank__title"),
            Column("tags", label=_("Tags"), accessor=lambda one: ", ".join(map(str, one.tags.all()))),
            Column("version_count", label=_("Versions"), sort_key="version_count"),
            Column("state", label=_("State"), accessor=state_of),
        ]

    @property
    def header_buttons(self):
        if not queries.edited_banks_for(self.request.user).exists():
            return []
        return [HeaderButton(_("Write a question"), url=reverse("exam_new_question"), icon_name="plus")]

    def get_breadcrumbs_items(self):
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.page_title}]


def stem_of(question: Question) -> str:
    """The question as one line: blanks as dots, long ones cut."""
    text = with_gaps(in_language(question.current.content["stem"], get_language() or "vi"))
    return text if len(text) <= 120 else text[:119] + "…"


def kind_in_words(name: str) -> str:
    return in_language(kind_of(name).label, get_language() or "vi")


def state_of(question: Question) -> str:
    return _("retired") if question.retired_at else _("in use")
