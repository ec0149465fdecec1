"""The room's doors in Wagtail."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from media.domain import publishing
from media.models import Consent, StoryPage
from media.viewsets import ConsentPermissionPolicy, PressOfficeGroup

register_permission_policy(Consent, ConsentPermissionPolicy(Consent), exact_class=True)
register_snippet(PressOfficeGroup)


@hooks.register("before_publish_page")
def explain_missing_consent(request, page):
    """Runs after the editor's draft is saved: the work is safe, only the publication does not happen."""
    if not isinstance(page, StoryPage):
        return None
    try:
        publishing.require_consent(page, publishing.appointment_day(page))
    except publishing.PublicationRefused as refusal:
        messages.error(request, refusal.message)
        messages.info(request, _("Your text was saved as a draft."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None
