from django.db import models
from django.utils.translation import gettext_lazy as _

from notices.enums import NoticeKind


class Notice(models.Model):
    """One piece of news for one person, written once for each subject.

    pii: what concerns a person's training; deleted with the account's other convenience data.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=30, choices=NoticeKind)
    subject = models.CharField(max_length=600, help_text=_("For example the title of the course."))
    path = models.CharField(max_length=255)
    key = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]
        indexes = [models.Index(fields=["person"], condition=models.Q(read_at__isnull=True), name="notice_unread")]

    def __str__(self):
        return f"{self.kind}: {self.subject}"

    @property
    def sentence(self) -> str:
        """What the reader sees."""
        return self.subject if self.kind == NoticeKind.TOLD else f"{self.get_kind_display()}: {self.subject}"
