"""What the frame around every page needs. What costs a query is a
function, which templates call when they show it: focus pages never do."""

from functools import cache

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import gettext as _

from notices.queries import count_unread
from people import rules
from shared import addresses

DOORS_KEPT_SECONDS = 60  # a menu entry may lag behind a granted role; what it leads to asks the rules again


def site_frame(request):
    addresses.lend(request)
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    doors = cache(lambda: _doors(user) if signed_in else {})
    return {
        "site_name": settings.SITE_NAME,
        "site_tagline": lambda: _("Learning and good examples"),
        "demo_content": settings.DEMO_CONTENT,
        "unread_notices": cache(lambda: count_unread(user) if signed_in else 0),
        "may_see_reports": lambda: doors().get("reports", False),
        "may_see_aggregates": lambda: doors().get("aggregates", False),
        "may_enter_admin": lambda: doors().get("admin", False),
    }


def remember_doors(user, **kwargs):
    """Whoever signs in with no duties, as was just found out at the door, has no desk: the menu need not ask."""
    if getattr(user, "holds_role", True) or user.heads_unit or user.is_superuser:
        caches["rendered"].delete(f"doors-{user.pk}")
    else:
        caches["rendered"].set(
            f"doors-{user.pk}", {"reports": False, "aggregates": False, "admin": False}, DOORS_KEPT_SECONDS
        )


def _doors(user) -> dict[str, bool]:
    """Which desks the menu offers."""
    key = f"doors-{user.pk}"
    doors = caches["rendered"].get(key)
    if doors is None:
        doors = {
            "reports": rules.can_see_reports(user),
            "aggregates": rules.can_see_aggregates(user),
            "admin": rules.can_enter_admin(user),
        }
        caches["rendered"].set(key, doors, DOORS_KEPT_SECONDS)
    return doors
