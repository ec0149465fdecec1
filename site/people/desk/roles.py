"""The roles of one person: granted and withdrawn one by one, each with its entry in the log."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from people.desk.forms import GrantForm
from people.desk.persons import OnePersonMixin
from people.domain import roles
from people.models import RoleGrant
from shared.errors import DomainError


class RolesView(OnePersonMixin, FormView):
    template_name = "people/desk/roles.html"
    page_title = gettext_lazy("Roles")
    form_class = GrantForm

    def form_valid(self, form):
        data = form.cleaned_data
        days = {"valid_from": data["valid_from"], "valid_to": data["valid_to"]}
        try:
            grant = roles.grant_role(self.person, data["role"], data["unit"], actor=self.request.user, **days)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
            return self.form_invalid(form)
        messages.success(self.request, _("Granted: %(role)s") % {"role": grant})
        return redirect("wagtailusers_users:roles", self.person.pk)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        grants = RoleGrant.objects.filter(person=self.person).select_related("unit", "granted_by")
        return context | {"grants": grants.order_by("role", "unit__name"), "media": context["form"].media}


class WithdrawView(OnePersonMixin, TemplateView):
    """Asks before it withdraws a role."""

    template_name = "people/desk/withdraw_role.html"
    page_title = gettext_lazy("Withdraw a role")

    def dispatch(self, request, *args, **kwargs):
        self.grant_id = kwargs["grant_id"]
        return super().dispatch(request, *args, **kwargs)

    @property
    def grant(self):
        grants = RoleGrant.objects.select_related("person", "unit")
        return get_object_or_404(grants, pk=self.grant_id, person=self.person)

    @property
    def roles_url(self):
        return reverse("wagtailusers_users:roles", args=[self.person.pk])

    def post(self, request, **kwargs):
        grant = self.grant
        try:
            roles.withdraw_role(grant, actor=request.user)
        except DomainError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Withdrawn: %(role)s") % {"role": grant})
        return redirect(self.roles_url)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"grant": self.grant, "roles_url": self.roles_url}
