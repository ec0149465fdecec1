"""The desk's list of completions that rest on a result which changed, and the decision about each."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from courses import queries
from courses.domain import doubts
from courses.enums import DoubtOutcome
from quizzes.rules import can_author
from shared.desk.pages import WithTrail
from shared.errors import DomainError

_SETTLED_SHOWN = 100


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(label=gettext_lazy("Decision"), choices=DoubtOutcome, widget=forms.RadioSelect)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class DoubtsView(WithTrail, TemplateView):
    template_name = "courses/desk/doubts.html"
    page_title = gettext_lazy("Completions in question")
    header_icon = "warning"

    def dispatch(self, request, *args, **kwargs):
        if not can_author(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def found(self):
        doubts_seen = queries.doubts_for(self.request.user)
        return doubts_seen.select_related(
            "completion__person", "completion__course", "completion__certificate", "change", "settled_by"
        )

    def post(self, request, *args, **kwargs):
        number = request.POST.get("doubt", "")
        doubt = get_object_or_404(self.found(), pk=number if number.isdecimal() else 0)
        form = DecisionForm(request.POST, prefix=str(doubt.pk))
        if form.is_valid():
            try:
                doubts.settle(doubt, actor=request.user, **form.cleaned_data)
            except DomainError as problem:
                form.add_error(None, problem.message)
            else:
                messages.success(request, _("Decided and logged."))
                return redirect("examining_doubts")
        return self.render_to_response(self.get_context_data(sent={doubt.pk: form}))

    def get_context_data(self, sent=None, **kwargs):
        open_ones = self.found().filter(settled_at__isnull=True)
        rows = [(doubt, (sent or {}).get(doubt.pk) or DecisionForm(prefix=str(doubt.pk))) for doubt in open_ones]
        settled = self.found().filter(settled_at__isnull=False).order_by("-settled_at")[:_SETTLED_SHOWN]
        return super().get_context_data(**kwargs) | {"rows": rows, "settled": settled}


class DoubtsMenuItem(MenuItem):
    """Shown while something waits for the viewer's decision."""

    def is_shown(self, request):
        if not can_author(request.user):
            return False
        return queries.doubts_for(request.user).filter(settled_at__isnull=True).exists()


def menu_item():
    return DoubtsMenuItem(
        _("Completions in question"), reverse("examining_doubts"), name="doubts", icon_name="warning", order=125
    )


urlpatterns = [path("hoan-thanh-can-xem/", DoubtsView.as_view(), name="examining_doubts")]
