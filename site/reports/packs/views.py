"""Ordering an evidence pack; the pack itself is an exported file like others."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reports.documents.asking import Scope
from reports.enums import ExportWhat
from reports.exports.ordering import order
from reports.packs.asking import FIRST_YEAR, can_make_packs, last_day
from shared.errors import DomainError


class PackForm(forms.Form):
    """The units are those of the viewer's roles today: whatever else is sent is no choice."""

    unit = forms.TypedChoiceField(label=gettext_lazy("Unit, with all units below it"), coerce=int)
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        this_year = timezone.localdate().year
        tree = Scope(viewer, last_day(this_year), with_headed=False).tree
        self.fields["unit"].choices = [(unit.pk, unit.indented) for unit in tree.open_units()]
        self.fields["year"].choices = [(year, str(year)) for year in range(this_year, FIRST_YEAR - 1, -1)]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def packs(request):
    """What a pack holds, and the form that has one made. A GET changes nothing."""
    if not can_make_packs(request.user):
        raise PermissionDenied(_("Evidence packs are for inspectors and HR officers."))
    form = PackForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        parameters = {"don_vi": str(form.cleaned_data["unit"]), "nam": str(form.cleaned_data["year"])}
        try:
            export = order(request.user, ExportWhat.PACK, parameters, "zip")
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("reports:export", export.pk)
    context = {"form": form, "nav_section": "reports", "section": "reports:packs"}
    return render(request, "reports/packs/order.html", context)
