"""The room's doors in Wagtail: its screens and its part of the menu."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.permissions import register_permission_policy

from people.desk.log import vocabulary
from quizzes import rules
from quizzes.desk.quizzes import QuizAuthors, QuizChooserViewSet, QuizViewSet
from quizzes.desk.tags import TagKeepers, TagViewSet, VocabularyViewSet
from quizzes.desk.urls import urlpatterns
from quizzes.desk.work import work_of_examiners
from quizzes.models import Quiz, Tag, TagVocabulary
from shared.desk import work

work.register(work_of_examiners)
vocabulary.rows(Quiz, "title", "quiz")
register_permission_policy(Quiz, QuizAuthors(Quiz), exact_class=True)
register_permission_policy(Tag, TagKeepers(Tag), exact_class=True)
register_permission_policy(TagVocabulary, TagKeepers(TagVocabulary), exact_class=True)


class _EntryFor(MenuItem):
    """An entry shown to those whom a rule lets in."""

    def __init__(self, *args, rule=rules.can_author, **kwargs):
        super().__init__(*args, **kwargs)
        self.rule = rule

    def is_shown(self, request):
        return self.rule(request.user)


@hooks.register("register_admin_viewset")
def quizzes_of_the_desk():
    return [QuizViewSet(), QuizChooserViewSet(), VocabularyViewSet(), TagViewSet()]


@hooks.register("register_admin_urls")
def screens():
    return urlpatterns


@hooks.register("register_admin_menu_item")
def examinations_in_the_menu():
    keepers = {"rule": rules.can_keep_tags}
    entries = [
        _EntryFor(_("Quizzes"), reverse("quiz_desk:index"), name="quizzes", icon_name="list-ol", order=10),
        _EntryFor(_("Questions"), reverse("exam_questions"), name="questions", icon_name="help", order=20),
        _EntryFor(_("Question banks"), reverse("exam_banks"), name="banks", icon_name="folder-open-inverse", order=30),
        _EntryFor(_("To be marked"), reverse("exam_marking"), name="marking", icon_name="edit", order=40),
        _EntryFor(_("Tags"), reverse("exam_tags:index"), name="tags", icon_name="tag", order=50, **keepers),
        _EntryFor(
            _("Tag vocabularies"),
            reverse("exam_vocabularies:index"),
            name="vocabularies",
            icon_name="tag",
            order=60,
            **keepers,
        ),
    ]
    return SubmenuMenuItem(_("Examinations"), Menu(items=entries), name="examinations", icon_name="list-ol", order=120)
