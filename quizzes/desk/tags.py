"""Vocabularies and their words, kept by administrators."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from quizzes import rules
from quizzes.models import Tag, TagVocabulary
from shared.desk.deletion import GuardedDeleteView
from shared.desk.searching import FoldedSearch


class TagKeepers(ModelPermissionPolicy):
    """Django's permissions are not asked: the words serve all units, so administrators keep them."""

    def user_has_permission(self, user, action):
        return rules.can_keep_tags(user)

    def user_has_permission_for_instance(self, user, action, instance):
        return rules.can_keep_tags(user)


class _Named(FoldedSearch, generic.IndexView):
    folded_fields = ("name", "name_en", "code")


class _Words(_Named):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("vocabulary")


class _KeptByAdministrators(ModelViewSet):
    icon = "tag"
    copy_view_enabled = False
    inspect_view_enabled = False
    delete_view_class = GuardedDeleteView


class VocabularyViewSet(_KeptByAdministrators):
    model = TagVocabulary
    name = "exam_vocabularies"
    url_prefix = "exams/vocabularies"
    menu_label = _("Tag vocabularies")
    list_display = ["name", Column("name_en", label=_("in English")), "code", "position"]
    ordering = "position"
    index_view_class = _Named
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
        FieldRowPanel([FieldPanel("code"), FieldPanel("position")]),
    ]


class TagViewSet(_KeptByAdministrators):
    model = Tag
    name = "exam_tags"
    url_prefix = "exams/tags"
    menu_label = _("Tags")
    list_display = ["name", Column("name_en", label=_("in English")), "vocabulary", "code", "position"]
    list_filter = ["vocabulary"]
    ordering = ["vocabulary__position", "position"]
    index_view_class = _Words
    panels = [
        FieldPanel("vocabulary"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
        FieldRowPanel([FieldPanel("code"), FieldPanel("position")]),
    ]
