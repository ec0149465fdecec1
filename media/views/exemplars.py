"""An exemplar's standing on the editing desk: checked again, or annulled with an internal reason."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from media import queries
from media.domain import exemplars
from media.models import Exemplar
from shared.desk.pages import WithTrail
from shared.errors import DomainError


class StandingView(WithTrail, TemplateView):
    """Says what stands and what annulling would take down, and does it after a yes."""

    page_title = gettext_lazy("Standing of the recognition")
    template_name = "media/admin/standing.html"
    header_icon = "check"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.exemplar = get_object_or_404(Exemplar, pk=kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.exemplar)

    def get_trail(self):
        return [(self.edit_url, str(self.exemplar))]

    @property
    def edit_url(self) -> str:
        return reverse("wagtailsnippets_media_exemplar:edit", args=[self.exemplar.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "exemplar": self.exemplar,
            "stories": queries.stories_showing(self.exemplar).live(),
            "edit_url": self.edit_url,
        }

    def post(self, request, *args, **kwargs):
        try:
            if "annul" in request.POST:
                stories = exemplars.annul(self.exemplar, actor=request.user, reason=request.POST.get("reason", ""))
                said = ngettext(
                    "The recognition is annulled. %(count)s story was taken down.",
                    "The recognition is annulled. %(count)s stories were taken down.",
                    len(stories),
                ) % {"count": len(stories)}
            else:
                exemplars.still_stands(self.exemplar, actor=request.user)
                said = _("Noted: the recognition still stands. It is to be checked again in a year.")
            messages.success(request, said)
        except DomainError as refusal:
            messages.error(request, refusal.message)
        return redirect("exemplar_standing", self.exemplar.pk)
