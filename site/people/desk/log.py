"""What was changed about a person or a unit, from the log of changes."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import history

from people.enums import Role
from people.models import AuditEntry

ACTIONS = {
    "person.created": _("Account created"),
    "person.changed": _("Account changed"),
    "person.password_set": _("New password set"),
    "person.activated": _("Account activated"),
    "person.deactivated": _("Account deactivated"),
    "role.granted": _("Role granted"),
    "role.withdrawn": _("Role withdrawn"),
    "unit.created": _("Unit created"),
    "unit.renamed": _("Unit renamed"),
    "unit.moved": _("Unit moved"),
}


def in_words(entry: AuditEntry) -> str:
    """The entry as a sentence; the particulars of roles and names are part of it."""
    action = str(ACTIONS.get(entry.action, entry.action))
    if "role" in entry.details:
        return f"{action}: {dict(Role.choices).get(entry.details['role'], entry.details['role'])}"
    if "to" in entry.details:
        return f"{action}: {entry.details['from']['name']} → {entry.details['to']['name']}"
    return action


class LogView(history.HistoryView):
    """In the place of Wagtail's history, which knows nothing of changes made through the domain."""

    page_title = _("Log of changes")
    filterset_class = None
    columns = [
        Column("action", label=_("What"), accessor=in_words),
        Column("actor", label=_("Who"), accessor=lambda entry: entry.actor or _("The system")),
        DateColumn("at", label=_("When")),
    ]

    def get_base_queryset(self):
        return AuditEntry.objects.filter(
            subject_type=self.model._meta.label, subject_id=str(self.object.pk)
        ).select_related("actor")

    def get_history_results_url(self, instance):
        return reverse(self.history_results_url_name, args=(instance.pk,))
