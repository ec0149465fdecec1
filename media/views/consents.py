"""The register of consents in the admin: list, record, look at, withdraw. Nothing is edited or deleted."""

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from media import queries, rules
from media.domain import consent_requests
from media.domain.consent import withdraw_consent
from media.models import Consent, Exemplar
from media.views.records import RecordInspectView
from shared.errors import DomainError


class ConsentIndexView(generic.IndexView):
    def get_base_queryset(self):
        return queries.consents_for(self.request.user)


class ConsentCreateView(generic.CreateView):
    page_title = gettext_lazy("Record a consent")

    def get_initial(self):
        """The editor's consent panel links here with the person already chosen."""
        chosen = self.request.GET.get("exemplar", "")
        return {"exemplar": Exemplar.objects.filter(pk=chosen).first()} if chosen.isdecimal() else {}

    def save_instance(self):
        return self.form.record(actor=self.request.user)

    def get_success_buttons(self):
        address = reverse("consents:inspect", args=[quote(self.object.pk)])
        return [messages.button(address, _("Look at it"))]


class ConsentInspectView(RecordInspectView):
    labels = {
        "scope_summary": gettext_lazy("Covers"),
        "channel_summary": gettext_lazy("Where"),
        "state_label": gettext_lazy("State"),
    }

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if rules.can_withdraw_consent(self.request.user, self.object):
            address = reverse("consents:withdraw", args=[self.object.pk])
            buttons.append(Button(_("Withdraw"), url=address, icon_name="cross", priority=10))
        return buttons

    def get_evidence_display_value(self):
        if not self.object.evidence:
            return "–"
        address = reverse("consents:evidence", args=[self.object.pk])
        return format_html('<a href="{}">{}</a>', address, _("Signed paper"))


class WithdrawConsentView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Says what a withdrawal takes down, and does it only after a yes."""

    model = Consent
    permission_required = "view"
    page_title = gettext_lazy("Withdraw a consent")
    template_name = "media/admin/withdraw_consent.html"
    header_icon = "cross"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.consent = get_object_or_404(queries.consents_for(request.user), pk=kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.consent)

    def get_breadcrumbs_items(self):
        register = {"url": reverse("consents:index"), "label": _("Consents")}
        here = {"url": "", "label": self.page_title, "sublabel": str(self.consent)}
        return [*super().get_breadcrumbs_items(), register, here]

    def get_context_data(self, **kwargs):
        showing = queries.stories_showing(self.consent.exemplar).live()
        return super().get_context_data(**kwargs) | {
            "consent": self.consent,
            "may_withdraw": rules.can_withdraw_consent(self.request.user, self.consent),
            "stories": showing,
            "today": timezone.localdate(),
        }

    def post(self, request, *args, **kwargs):
        if not rules.can_read_consent(request.user, self.consent):
            raise PermissionDenied
        stories = withdraw_consent(self.consent, actor=request.user)
        taken_down = ngettext(
            "The consent is withdrawn. %(count)s story was taken down with its pictures and share card.",
            "The consent is withdrawn. %(count)s stories were taken down with pictures and share cards.",
            len(stories),
        )
        messages.success(request, taken_down % {"count": len(stories)})
        return redirect("consents:inspect", self.consent.pk)


class EvidenceView(View):
    """The signed paper, from the private storage, for those who may read the record."""

    def get(self, request, pk):
        consent = get_object_or_404(queries.consents_for(request.user), pk=pk)
        if not consent.evidence:
            raise Http404
        response = FileResponse(consent.evidence.open("rb"), as_attachment=True)
        response.headers["Cache-Control"] = "private, no-store"
        return response


class ConsentRequestIndexView(generic.IndexView):
    def get_base_queryset(self):
        return queries.consent_requests_for(self.request.user)


class ConsentRequestCreateView(generic.CreateView):
    produced_error_message = None  # a refusal of the domain stands in the form itself
    page_title = gettext_lazy("Ask for consent")

    def get_initial(self):
        """The editor's consent panel links here with person and story already chosen."""
        exemplar, story = self.request.GET.get("exemplar", ""), self.request.GET.get("story", "")
        return {
            "exemplar": Exemplar.objects.filter(pk=exemplar).first() if exemplar.isdecimal() else None,
            "story": story if story.isdecimal() else None,
        }

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
            return self.form_invalid(form)

    def save_instance(self):
        return self.form.ask(actor=self.request.user)

    def get_success_buttons(self):
        address = reverse("consent_requests:inspect", args=[quote(self.object.pk)])
        return [messages.button(address, _("Look at it"))]


class ConsentRequestInspectView(RecordInspectView):
    labels = {
        "scope_summary": gettext_lazy("Asked for"),
        "channel_summary": gettext_lazy("Where"),
        "state_label": gettext_lazy("State"),
        "personal_link": gettext_lazy("Personal link"),
    }

    def get_scope_summary_display_value(self):
        return ", ".join(str(scope.label) for scope in self.object.scopes)

    def get_channel_summary_display_value(self):
        return ", ".join(str(channel.label) for channel in self.object.channels)

    def get_personal_link_display_value(self):
        """To hand over by other ways than e-mail. People with an account answer there."""
        if self.object.exemplar.person_id:
            return _("Answered in the person's own account")
        return consent_requests.link_of(self.object)
