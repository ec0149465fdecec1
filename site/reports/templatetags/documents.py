"""The second row of entries of the desk's papers."""

from django import template
from django.utils.translation import gettext_lazy as _

from people.rules import can_see_reports
from reports.packs.asking import can_make_packs
from shared.sections import Section, row_of

register = template.Library()


SECTIONS = (
    Section("reports:documents", _("Five reports"), can_see_reports),
    Section("reports:exports", _("Exported files"), can_see_reports),
    Section("reports:schedules", _("Monthly reports"), can_see_reports),
    Section("reports:packs", _("Evidence pack"), can_make_packs),
)


@register.inclusion_tag("shared/components/sections.html", takes_context=True)
def document_sections(context) -> dict:
    """`section` in the context names the open one."""
    sections = row_of(SECTIONS, context["request"].user, context.get("section", ""))
    return {"sections": sections, "label": _("Printed reports")}
