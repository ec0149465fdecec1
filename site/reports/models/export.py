from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.enums import ExportState, ExportWhat


class Export(models.Model):
    """A file made in the background for one person: a report, the list of the desk, an inspector's evidence pack.

    The row is written with the wish and holds all that is needed to make the file again; a worker that dies leaves
    it to the next one. `attempt` counts the workers that had it in hand: only the last may put a file here. The file
    goes on `expires_at`; the row stays, to tell that there was one.

    pii: who asked for which file, with the filters (a name may have been searched for); removed after a year. The
    file holds training records of the unit and is removed after EXPORT_DAYS.
    """

    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="exports")
    what = models.CharField(max_length=10, choices=ExportWhat)
    parameters = models.JSONField(default=dict)
    title = models.CharField(_("file"), max_length=400)
    language = models.CharField(max_length=5)
    file_format = models.CharField(max_length=5)
    state = models.CharField(_("state"), max_length=10, choices=ExportState, default=ExportState.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    units = models.JSONField(default=list)  # ids of the units whose people stand in the file
    wish = models.CharField(max_length=64)  # the same wish pressed twice is one file

    class Meta:
        verbose_name = _("exported file")
        verbose_name_plural = _("exported files")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asked_by", "wish"],
                condition=Q(state__in=["waiting", "making"]),
                name="export_asked_for_once",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "-asked_at"], name="export_by_person"),
            models.Index(fields=["expires_at"], condition=Q(state="ready"), name="export_to_remove"),
        ]

    def __str__(self):
        return self.title

    @property
    def person_id(self) -> int:
        """Whose it is, as the doors ask (`shared.access.own`)."""
        return self.asked_by_id

    @property
    def is_open(self) -> bool:
        return self.state in (ExportState.WAITING, ExportState.MAKING)
