from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import RequestKind, RequestState


class PersonKey(models.Model):
    """The key that a person's values in the log are encrypted with, itself locked up with the site's key.

    Erasing a person destroys it: the values can never be read again, while the log stays as it was.

    pii: none of its own; destroyed with the person's data.
    """

    person = models.OneToOneField("people.Person", models.CASCADE, primary_key=True, related_name="+")
    wrapped = models.CharField(max_length=200, blank=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("key of a person")
        verbose_name_plural = _("keys of people")

    def __str__(self):
        return str(self.person_id)


class DataRequest(models.Model):
    """A person asks to see, correct, restrict or erase their data, or objects to their use.

    pii: what a person wrote about their data and what was answered; removed some time after the answer (two years
    unless the site's settings say otherwise), the text at once when the person's data are erased.
    """

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="data_requests", verbose_name=_("who asks")
    )
    kind = models.CharField(_("what is asked for"), max_length=10, choices=RequestKind)
    text = models.TextField(_("in your own words"), max_length=2000, blank=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    due_on = models.DateField(_("answer due"), help_text=_("The end of this day."))
    state = models.CharField(_("state"), max_length=10, choices=RequestState, default=RequestState.OPEN)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=models.Q(state="open"), name="data_request_one_open_of_a_kind"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="data_request_by_due")]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.received_at:%d/%m/%Y}"

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN

    @property
    def received_on(self):
        return timezone.localdate(self.received_at)

    @property
    def is_overdue(self) -> bool:
        return self.is_open and timezone.localdate() > self.due_on

    @property
    def days_late(self) -> int:
        """Days since the answer was due, as long as there is none (or until there was)."""
        end = timezone.localdate(self.answered_at) if self.answered_at else timezone.localdate()
        return max(0, (end - self.due_on).days)


class DataRequestStep(models.Model):
    """What was done about a request, by whom and when: the answer log. Rows are only added.

    pii: as the request, and goes with it.
    """

    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="steps")
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=20)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("step of a request")
        verbose_name_plural = _("steps of requests")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.request_id}: {self.action}"


class SpecialDay(models.Model):
    """A day that is not what its weekday says: a public holiday, or a Saturday worked in exchange for one.

    pii: none.
    """

    day = models.DateField(_("day"), unique=True)
    occasion = models.CharField(_("occasion"), max_length=120, help_text=_("For example: Tết Nguyên đán."))
    is_worked = models.BooleanField(
        _("worked"), default=False, help_text=_("Tick for a weekend day worked in exchange for a day off.")
    )

    class Meta:
        verbose_name = _("holiday or exchanged day")
        verbose_name_plural = _("holidays and exchanged days")
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day:%d/%m/%Y} {self.occasion}"
