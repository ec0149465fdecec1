"""The head of a unit and the other names imports know it by: both are kept as of today."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from people.desk.units.access import OneUnitView
from people.desk.units.forms import AliasesForm, HeadForm
from people.domain import units


class DetailView(OneUnitView, FormView):
    template_name = "people/desk/units/detail.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"media": context["form"].media}


class HeadView(DetailView):
    page_title = gettext_lazy("Head of the unit")
    form_class = HeadForm

    def get_initial(self):
        return {"head": self.unit.head_id}

    def form_valid(self, form):
        head = form.cleaned_data["head"]
        units.set_head(self.unit, head, actor=self.request.user)
        words = {"unit": self.unit, "head": head}
        text = _("%(head)s heads %(unit)s.") if head else _("%(unit)s has no head.")
        messages.success(self.request, text % words)
        return redirect(self.unit_url)


class AliasesView(DetailView):
    page_title = gettext_lazy("Other names")
    form_class = AliasesForm

    def get_initial(self):
        return {"aliases": "\n".join(self.unit.aliases.values_list("alias", flat=True))}

    def form_valid(self, form):
        units.set_aliases(self.unit, form.cleaned_data["aliases"], actor=self.request.user)
        messages.success(self.request, _("The other names of %(unit)s are kept.") % {"unit": self.unit})
        return redirect(self.unit_url)
