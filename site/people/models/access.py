from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import CodeKind, SheetState


class ActivationSheet(models.Model):
    """A print of activation slips, for the people of a unit and its subtree or for one person.

    The file holds codes that open accounts: it is encrypted, only its maker gets it, and it goes after a day
    (ACTIVATION_FILE_HOURS).

    pii: who made slips for which unit; kept with the log of changes.
    """

    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="activation_sheets")
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=SheetState, default=SheetState.MAKING)
    count = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=120, blank=True)
    downloaded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("activation slips")
        verbose_name_plural = _("activation slips")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(person__isnull=True), name="sheet_of_a_unit_or_a_person"
            )
        ]

    def __str__(self):
        return f"{self.unit or self.person} · {self.made_at:%d/%m/%Y}"


class ActivationCode(models.Model):
    """A code that opens one account once, until a date. Only a keyed hash of it is kept.

    pii: that a person was given a code, when, and when it was used; kept for a year after it ended.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="activation_codes")
    sheet = models.ForeignKey(ActivationSheet, models.CASCADE, null=True, blank=True, related_name="codes")
    kind = models.CharField(max_length=12, choices=CodeKind, default=CodeKind.SLIP)
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    void_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("activation code")
        verbose_name_plural = _("activation codes")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(used_at__isnull=True, void_at__isnull=True), name="one_open_code"
            )
        ]

    def __str__(self):
        return f"{self.person} · {self.made_at:%d/%m/%Y}"


class Dormancy(models.Model):
    """A time in which an account was closed because nobody had used it; open (`ended_at` empty) while it rests.

    The account stays active in all counts: its owner still serves and still has courses to take.

    pii: that an account was unused for long, and who woke it; kept for a year after it ended.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="dormancies")
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("resting account")
        verbose_name_plural = _("resting accounts")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at__isnull=True), name="one_open_dormancy")
        ]

    def __str__(self):
        return f"{self.person} · {self.since:%d/%m/%Y}"


class ShortPassword(models.Model):
    """The person's password is long enough only beside a second factor, which therefore has to stay.

    pii: that a password has fewer characters than PASSWORD_LENGTH; kept until another one is chosen.
    """

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="short_password")

    class Meta:
        verbose_name = _("short password")
        verbose_name_plural = _("short passwords")

    def __str__(self):
        return str(self.person)


class EmergencyAccount(models.Model):
    """An administrator's account made on the server in an emergency; it closes by itself.

    pii: none; the reason names no persons.
    """

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="emergency_account")
    reason = models.CharField(_("reason"), max_length=300)
    made_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("emergency account")
        verbose_name_plural = _("emergency accounts")

    def __str__(self):
        return f"{self.person} · {self.made_at:%d/%m/%Y %H:%M}"
