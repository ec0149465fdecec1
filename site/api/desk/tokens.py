"""Tokens on the editing desk: issued with the secret shown once, withdrawn instead of deleted."""

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from api.domain import tokens
from api.models import ApiToken, TokenScope
from people import rules
from people.desk.choosers import UnitChooserViewSet
from people.models import Person, Unit
from shared.desk.columns import DayColumn
from shared.desk.refusals import TellsRefusals
from shared.errors import DomainError


class TokenForm(forms.ModelForm):
    """Whose eyes the other system reads with is typed, not picked from a list of everybody."""

    owner = forms.CharField(label=_("Sign-in name of the owner"), max_length=60)
    scopes = forms.MultipleChoiceField(
        label=_("Allowed to"),
        choices=TokenScope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[TokenScope.READ.value],
    )
    unit = forms.ModelChoiceField(
        label=_("Only in the unit"),
        queryset=Unit.objects.all(),
        required=False,
        widget=UnitChooserViewSet().widget_class,
        help_text=_(
            "With everything below it. Left empty, the token reads all its owner may; a token that writes needs one."
        ),
    )

    class Meta:
        model = ApiToken
        fields = ["name", "owner", "expires_on", "scopes", "unit"]
        widgets = {"expires_on": forms.DateInput(attrs={"type": "date"})}

    def clean_owner(self):
        owner = Person.objects.filter(username=self.cleaned_data["owner"], is_active=True).first()
        if owner is None:
            raise forms.ValidationError(_("There is no open account with this sign-in name."))
        return owner

    def clean(self):
        found = super().clean()
        scopes, unit = found.get("scopes", ()), found.get("unit")
        try:
            tokens.check(scopes, unit)
        except DomainError as refusal:
            self.add_error("unit" if scopes else "scopes", refusal.message)
        owner = found.get("owner") or (self.instance.owner if self.instance.owner_id else None)
        if TokenScope.PEOPLE_WRITE in scopes and owner and unit and not rules.can_keep_people_of(owner, unit):
            self.add_error("unit", _("The owner does not keep the staff records of this unit."))
        return found


class TokenChangeForm(TokenForm):
    """Owner and last day are part of what was handed over; with another one it is another token."""

    owner = None

    class Meta(TokenForm.Meta):
        fields = ["name", "scopes", "unit"]


class TokenEditView(TellsRefusals, generic.EditView):
    def get_queryset(self):
        return super().get_queryset().filter(revoked_at__isnull=True)

    def save_instance(self):
        values = self.form.cleaned_data
        return tokens.change(
            self.object, name=values["name"], scopes=values["scopes"], unit=values["unit"], actor=self.request.user
        )


class TokenCreateView(TellsRefusals, generic.CreateView):
    refused_field = "expires_on"

    def save_instance(self):
        values = self.form.cleaned_data
        token, self.secret = tokens.issue(
            values["name"],
            values["owner"],
            values["expires_on"],
            actor=self.request.user,
            scopes=values["scopes"],
            unit=values["unit"],
        )
        return token

    def save_action(self):
        answer = render(self.request, "api/token_issued.html", {"token": self.object, "secret": self.secret})
        answer["Cache-Control"] = "no-store"
        return answer


class TokenWithdrawView(generic.DeleteView):
    confirmation_message = _("The other system gets no more answers with this token.")

    def delete_action(self):
        tokens.revoke(self.object, actor=self.request.user)


class ApiTokenViewSet(ModelViewSet):
    model = ApiToken
    name = "api_tokens"
    url_prefix = "khoa-api"
    icon = "key"
    menu_label = _("API tokens")
    menu_name = "api-tokens"
    menu_order = 70
    menu_hook = "register_people_menu_item"
    list_display = [
        "name",
        Column("owner", label=_("acts in the name of")),
        Column("purposes", label=_("allowed to")),
        Column("unit", label=_("only in the unit")),
        "start",
        DayColumn("expires_on", label=_("last day")),
        DateColumn("last_used_on", label=_("last used")),
        DateColumn("revoked_at", label=_("withdrawn")),
    ]
    list_filter: list[str] = []
    copy_view_enabled = False
    inspect_view_enabled = False
    edit_view_class = TokenEditView
    add_view_class = TokenCreateView
    delete_view_class = TokenWithdrawView

    def get_form_class(self, for_update=False):
        return TokenChangeForm if for_update else TokenForm
