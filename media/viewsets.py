"""The press office's part of the Wagtail menu."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from media import rules
from media.forms import ConsentForm
from media.models import Consent, Exemplar
from media.views import consents


class ConsentPermissionPolicy(ModelPermissionPolicy):
    """Reading and recording by role; nobody, not even a superuser, edits or deletes a record."""

    def user_has_permission(self, user, action):
        return action in {"add", "view"} and rules.can_keep_consents(user)


class ExemplarViewSet(SnippetViewSet):
    model = Exemplar
    icon = "user"
    menu_label = _("Exemplary officials")
    menu_name = "exemplars"
    list_display = ["display_name", "kind", "unit_name", "status"]
    list_filter = ["kind", "status"]
    copy_view_enabled = False
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("display_name"),
                FieldPanel("position_title"),
                FieldPanel("unit_name"),
            ],
            heading=_("Who it is"),
        ),
        FieldPanel("achievement"),
        FieldPanel("award"),
        FieldPanel("status"),
        FieldPanel("person"),
    ]


class ConsentViewSet(ModelViewSet):
    model = Consent
    name = "consents"
    icon = "check"
    menu_label = _("Consents")
    menu_name = "consents"
    list_display = [
        "exemplar",
        Column("scope_summary", label=_("Covers")),
        Column("channel_summary", label=_("Where")),
        DateColumn("obtained_on", label=_("Given on")),
        DateColumn("expires_on", label=_("Holds until")),
        Column("state_label", label=_("State")),
    ]
    search_fields = ["exemplar__display_name", "given_by"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "exemplar",
        "given_by",
        "scope_summary",
        "channel_summary",
        "state_label",
        "obtained_how",
        "obtained_on",
        "expires_on",
        "evidence",
        "text_version",
        "text_shown",
        "recorded_by",
        "recorded_at",
        "withdrawn_at",
        "withdrawn_by",
    ]
    index_view_class = consents.ConsentIndexView
    add_view_class = consents.ConsentCreateView
    inspect_view_class = consents.ConsentInspectView

    def get_form_class(self, for_update=False):
        return ConsentForm

    def get_common_view_kwargs(self, **kwargs):
        absent = {
            "edit_url_name": None,
            "delete_url_name": None,
            "history_url_name": None,
            "usage_url_name": None,
        }
        return super().get_common_view_kwargs(**kwargs) | absent

    def get_urlpatterns(self):
        """Only what the register allows: no address for editing or deleting exists at all."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("withdraw/<int:pk>/", consents.WithdrawConsentView.as_view(), name="withdraw"),
            path("evidence/<int:pk>/", consents.EvidenceView.as_view(), name="evidence"),
        ]

    def register_admin_url_finder(self):
        """There is no edit page to find."""


class PressOfficeGroup(SnippetViewSetGroup):
    items = (ExemplarViewSet, ConsentViewSet)
    menu_icon = "group"
    menu_label = _("Press office")
    menu_name = "press-office"
    menu_order = 250
