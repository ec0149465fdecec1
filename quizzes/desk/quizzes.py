"""The quizzes of the editing desk: created, their rules changed; their questions stand on `paper.PaperView`."""

from django.db.models import Count, IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from quizzes import queries, rules
from quizzes.desk.banks import own_units
from quizzes.desk.rules import PANELS as RULES_PANELS
from quizzes.desk.rules import RulesForm
from quizzes.domain import quizzes
from quizzes.models import Quiz, SectionDraw
from shared.desk.deletion import GuardedDeleteView
from shared.desk.searching import FoldedChooseResultsView, FoldedChooseView, FoldedSearch


class QuizIndexView(FoldedSearch, generic.IndexView):
    folded_fields = ("title", "code")

    def get_base_queryset(self):
        drawn = SectionDraw.objects.filter(section__quiz=OuterRef("pk")).order_by().values("section__quiz")
        drawn = Subquery(drawn.annotate(total=Sum("count")).values("total"), output_field=IntegerField())
        fixed = Count("sections__section_questions", distinct=True)
        return queries.edited_quizzes_for(self.request.user).annotate(question_count=fixed + Coalesce(drawn, 0))


class QuizForm(RulesForm):
    """The unit is one of the author's own. The code stays once it is given: files of courses name quizzes by it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["code"]
        if self.for_user is not None and "owner_unit" in self.fields:
            self.fields["owner_unit"].queryset = own_units(self.for_user)


class QuizCreateView(generic.CreateView):
    def save_instance(self):
        return quizzes.create_quiz(self.form.instance, actor=self.request.user)

    def get_success_url(self):
        return reverse("exam_paper", args=[self.object.pk])


class QuizEditView(generic.EditView):
    def save_instance(self):
        return quizzes.change_rules(self.form.instance, self.form.changed_data, actor=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "problems": quizzes.problems(self.object),
            "can_examine": rules.can_examine(self.request.user, self.object),
        }


class QuizDeleteView(GuardedDeleteView):
    def delete_action(self):
        quizzes.delete_quiz(self.object, actor=self.request.user)


class QuizAuthors(ModelPermissionPolicy):
    """Authors set the quizzes of their units; Django's permissions are not asked. Others' are not theirs to open."""

    def user_has_permission(self, user, action):
        return rules.can_author(user)

    def user_has_permission_for_instance(self, user, action, instance):
        return rules.can_edit_quiz(user, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        return queries.edited_quizzes_for(user)


class QuizViewSet(ModelViewSet):
    model = Quiz
    name = "quiz_desk"
    url_prefix = "quizzes"
    icon = "list-ol"
    menu_label = _("Quizzes")
    menu_name = "quizzes"
    copy_view_enabled = False
    list_display = [
        "title",
        "code",
        Column("time_limit_minutes", label=_("Minutes"), sort_key="time_limit_minutes"),
        Column("max_attempts", label=_("Attempts allowed"), sort_key="max_attempts"),
        Column("pass_percent", label=_("Pass mark, %"), sort_key="pass_percent"),
        Column("question_count", label=_("Questions"), sort_key="question_count"),
    ]
    ordering = "title"
    edit_template_name = "quizzes/desk/edit.html"
    add_view_class = QuizCreateView
    index_view_class = QuizIndexView
    edit_view_class = QuizEditView
    delete_view_class = QuizDeleteView
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("title"), FieldPanel("code")]),
            FieldPanel("owner_unit"),
            *RULES_PANELS,
        ],
        base_form_class=QuizForm,
    )


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
