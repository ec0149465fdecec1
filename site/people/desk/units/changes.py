"""What can happen to a unit, in two steps: the form, then what it would do to whom, and only then the deed."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from people.desk.units.access import OneUnitView
from people.desk.units.forms import CloseForm, MergeForm, MoveForm, RenameForm, SplitForm
from shared.errors import DomainError

# What the buttons of the preview send besides the form's own fields.
OWN_FIELDS = frozenset({"csrfmiddlewaretoken", "confirm", "back"})


class ChangeView(OneUnitView, FormView):
    """One verb. The form is sent twice: to be tried, and with the fingerprint of what was shown to be done."""

    template_name = "people/desk/units/change.html"
    preview_template = "people/desk/units/preview.html"
    explanation = ""
    confirm_label = gettext_lazy("Confirm")
    done_message = gettext_lazy("Recorded: %(unit)s, from %(day)s on.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"unit": self.unit}

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if "back" in request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form):
        confirmed = self.request.POST.get("confirm", "")
        try:
            outcome = form.attempt(self.request.user, confirmed)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
            return self.form_invalid(form)
        if outcome.done:
            day = f"{outcome.effective:%d/%m/%Y}"
            messages.success(self.request, self.done_message % {"unit": self.unit, "day": day})
            return redirect(self.unit_url)
        return self._preview(form, outcome, changed_meanwhile=bool(confirmed))

    def _preview(self, form, outcome, *, changed_meanwhile: bool):
        sent = [
            (name, value)
            for name, values in self.request.POST.lists()
            if name not in OWN_FIELDS
            for value in values
            if value
        ]
        context = self.get_context_data(form=form) | {
            "outcome": outcome,
            "sent": sent,
            "basis": form.cleaned_data["basis"],
            "changed_meanwhile": changed_meanwhile,
        }
        self.template_name = self.preview_template
        return self.render_to_response(context)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "media": context["form"].media,
            "explanation": self.explanation,
            "confirm_label": self.confirm_label,
        }


class RenameView(ChangeView):
    page_title = pgettext_lazy("unit", "Rename")
    form_class = RenameForm
    explanation = gettext_lazy("Reports of earlier days keep the former name; imports go on recognising it.")
    confirm_label = gettext_lazy("Rename the unit")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        renamed = form.is_bound and hasattr(form, "cleaned_data") and form.cleaned_data.get("name")
        return context | {"new_name": renamed or ""}


class MoveView(ChangeView):
    page_title = pgettext_lazy("unit", "Move")
    form_class = MoveForm
    explanation = gettext_lazy(
        "Everything below the unit goes along. Before that day it is counted where it stands now."
    )
    confirm_label = gettext_lazy("Move the unit")


class MergeView(ChangeView):
    page_title = pgettext_lazy("unit", "Merge")
    template_name = "people/desk/units/merge.html"
    form_class = MergeForm
    explanation = gettext_lazy(
        "The merged units end on that day. People, sub-units and roles go on in their successor; "
        "what was counted under them before stays there."
    )
    confirm_label = gettext_lazy("Merge the units")


class SplitView(ChangeView):
    page_title = pgettext_lazy("unit", "Split")
    template_name = "people/desk/units/split.html"
    form_class = SplitForm
    explanation = gettext_lazy("People and sub-units are dealt out to parts that exist or begin on that day.")
    confirm_label = gettext_lazy("Split the unit")


class CloseView(ChangeView):
    page_title = pgettext_lazy("unit", "Close")
    form_class = CloseForm
    explanation = gettext_lazy("The unit ends on that day. Nothing that was recorded about it is lost.")
    confirm_label = gettext_lazy("Close the unit")
