from django.db import models
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """The published revisions of a course that learners take. Once anybody has taken it, it is never changed.

    pii: none.
    """

    course = models.ForeignKey("courses.CoursePage", models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    course_revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["course", "-number"]
        constraints = [models.UniqueConstraint(fields=["course", "number"], name="edition_number_once")]

    def __str__(self):
        return f"{self.course_id} #{self.number}"


class EditionLesson(models.Model):
    """A lesson as it stands in an edition: the revision, and what the outline needs to be drawn in one query.

    pii: none.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="lessons")
    lesson = models.ForeignKey("courses.LessonPage", models.PROTECT, related_name="+")
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=255)
    slug = models.CharField(max_length=255)
    minutes = models.PositiveSmallIntegerField()
    module_code = models.CharField(max_length=20, blank=True)
    module_title = models.CharField(max_length=200, blank=True)
    audience = models.CharField(max_length=12)

    class Meta:
        verbose_name = _("lesson of an edition")
        verbose_name_plural = _("lessons of editions")
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "lesson"], name="edition_lesson_once")]

    def __str__(self):
        return self.title
