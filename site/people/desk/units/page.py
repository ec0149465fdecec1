"""One unit: what it is today, who and what belongs to it, and its whole history."""

from datetime import date, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from people.desk.units.access import OneUnitView
from people.desk.units.history import history_of
from people.models import Posting, RoleGrant, Unit, UnitClosure
from people.queries import count_in_subtree, current_on, not_over_on, subtree_of

VERBS = {
    "rename": pgettext_lazy("unit", "Rename"),
    "move": pgettext_lazy("unit", "Move"),
    "merge": pgettext_lazy("unit", "Merge"),
    "split": pgettext_lazy("unit", "Split"),
    "close": pgettext_lazy("unit", "Close"),
}


class UnitPageView(OneUnitView, TemplateView):
    """Takes the place of Wagtail's edit view: links to a unit lead here. It only shows."""

    template_name = "people/desk/units/unit.html"

    def get_page_title(self):
        return self.unit.name

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("units:index"), "label": _("Units")},
            {"url": "", "label": self.unit.name},
        ]

    @property
    def header_more_buttons(self):
        here = [self.unit.pk]
        return [
            HeaderButton(_("Log of changes"), reverse("units:history", args=here), icon_name="history", priority=10),
            HeaderButton(_("Delete"), reverse("units:delete", args=here), icon_name="bin", priority=20),
        ]

    def get_context_data(self, **kwargs):
        unit, today = self.unit, timezone.localdate()
        on = min(max(today, unit.active_from), _last_day(unit))
        below = subtree_of([unit.pk], on).exclude(pk=unit.pk)
        context = super().get_context_data(**kwargs) | {
            "on": on,
            "today": today,
            "last_day": _last_day(unit) if unit.active_to else None,
            "above": self._above(on),
            "people_here": Posting.objects.filter(current_on(on), unit=unit, is_primary=True).count(),
            "people_below": count_in_subtree(unit, on),
            "units_below": below.count(),
            "children": self._children(on),
            "grants": RoleGrant.objects.filter(not_over_on(today), unit=unit)
            .select_related("person")
            .order_by("role", "person__sort_key", "pk"),
            "aliases": list(unit.aliases.all()),
            "history": history_of(unit, today),
            "verbs": [] if unit.active_to else self._verbs(),
        }
        return context

    def _verbs(self):
        here = [self.unit.pk]
        return [{"url": reverse(f"units:{name}", args=here), "label": label} for name, label in VERBS.items()]

    def _above(self, day):
        rows = UnitClosure.objects.filter(current_on(day), descendant=self.unit, depth__gt=0)
        return [row.ancestor for row in rows.select_related("ancestor").order_by("-depth")]

    def _children(self, day):
        """The units directly below, with the people counted in each and below it."""
        rows = UnitClosure.objects.filter(current_on(day), ancestor=self.unit, depth=1).values("descendant")
        children = list(Unit.objects.filter(pk__in=rows).order_by("search_key", "pk"))
        counted = UnitClosure.objects.filter(
            current_on(day),
            current_on(day, "descendant__postings__"),
            ancestor__in=children,
            descendant__postings__is_primary=True,
        )
        people = dict(counted.values_list("ancestor").annotate(count=Count("descendant__postings__person")))
        return [(child, people.get(child.pk, 0)) for child in children]


def _last_day(unit: Unit):
    """The last day on which the unit exists; far ahead if it has no end."""
    return unit.active_to - timedelta(days=1) if unit.active_to else date.max
