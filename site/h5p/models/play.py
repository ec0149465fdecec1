from django.db import models
from django.utils.translation import gettext_lazy as _


class Play(models.Model):
    """One learner's run of an activity, as the player reported it: practice, never evidence.

    `context` is the id of the lesson page it was opened on, as text: plays outlive pages. `revision` is that of the
    activity when it was opened. Duration in seconds. `session` is the secret of the browser page that plays it now,
    `sequence` the number of that page's last report taken in: a report sent twice counts once. `success` is what the
    player said, `completed` whether the rule of the place was met.

    pii: practice results of a person; kept with the training records, rows shown to that person only.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="h5p_plays")
    content = models.ForeignKey("h5p.Content", models.PROTECT, related_name="plays")
    revision = models.PositiveIntegerField()
    context = models.CharField(max_length=64, blank=True)
    number = models.PositiveIntegerField()
    session = models.CharField(max_length=64, db_index=True)
    sequence = models.PositiveIntegerField(default=0)
    raw = models.FloatField(null=True)
    max = models.FloatField(null=True)
    scaled = models.FloatField(null=True)
    success = models.BooleanField(null=True)
    completed = models.BooleanField(default=False)
    duration = models.FloatField(null=True)
    opened_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("run of an H5P activity")
        verbose_name_plural = _("runs of H5P activities")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "content", "context", "number"], name="h5p_play_number_once"),
            models.UniqueConstraint(
                fields=["person", "content", "context"],
                condition=models.Q(finished_at__isnull=True),
                name="h5p_one_open_play",
            ),
        ]
        indexes = [models.Index(fields=["content", "context", "person"], name="h5p_play_by_content")]

    def __str__(self):
        return f"{self.content_id}/{self.person_id}/{self.number}"


class PlayRow(models.Model):
    """One question within a run: the activity itself (no sub-content id) or one of its parts.

    `correct_pattern` is the list of patterns of xAPI's correctResponsesPattern.

    pii: practice answers of a person; kept with the training records, shown to that person only.
    """

    play = models.ForeignKey(Play, models.PROTECT, related_name="rows")
    sub_content_id = models.CharField(max_length=64, blank=True)
    interaction_type = models.CharField(max_length=32, blank=True)
    description = models.TextField(blank=True)
    response = models.TextField(blank=True)
    correct_pattern = models.JSONField(default=list)
    raw = models.FloatField(null=True)
    max = models.FloatField(null=True)
    success = models.BooleanField(null=True)
    duration = models.FloatField(null=True)

    class Meta:
        verbose_name = _("question of a run")
        verbose_name_plural = _("questions of runs")
        ordering = ["play", "pk"]
        constraints = [models.UniqueConstraint(fields=["play", "sub_content_id"], name="h5p_play_row_once")]

    def __str__(self):
        return f"{self.play_id}/{self.sub_content_id}"


class Statement(models.Model):
    """A raw xAPI statement of a run, only where the settings ask for them. Append-only until its time is over.

    pii: practice answers of a person; removed after the days the settings name.
    """

    play = models.ForeignKey(Play, models.PROTECT, related_name="statements")
    verb = models.CharField(max_length=120)
    body = models.JSONField()
    received_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("statement of a run")
        verbose_name_plural = _("statements of runs")
        ordering = ["play", "pk"]

    def __str__(self):
        return f"{self.play_id} {self.verb}"


class SavedState(models.Model):
    """Where a learner left an activity, as its own scripts wrote it down.

    `content_hash` names the parameters it was saved with; `invalidate` says that a change of them voids it.

    pii: unfinished answers of a person; kept until overwritten or voided by a change of the activity.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="h5p_states")
    content = models.ForeignKey("h5p.Content", models.PROTECT, related_name="states")
    context = models.CharField(max_length=64, blank=True)
    sub_content_id = models.CharField(max_length=64, default="0")
    data_type = models.CharField(max_length=64)
    data = models.TextField()
    preload = models.BooleanField(default=False)
    invalidate = models.BooleanField(default=False)
    content_hash = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("saved state of an H5P activity")
        verbose_name_plural = _("saved states of H5P activities")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "content", "context", "sub_content_id", "data_type"], name="h5p_state_once"
            ),
        ]

    def __str__(self):
        return f"{self.content_id}/{self.person_id}/{self.data_type}"
