from django.db import models


class ContentChange(models.Model):
    """Changes of what editors write, counted by the database itself: `shared.content_version`.

    Their sum only grows. Rows are added, never changed, so that nobody who edits waits for another editor.

    pii: none.
    """

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name = "change of contents"
        verbose_name_plural = "changes of contents"

    def __str__(self):
        return f"{self.pk}: {self.number}"
