"""The room's doors in Wagtail."""

from django.shortcuts import redirect
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from media import rules
from media.desk import log_words
from media.desk.viewsets import ConsentPermissionPolicy, PressOfficeGroup
from media.desk.work import work_of_the_press
from media.domain import publishing
from media.models import Adoption, Consent, ConsentRequest, PictureExemption, StoryLink, StoryPage
from media.views.desk_links import ReadsView, RemoveStoryView
from media.views.exemplars import StandingView
from media.views.guards import for_the_press
from shared.desk import work

for register in (Consent, ConsentRequest, PictureExemption, StoryLink, Adoption):
    register_permission_policy(register, ConsentPermissionPolicy(register), exact_class=True)
register_snippet(PressOfficeGroup)
work.register(work_of_the_press)
log_words.tell()


@hooks.register("before_publish_page")
def explain_what_is_missing(request, page):
    """Runs after the editor's draft is saved: the work is safe, only the publication does not happen."""
    if not isinstance(page, StoryPage):
        return None
    try:
        publishing.require_consent(page, publishing.appointment_day(page))
        publishing.require_approved_pictures(page, request.user)
    except (publishing.PublicationRefused, publishing.ApprovalNeeded) as refusal:
        messages.error(request, refusal.message)
        messages.info(request, _("Your text was saved as a draft."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_bulk_action")
def explain_pictures_that_wait(request, action, pages, bulk_action):
    """The same for many pages at once: none is published, and the first that needs approval is opened."""
    if action != "publish" or request.method != "POST":
        return None
    for page in pages:
        story = page.get_latest_revision_as_object() if page.specific_class is StoryPage else None
        try:
            if story is not None:
                publishing.require_approved_pictures(story, request.user)
        except publishing.ApprovalNeeded as refusal:
            messages.error(request, refusal.message)
            return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("register_admin_urls")
def addresses_of_the_press_office():
    return [
        path("press/standing/<int:pk>/", for_the_press(StandingView.as_view()), name="exemplar_standing"),
        path("press/reads/", for_the_press(ReadsView.as_view()), name="story_reads"),
        path("press/remove/<int:pk>/", for_the_press(RemoveStoryView.as_view()), name="remove_story"),
    ]


class PressReport(MenuItem):
    def is_shown(self, request):
        return rules.can_keep_consents(request.user)


@hooks.register("register_reports_menu_item")
def reads_in_the_menu():
    return PressReport(_("Reads of stories"), reverse_lazy("story_reads"), name="story-reads", icon_name="view")


@hooks.register("register_page_header_buttons")
def take_down_in_the_header(page, user, view_name, next_url=None):
    """“Gỡ bài” stands where the page is edited, for stories that are public."""
    if isinstance(page, StoryPage) and page.live and rules.can_keep_consents(user):
        address = reverse("remove_story", args=[page.pk])
        yield Button(_("Take the story down"), address, icon_name="cross", priority=60)
