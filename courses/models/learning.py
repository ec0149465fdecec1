from django.db import models
from django.utils.translation import gettext_lazy as _


class Enrolment(models.Model):
    """A person takes a course, in one edition. A renewal is a further enrolment with the next cycle.

    pii: that a person learns and since when; kept with the training records.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="enrolments")
    course = models.ForeignKey("courses.CoursePage", models.PROTECT, related_name="enrolments")
    edition = models.ForeignKey("courses.Edition", models.PROTECT, related_name="enrolments")
    cycle = models.PositiveSmallIntegerField(default=1)
    enrolled_at = models.DateTimeField()
    last_opened_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [models.UniqueConstraint(fields=["person", "course", "cycle"], name="enrolment_once_per_cycle")]
        indexes = [models.Index(fields=["course", "person"], name="enrolment_by_course")]

    def __str__(self):
        return f"{self.person_id} in {self.course_id}"


class LessonRecord(models.Model):
    """When a lesson was first opened and when the learner said it was done: the server's times, never the browser's.

    `group_session`: it was taken together with others, and credited to who was present.

    pii: study times of a person; kept with the training records.
    """

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="lesson_records")
    lesson = models.ForeignKey("courses.LessonPage", models.PROTECT, related_name="+")
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, related_name="+")
    first_opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    group_session = models.ForeignKey("courses.GroupSession", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("lesson record")
        verbose_name_plural = _("lesson records")
        constraints = [models.UniqueConstraint(fields=["enrolment", "lesson"], name="lesson_record_once")]

    def __str__(self):
        return f"{self.enrolment_id}: {self.lesson_id}"


class Completion(models.Model):
    """Append-only evidence that a person completed a course, with all that must not change afterwards.

    `rule` keeps what was asked: {"lessons": [ids], "audiences": [codes], "pass_percent": n or null}, and the
    "group_sessions" in which lessons were taken together, if there were any.

    pii: training result with unit and position at that time; kept as the law on training records asks.
    """

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="completion")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="completions")
    course = models.ForeignKey("courses.CoursePage", models.PROTECT, related_name="completions")
    edition = models.ForeignKey("courses.Edition", models.PROTECT, related_name="completions")
    attempt = models.ForeignKey("quizzes.Attempt", models.PROTECT, null=True, related_name="+")
    completed_at = models.DateTimeField(db_index=True)
    score = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    max_points = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    duration_minutes = models.PositiveSmallIntegerField()
    rule = models.JSONField()
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    unit_name = models.CharField(max_length=250, blank=True)
    position_title = models.CharField(max_length=150, blank=True)
    position_group = models.CharField(max_length=20, blank=True)
    employment_type = models.CharField(max_length=20, blank=True)
    is_manager = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        indexes = [models.Index(fields=["course", "person"], name="completion_by_course")]

    def __str__(self):
        return f"{self.person_id} completed {self.course_id}"
