from django.db import models


class StoryReads(models.Model):
    """How often a story was read on a day. Counted without cookies and without knowing who read it.

    pii: none.
    """

    story = models.ForeignKey("media.StoryPage", models.CASCADE, related_name="reads")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "reads of a story"
        verbose_name_plural = "reads of stories"
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["story", "day"], name="story_reads_once_a_day")]

    def __str__(self):
        return f"{self.story_id} · {self.day} · {self.count}"


class PublicStamp(models.Model):
    """One number that changes with everything readers of stories may see: kept pages carry it and are thrown away
    when it moves (`media.domain.kept_pages`).

    pii: none.
    """

    value = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name = "stamp of public pages"
        verbose_name_plural = "stamps of public pages"

    def __str__(self):
        return str(self.value)
