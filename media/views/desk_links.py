"""Personal links and adopted examples on the editing desk."""

from datetime import timedelta

from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views import generic

from media import queries
from media.domain import adoptions, publishing, story_links
from media.models import Adoption, StoryLink, StoryPage
from media.views.records import RecordInspectView
from shared.desk.pages import WithTrail
from shared.errors import DomainError


class LinkCreateView(generic.CreateView):
    page_title = gettext_lazy("Make a personal link")
    produced_error_message = None  # a refusal of the domain stands in the form itself

    def get_initial(self):
        story = self.request.GET.get("story", "")
        soon = timezone.localtime() + timedelta(days=7)
        return {"story": story if story.isdecimal() else None, "expires_at": soon.replace(second=0, microsecond=0)}

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
            return self.form_invalid(form)

    def save_instance(self):
        return self.form.make(actor=self.request.user)

    def get_success_buttons(self):
        return [messages.button(reverse("story_links:inspect", args=[self.object.pk]), _("Look at it"))]


class LinkIndexView(generic.IndexView):
    def get_base_queryset(self):
        return StoryLink.objects.select_related("story")


class LinkInspectView(RecordInspectView):
    labels = {
        "get_purpose_display": gettext_lazy("Purpose"),
        "address": gettext_lazy("Personal link"),
        "state_label": gettext_lazy("State"),
    }

    def get_address_display_value(self):
        return story_links.address_of(self.object)


class AdoptionIndexView(generic.IndexView):
    def get_base_queryset(self):
        return Adoption.objects.select_related("unit", "story")


class AdoptionInspectView(RecordInspectView):
    template_name = "media/admin/adoption.html"

    def get_proof_display_value(self):
        return format_html('<a href="{}">{}</a>', reverse("adoptions:proof", args=[self.object.pk]), _("Proof"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"adoption": self.object}


class AcceptAdoptionView(View):
    def post(self, request, pk: int):
        adoptions.accept(get_object_or_404(Adoption, pk=pk), actor=request.user)
        messages.success(request, _("Accepted. The text stands below the story now."))
        return redirect("adoptions:index")


class ProofView(View):
    def get(self, request, pk: int):
        response = FileResponse(get_object_or_404(Adoption, pk=pk).proof.open("rb"), as_attachment=True)
        response.headers["Cache-Control"] = "private, no-store"
        return response


class ReadsView(WithTrail, TemplateView):
    """How often stories were read in the last thirty days, by the story's unit; of readers nothing is known."""

    page_title = gettext_lazy("Reads of stories")
    template_name = "media/admin/reads.html"
    header_icon = "view"

    def get_context_data(self, **kwargs):
        since = timezone.localdate() - timedelta(days=29)
        return super().get_context_data(**kwargs) | {
            "units": queries.reads_by_unit(since),
            "since": since,
            "now": timezone.localtime(),
        }


class RemoveStoryView(WithTrail, TemplateView):
    """“Gỡ bài”: asks for the internal reason, then takes the story down with everything public of it."""

    page_title = gettext_lazy("Take the story down")
    template_name = "media/admin/remove_story.html"
    header_icon = "cross"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.story = get_object_or_404(StoryPage, pk=kwargs["pk"])

    def get_page_subtitle(self):
        return self.story.title

    def get_trail(self):
        return [(reverse("wagtailadmin_pages:edit", args=[self.story.pk]), self.story.title)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"story": self.story, "removals": self.story.removals.all()}

    def post(self, request, *args, **kwargs):
        try:
            publishing.remove_story(self.story, actor=request.user, reason=request.POST.get("reason", ""))
            messages.success(request, _("The story was taken down, with pictures, card and press kit."))
        except DomainError as refusal:
            messages.error(request, refusal.message)
        return redirect("remove_story", self.story.pk)
