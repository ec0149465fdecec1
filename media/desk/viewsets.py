"""The press office's part of the Wagtail menu."""

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_filters import DateFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views import snippets
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from media import rules
from media.desk.registers import RegisterViewSet
from media.forms import ConsentForm, ConsentRequestForm, PictureExemptionForm
from media.forms.story_links import StoryLinkForm
from media.models import (
    Adoption,
    Consent,
    ConsentRequest,
    EmulationLevel,
    EmulationSlogan,
    Exemplar,
    PictureExemption,
    StoryLink,
)
from media.views import consents, desk_links
from media.views import exemptions as exemption_views
from media.views.guards import for_the_press
from shared.desk.columns import DayColumn


def _day(model, name: str) -> DayColumn:
    """A column headed as the field is called; without a label Wagtail would show the field's own name."""
    return DayColumn(name, label=capfirst(model._meta.get_field(name).verbose_name))


class ConsentPermissionPolicy(ModelPermissionPolicy):
    """Reading and recording by role; nobody, not even a superuser, edits or deletes a record."""

    def user_has_permission(self, user, action):
        return action in {"add", "view"} and rules.can_keep_consents(user)


class ExemplarFilters(WagtailFilterSet):
    recheck_on = DateFilter(label=_("To be checked again up to"), lookup_expr="lte", widget=AdminDateInput)

    class Meta:
        model = Exemplar
        fields = ["kind", "status"]


class ExemplarEditView(snippets.EditView):
    @cached_property
    def header_more_buttons(self):
        address = reverse("exemplar_standing", args=[self.object.pk])
        standing = Button(_("Check again or annul"), url=address, icon_name="check", priority=5)
        return [*super().header_more_buttons, standing]


class ExemplarChooserViewSet(SnippetChooserViewSet):
    """Who is or may become an exemplar is the press office's to know until a story says it."""

    def construct_view(self, view_class, **kwargs):
        return for_the_press(super().construct_view(view_class, **kwargs))


class ExemplarViewSet(SnippetViewSet):
    model = Exemplar
    chooser_viewset_class = ExemplarChooserViewSet
    icon = "user"
    menu_label = _("Exemplary officials")
    menu_name = "exemplars"
    list_display = ["display_name", "kind", "unit_name", "status", _day(Exemplar, "recheck_on")]
    filterset_class = ExemplarFilters
    edit_view_class = ExemplarEditView
    copy_view_enabled = False
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("display_name"),
                FieldPanel("position_title"),
                FieldPanel("unit_name"),
                FieldPanel("unit"),
                FieldPanel("guardian_name"),
                FieldPanel("person"),
            ],
            heading=_("Who it is"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("achievement"),
                FieldPanel("pillars"),
            ],
            heading=_("What they did"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("award"),
                FieldPanel("award_form"),
                FieldPanel("decision_number"),
                FieldPanel("decided_on"),
                FieldPanel("issuer"),
                FieldPanel("level"),
            ],
            heading=_("Award"),
        ),
        MultiFieldPanel([FieldPanel("status"), FieldPanel("recheck_on")], heading=_("Standing")),
    ]


class LevelViewSet(SnippetViewSet):
    model = EmulationLevel
    icon = "list-ol"
    menu_label = _("Levels of recognition")
    menu_name = "emulation-levels"
    list_display = ["name", "sort_order", "is_active"]
    copy_view_enabled = False
    panels = [FieldPanel("name"), FieldPanel("sort_order"), FieldPanel("is_active")]


class SloganViewSet(SnippetViewSet):
    model = EmulationSlogan
    icon = "openquote"
    menu_label = _("Slogans")
    menu_name = "emulation-slogans"
    list_display = ["text", "is_active"]
    copy_view_enabled = False
    panels = [FieldPanel("text"), FieldPanel("is_active")]


class ConsentViewSet(RegisterViewSet):
    model = Consent
    name = "consents"
    icon = "check"
    menu_label = _("Consents")
    menu_name = "consents"
    list_display = [
        "exemplar",
        Column("scope_summary", label=_("Covers")),
        Column("channel_summary", label=_("Where")),
        DayColumn("obtained_on", label=_("Given on")),
        DayColumn("expires_on", label=_("Holds until")),
        Column("state_label", label=_("State")),
    ]
    search_fields = ["exemplar__display_name", "given_by"]
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

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("withdraw/<int:pk>/", consents.WithdrawConsentView.as_view(), name="withdraw"),
            path("evidence/<int:pk>/", consents.EvidenceView.as_view(), name="evidence"),
        ]


class ConsentRequestViewSet(RegisterViewSet):
    """Requests are asked and looked at; the answer is the person's own."""

    model = ConsentRequest
    name = "consent_requests"
    icon = "mail"
    menu_label = _("Requests for consent")
    menu_name = "consent-requests"
    list_display = ["exemplar", "story", _day(ConsentRequest, "asked_at"), Column("state_label", label=_("State"))]
    search_fields = ["exemplar__display_name"]
    inspect_view_fields = [
        "exemplar",
        "story",
        "scope_summary",
        "channel_summary",
        "state_label",
        "personal_link",
        "expires_on",
        "email",
        "text_version",
        "text_shown",
        "asked_by",
        "asked_at",
        "answered_at",
    ]
    index_view_class = consents.ConsentRequestIndexView
    add_view_class = consents.ConsentRequestCreateView
    inspect_view_class = consents.ConsentRequestInspectView

    def get_form_class(self, for_update=False):
        return ConsentRequestForm


class ExemptionViewSet(RegisterViewSet):
    """Pictures of public events: approved by name, never edited, revoked at any time."""

    model = PictureExemption
    name = "exemptions"
    icon = "group"
    menu_label = _("Exemptions")
    menu_name = "exemptions"
    list_display = [
        "photograph",
        "event",
        _day(PictureExemption, "event_on"),
        "approved_by",
        _day(PictureExemption, "revoked_at"),
    ]
    search_fields = ["event", "photograph__title"]
    inspect_view_fields = [
        "photograph",
        "event",
        "event_place",
        "event_on",
        "reason",
        "approved_by",
        "approved_at",
        "revoked_at",
    ]
    index_view_class = exemption_views.ExemptionIndexView
    add_view_class = exemption_views.ExemptionCreateView
    inspect_view_class = exemption_views.ExemptionInspectView

    def get_form_class(self, for_update=False):
        return PictureExemptionForm

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("revoke/<int:pk>/", exemption_views.RevokeExemptionView.as_view(), name="revoke"),
        ]


class StoryLinkViewSet(RegisterViewSet):
    """Personal links to stories that are not public."""

    model = StoryLink
    name = "story_links"
    icon = "link"
    menu_label = _("Personal links")
    menu_name = "story-links"
    list_display = [
        "name",
        "story",
        Column("get_purpose_display", label=_("Purpose")),
        _day(StoryLink, "expires_at"),
        Column("state_label", label=_("State")),
    ]
    search_fields = ["name", "story__title"]
    inspect_view_fields = [
        "story",
        "get_purpose_display",
        "name",
        "role",
        "address",
        "state_label",
        "expires_at",
        "opened_at",
        "answered_at",
        "comment",
        "made_by",
    ]
    index_view_class = desk_links.LinkIndexView
    add_view_class = desk_links.LinkCreateView
    inspect_view_class = desk_links.LinkInspectView

    def get_form_class(self, for_update=False):
        return StoryLinkForm


class AdoptionViewSet(RegisterViewSet):
    """Examples applied elsewhere: units report, the press office accepts."""

    model = Adoption
    name = "adoptions"
    icon = "tick"
    menu_label = _("Applied elsewhere")
    menu_name = "adoptions"
    list_display = ["unit", "story", _day(Adoption, "sent_at"), _day(Adoption, "accepted_at")]
    search_fields = ["unit__name", "story__title"]
    inspect_view_fields = ["unit", "story", "text", "proof", "sent_by", "sent_at", "accepted_by", "accepted_at"]
    index_view_class = desk_links.AdoptionIndexView
    inspect_view_class = desk_links.AdoptionInspectView
    form_fields = ["text"]

    def get_urlpatterns(self):
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name != "add"),
            path("accept/<int:pk>/", for_the_press(desk_links.AcceptAdoptionView.as_view()), name="accept"),
            path("proof/<int:pk>/", for_the_press(desk_links.ProofView.as_view()), name="proof"),
        ]

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**kwargs) | {"add_url_name": None}


class PressOfficeGroup(SnippetViewSetGroup):
    items = (
        ExemplarViewSet,
        ConsentRequestViewSet,
        ConsentViewSet,
        ExemptionViewSet,
        StoryLinkViewSet,
        AdoptionViewSet,
        LevelViewSet,
        SloganViewSet,
    )
    menu_icon = "group"
    menu_label = _("Press office")
    menu_name = "press-office"
    menu_order = 250
