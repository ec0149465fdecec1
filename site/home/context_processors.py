"""What the frame around every page needs. Everything that costs a query is lazy: focus pages never ask for it."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject, lazy
from django.utils.translation import gettext as _

from notices.queries import unread_for
from people import rules


def site_frame(request):
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "site_name": settings.SITE_NAME,
        "site_tagline": lazy(lambda: _("Learning and good examples"), str)(),
        "demo_content": settings.DEMO_CONTENT,
        "unread_notices": SimpleLazyObject(lambda: unread_for(user).count() if signed_in else 0),
        "may_see_reports": SimpleLazyObject(lambda: signed_in and rules.can_see_reports(user)),
        "may_enter_admin": SimpleLazyObject(lambda: signed_in and rules.can_enter_admin(user)),
    }
