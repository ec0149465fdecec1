"""What was changed about one person or unit."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import history

from people.desk.log.wording import in_words
from people.models import AuditEntry


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
