from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import AttendanceMeans
from shared.text.fields import NormalisedTextField


class GroupSession(models.Model):
    """A course or one of its lessons taken together, on one screen in a meeting room.

    Whoever was present is credited with the lessons when the session is closed. A quiz is never part of it:
    everybody answers alone.

    pii: who held it.
    """

    course = models.ForeignKey(
        "courses.CoursePage", models.PROTECT, related_name="group_sessions", verbose_name=_("course")
    )
    lesson = models.ForeignKey(
        "courses.LessonPage", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lesson")
    )
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    place = NormalisedTextField(_("place"), max_length=200, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("group session")
        verbose_name_plural = _("group sessions")
        ordering = ["-opened_at"]

    def __str__(self):
        return f"{self.course_id} @ {self.unit_id}"


class GroupAttendance(models.Model):
    """Somebody was present: came in by the code on the screen, or was ticked on the list by who held the session.

    pii: that a person was somewhere at a time; kept with the training records it is evidence for.
    """

    session = models.ForeignKey(GroupSession, models.PROTECT, related_name="attendances")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="group_attendances")
    means = models.CharField(max_length=6, choices=AttendanceMeans)
    noted_at = models.DateTimeField()
    credited_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("attendance of a group session")
        verbose_name_plural = _("attendances of group sessions")
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="attendance_once")]

    def __str__(self):
        return f"{self.person_id} in {self.session_id}"
