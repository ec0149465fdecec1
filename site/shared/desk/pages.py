"""Screens of the editing desk that are no list or form of Wagtail's own: who gets in, header and trail."""

from django.core.exceptions import PermissionDenied
from wagtail.admin.views.generic import WagtailAdminTemplateMixin


class RightNeeded:
    """For a view: `right(actor)` is the rule that opens it."""

    right = None

    def dispatch(self, request, *args, **kwargs):
        if not type(self).right(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class WithTrail(WagtailAdminTemplateMixin):
    """A screen with header and trail. `get_trail` names the screens above it: (address, label) pairs.

    The last item of the trail is the heading that is read: without it the page would be called “Home”.
    """

    _show_breadcrumbs = True

    def get_trail(self) -> list[tuple[str, str]]:
        return []

    def get_breadcrumbs_items(self):
        above = [{"url": url, "label": label} for url, label in self.get_trail()]
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), *above, here]


class DeskPage(RightNeeded, WithTrail):
    """A screen with header and trail that `right` opens."""
