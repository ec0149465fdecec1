from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notices.enums import LetterState, MatterState


class Letter(models.Model):
    """What one person is told on one day: at most one letter, whatever there is to tell.

    `attempt` counts the workers that had it in hand; only the last may go on with it. `day` is the local day.

    pii: what was told to a person about their training or their unit's; removed with the log of letters (two years
    unless the site's settings say otherwise), at once when the person's data are erased. The address it went to and
    the text are not kept.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="letters", verbose_name=_("person"))
    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=12, choices=LetterState, default=LetterState.CLAIMED)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    lines = models.JSONField(_("told"), default=list)
    attempt = models.PositiveSmallIntegerField(default=1)
    claimed_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(_("time"), null=True)
    problem = models.CharField(max_length=60, blank=True, help_text="The error's type; its text may name people.")

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"],
                condition=~models.Q(state__in=["failed", "empty"]),
                name="letter_one_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["claimed_at"], condition=models.Q(state__in=["claimed", "handing_over"]), name="letter_in_hand"
            ),
            models.Index(fields=["day"], name="letter_by_day"),
        ]

    def __str__(self):
        return f"{self.person_id} {self.day}"


class Matter(models.Model):
    """One step about one subject that one person is to be told: written once, told at most once.

    What `subject_id` and `step` mean is the topic's own affair. `occasion` is the day the step belongs to, such as
    the due day: another due day is another occasion.

    pii: that a person is told something; goes with its letter.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    topic = models.CharField(max_length=40)
    step = models.CharField(max_length=40)
    subject_id = models.PositiveBigIntegerField()
    occasion = models.DateField()
    state = models.CharField(max_length=10, choices=MatterState, default=MatterState.WAITING)
    letter = models.ForeignKey(Letter, models.CASCADE, null=True, related_name="matters")
    created_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("matter to be told")
        verbose_name_plural = _("matters to be told")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "step", "subject_id", "occasion", "person"], name="matter_told_once"
            ),
        ]
        indexes = [
            models.Index(fields=["person"], condition=models.Q(state="waiting"), name="matter_waiting"),
        ]

    def __str__(self):
        return f"{self.topic} {self.step} {self.subject_id} → {self.person_id}"
