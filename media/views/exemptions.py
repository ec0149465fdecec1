"""Exemptions for pictures of public events, on the editing desk: list, approve, look at, revoke."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from media import rules
from media.domain import exemptions
from media.models import PictureExemption
from media.views.records import RecordInspectView
from shared.errors import DomainError


class ExemptionIndexView(generic.IndexView):
    def get_base_queryset(self):
        return PictureExemption.objects.select_related("photograph", "approved_by")


class ExemptionCreateView(generic.CreateView):
    produced_error_message = None  # a refusal of the domain stands in the form itself
    page_title = gettext_lazy("Approve an exemption")

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
            return self.form_invalid(form)

    def save_instance(self):
        return self.form.grant(actor=self.request.user)

    def get_success_buttons(self):
        return [messages.button(reverse("exemptions:inspect", args=[self.object.pk]), _("Look at it"))]


class ExemptionInspectView(RecordInspectView):
    template_name = "media/admin/exemption.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"exemption": self.object}

    @property
    def header_more_buttons(self):
        return (
            []
            if self.object.revoked_at
            else [
                Button(_("Revoke"), url="#revoke", icon_name="cross", priority=10),
            ]
        )


class RevokeExemptionView(View):
    def post(self, request, pk: int):
        if not rules.can_keep_consents(request.user):
            raise PermissionDenied
        exemptions.revoke(get_object_or_404(PictureExemption, pk=pk), actor=request.user)
        messages.success(request, _("The exemption is revoked. Stories that need it were taken down."))
        return redirect("exemptions:index")
