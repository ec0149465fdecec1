from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        from reports import personal_data, tasks  # noqa: F401  tasks register outbox handlers
        from reports.documents.grading import load_starting_bands
        from reports.exports import making
        from reports.schedules import running, telling

        post_migrate.connect(load_starting_bands, sender=self, dispatch_uid="reports.grade_bands")
        personal_data.declare()
        telling.declare()
        making.FOLLOWERS.append(running.follow)
