"""The menu: one entry for each work somebody has on the desk, and nothing else."""

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from media.models import CampaignIndexPage, StoryIndexPage
from media.rules import PRESS_ROLES
from people import rules
from people.queries import roles_of

# Administrators see the whole tree of pages; everybody else comes in through the entry of their own work.
TREE_ENTRY = "explorer"


class PressMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_superuser or bool(roles_of(request.user) & PRESS_ROLES)


def press_entries() -> list[MenuItem]:
    return [
        PressMenuItem(_("Stories"), reverse("desk_stories"), name="stories", icon_name="openquote", order=210),
        PressMenuItem(_("Campaigns"), reverse("desk_campaigns"), name="campaigns", icon_name="calendar", order=220),
    ]


def tidy_main_menu(request, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name != TREE_ENTRY or rules.can_administer_people(request.user)]
    for item in items:
        if item.name == "images":
            item.label = _("Photographs")


def tidy_help_menu(request, items: list[MenuItem]) -> None:
    """Nothing on the desk leads to other people's sites."""
    items[:] = [item for item in items if not item.url.startswith(("http:", "https:", "//"))]


def _open_explorer(model):
    """A view that opens the explorer where the pages of `model` stand."""

    def view(request):
        index = model.objects.first()
        if index is None or not page_permission_policy.user_has_any_permission(request.user, {"add", "change"}):
            return redirect("wagtailadmin_home")
        return redirect("wagtailadmin_explore", index.pk)

    return view


urlpatterns = [
    path("stories/", _open_explorer(StoryIndexPage), name="desk_stories"),
    path("campaigns/", _open_explorer(CampaignIndexPage), name="desk_campaigns"),
]
