import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One change made by a person (or by the system: no actor), or one look at another person's results.

    Append-only: written in the change's own transaction and never touched again; triggers in the database refuse
    it (migration 0002). `digest` proves that nothing in the entry was changed, the links that none is missing
    (`people.domain.audit`).

    `about` is the person whose data were changed or looked at. It is no constraint of the database: the log
    outlives everybody in it. What was in their data stands in `personal`, encrypted with the person's own key.

    pii: who did what, from which address, and values of personal data before and after a change, encrypted; kept
    for the time the site's settings say (12 months unless they say otherwise).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    address = models.CharField(_("address"), max_length=45, blank=True, help_text=_("Of the actor's computer."))
    action = models.CharField(_("what"), max_length=60, db_index=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    about = models.ForeignKey(
        "people.Person",
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("about whom"),
    )
    details = models.JSONField(default=dict)
    personal = models.TextField(blank=True, help_text='{"old": {…}, "new": {…}}, encrypted; see domain.audit.')
    digest = models.CharField(max_length=64, help_text="HMAC-SHA256 of all of the above.")

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log of changes")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_by_subject")]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_type} {self.subject_id}"


class AuditLink(models.Model):
    """The place of an entry in the chain. Written some seconds after the entry, append-only like it.

    pii: none.
    """

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    chain = models.CharField(max_length=64, help_text="HMAC of the link before, this position and the entry's digest.")

    class Meta:
        verbose_name = _("link of the log")
        verbose_name_plural = _("links of the log")

    def __str__(self):
        return f"{self.position}: {self.entry_id}"


class AuditHead(models.Model):
    """How far the chain reaches: one row. Without it the last entries could be cut off unseen.

    pii: none.
    """

    position = models.BigIntegerField(default=0)
    chain = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True, help_text="HMAC of position and chain.")
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("end of the log")
        verbose_name_plural = _("ends of the log")

    def __str__(self):
        return str(self.position)


class AuditCheckpoint(models.Model):
    """Up to here the log was removed because its time was over; the chain goes on from `chain`. Append-only.

    pii: none.
    """

    position = models.BigIntegerField(primary_key=True)
    chain = models.CharField(max_length=64)
    removed_before = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    seal = models.CharField(max_length=64, help_text="HMAC of all of the above.")

    class Meta:
        verbose_name = _("checkpoint of the log")
        verbose_name_plural = _("checkpoints of the log")

    def __str__(self):
        return str(self.position)
