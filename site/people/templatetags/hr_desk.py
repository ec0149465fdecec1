"""What the pages of the HR desk share."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people import rules

register = template.Library()


@dataclass(frozen=True)
class Tab:
    """An entry of the desk's tab bar: shown to those for whom `rule(viewer)` holds."""

    name: str
    label: str
    url_name: str
    rule: object


TABS = (
    Tab("overview", _("Overview"), "reports:overview", rules.can_see_reports),
    Tab("reports", _("Reports"), "reports:completions", rules.can_see_reports),
    Tab("documents", _("Printed reports"), "reports:documents", rules.can_see_reports),
    Tab("aggregates", _("Aggregates"), "reports:aggregates", rules.can_see_aggregates),
    Tab("duties", _("Assigned learning"), "rules", rules.can_see_reports),
    Tab("persons", pgettext_lazy("HR desk", "People"), "people:persons", rules.can_see_people),
    Tab("imports", _("List import"), "people:imports", rules.can_keep_people),
    Tab("activation", _("Activation slips"), "people:activation_slips", rules.can_keep_people),
    Tab("requests", _("Data requests"), "people:data_requests", rules.can_answer_requests),
)


@register.inclusion_tag("people/hr/tabs.html", takes_context=True)
def hr_tabs(context, current: str) -> dict:
    """The tab bar of the HR desk with the entries the viewer may open; `current` is the name of the open one.

    One entry alone is no choice: then the bar is left out.
    """
    viewer = context["request"].user
    tabs = [
        {"label": tab.label, "address": reverse(tab.url_name), "is_current": tab.name == current}
        for tab in TABS
        if tab.rule(viewer)
    ]
    return {"tabs": tabs if len(tabs) > 1 else []}
