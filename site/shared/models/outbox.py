from django.db import models


class OutboxEntry(models.Model):
    """Work that must follow a fact, written in the fact's own transaction.

    The broker only wakes a worker up. Whether the work is done is known here and nowhere else: an entry that is
    late (never sent, lost by the broker, or its worker was killed) is sent again by the sweep.

    pii: none; entries carry ids only.
    """

    kind = models.CharField(max_length=60)
    subject_id = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "outbox entry"
        verbose_name_plural = "outbox entries"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"], condition=models.Q(done_at__isnull=True), name="outbox_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(done_at__isnull=True), name="outbox_open_by_due"),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject_id}"
