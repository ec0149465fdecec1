"""The tree of all units, on any day."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import HeaderButton

from people.desk.units.access import AdministratorsView
from people.enums import UnitLine
from people.models import Unit
from people.queries.unit_tree import UnitNode, called, prune, unit_tree


class TreeFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)
    day = forms.DateField(label=gettext_lazy("As of"), required=False, widget=AdminDateInput)
    line = forms.ChoiceField(
        label=pgettext_lazy("unit", "Line"),
        required=False,
        choices=[("", gettext_lazy("All lines")), *UnitLine.choices],
    )


@dataclass
class Row:
    """A line of the tree; `closes` lists end after it (one item for each, as templates count by items)."""

    node: UnitNode
    depth: int
    closes: str = ""
    other_line: str = ""


@dataclass
class Section:
    """The trees of one line of authority."""

    line: str
    label: str
    rows: list[Row]
    units: int
    people: int


class UnitTreeView(AdministratorsView, TemplateView):
    """All units by line, found without marks, as of a chosen day. The whole tree is one page and few queries."""

    template_name = "people/desk/units/tree.html"
    page_title = gettext_lazy("Units")

    @cached_property
    def form(self) -> TreeFilter:
        return TreeFilter(self.request.GET)

    @cached_property
    def day(self) -> date:
        return (self.form.is_valid() and self.form.cleaned_data["day"]) or timezone.localdate()

    @property
    def header_buttons(self):
        return [HeaderButton(_("Create a unit"), reverse("units:add"), icon_name="plus")]

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        typed, line = chosen.get("q", ""), chosen.get("line", "")
        roots = unit_tree(self.day)
        total = sum(1 + root.units_below for root in roots)
        if typed or line:
            fits = called(typed)
            roots = prune(roots, lambda node: fits(node) and (not line or node.line == line))
        sections = [section for section in map(self._section(roots), UnitLine) if section.rows]
        found = sum(row.node.wanted for section in sections for row in section.rows)
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "media": self.form.media,
            "day": self.day,
            "is_today": self.day == timezone.localdate(),
            "sections": sections,
            "total": total,
            "found": found,
            "searching": bool(typed or line),
            "closed": self._closed(typed, line),
            "unit_url": reverse("units:edit", args=[0])[: -len("0/")],
        }

    def _section(self, roots):
        def section(line: UnitLine) -> Section:
            of_line = [root for root in roots if root.line == line]
            rows = [row for root in of_line for row in _rows(root, 0, line)]
            return Section(
                line.value, line.label, rows, sum(row.node.wanted for row in rows), sum(r.people_below for r in of_line)
            )

        return section

    def _closed(self, typed: str, line: str):
        """Units that have ended by that day, the latest first, by the same search."""
        ended = (
            Unit.objects.filter(active_to__lte=self.day).select_related("replaced_by").order_by("-active_to", "name")
        )
        fits = called(typed)
        return [unit for unit in ended.filter(Q(line=line) if line else Q()) if fits(unit)]


def _rows(node: UnitNode, depth: int, line: str) -> list[Row]:
    other = UnitLine(node.line).label if node.line != line else ""
    rows = [Row(node, depth, other_line=str(other))]
    for child in node.children:
        rows += _rows(child, depth + 1, line)
    if node.children:
        rows[-1].closes += "x"
    return rows
