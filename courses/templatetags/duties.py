"""The second row of entries of the duties desk."""

from django import template
from django.utils.translation import gettext_lazy as _

from people.rules import can_keep_people, can_see_reports
from shared.sections import Section, row_of

register = template.Library()


SECTIONS = (
    Section("rules", _("Rules"), can_see_reports),
    Section("directives", _("Directives"), can_see_reports),
    Section("unit_requirements", _("Duties of units"), can_see_reports),
    Section("sessions", _("Group sessions"), can_see_reports),
    Section("exemptions", _("Exemptions and deferrals"), can_keep_people),
)


@register.inclusion_tag("shared/components/sections.html", takes_context=True)
def duty_sections(context) -> dict:
    """`section` in the context names the open one; the first of them if there is none."""
    sections = row_of(SECTIONS, context["request"].user, context.get("section", "rules"))
    return {"sections": sections, "label": _("Assigned learning")}
