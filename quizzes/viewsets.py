"""The quizzes of the editing desk: their rules can be changed, their questions read."""

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from quizzes.domain import quizzes
from quizzes.kinds.registry import kind_of
from quizzes.kinds.texts import in_language
from quizzes.models import Quiz, SectionQuestion
from shared.desk.deletion import GuardedDeleteView
from shared.desk.searching import FoldedChooseResultsView, FoldedChooseView, FoldedSearch


class QuizIndexView(FoldedSearch, generic.IndexView):
    folded_fields = ("title", "code")

    def get_base_queryset(self):
        return super().get_base_queryset().annotate(question_count=Count("sections__section_questions"))


class QuizEditView(generic.EditView):
    def save_instance(self):
        return quizzes.change_rules(self.form.instance, self.form.changed_data, actor=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"questions": questions_of(self.object)}


class QuizDeleteView(GuardedDeleteView):
    def delete_action(self):
        quizzes.delete_quiz(self.object, actor=self.request.user)


class QuizViewSet(ModelViewSet):
    model = Quiz
    name = "quiz_desk"
    url_prefix = "quizzes"
    icon = "list-ol"
    menu_label = _("Quizzes")
    menu_name = "quizzes"
    menu_order = 120
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "title",
        "code",
        Column("time_limit_minutes", label=_("Minutes"), sort_key="time_limit_minutes"),
        Column("max_attempts", label=_("Attempts"), sort_key="max_attempts"),
        Column("pass_percent", label=_("Pass mark, %"), sort_key="pass_percent"),
        Column("question_count", label=_("Questions"), sort_key="question_count"),
    ]
    ordering = "title"
    edit_template_name = "quizzes/desk/edit.html"
    index_view_class = QuizIndexView
    edit_view_class = QuizEditView
    delete_view_class = QuizDeleteView
    panels = [
        FieldPanel("title"),
        FieldPanel("owner_unit"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("time_limit_minutes"), FieldPanel("grace_seconds")]),
                FieldRowPanel([FieldPanel("max_attempts"), FieldPanel("pass_percent")]),
                FieldPanel("shuffle_questions"),
            ],
            heading=_("Rules"),
            help_text=_("Attempts that have begun keep the rules they began with."),
        ),
    ]

    def get_common_view_kwargs(self, **kwargs):
        """Quizzes come with their questions from files; there is no screen to add one."""
        return super().get_common_view_kwargs(**kwargs) | {"add_url_name": None}

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "add"]


class ChooseQuizView(FoldedChooseView):
    folded_fields = ("title", "code")


class ChooseQuizResultsView(FoldedChooseResultsView):
    folded_fields = ("title", "code")


class QuizChooserViewSet(ChooserViewSet):
    model = Quiz
    name = "quiz_chooser"
    icon = "list-ol"
    choose_one_text = _("Choose a quiz")
    choose_another_text = _("Choose another quiz")
    edit_item_text = _("Open this quiz")

    choose_view_class = ChooseQuizView
    choose_results_view_class = ChooseQuizResultsView


def questions_of(quiz: Quiz) -> list[dict]:
    """What authors read of the questions, in one query; right answers are not shown."""
    places = (
        SectionQuestion.objects.filter(section__quiz=quiz)
        .select_related("section", "question__bank", "question__current")
        .order_by("section__position", "position")
    )
    return [_described(place) for place in places if place.question.current]


def _described(place: SectionQuestion) -> dict:
    version, language = place.question.current, get_language() or "vi"
    return {
        "code": place.question.code,
        "topic": place.topic,
        "kind": in_language(kind_of(version.kind).label, language),
        "stem": in_language(version.content["stem"], language),
        "points": version.points,
        "version": version.number,
    }
