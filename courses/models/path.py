from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from shared.text.fields import DerivedTextField, NormalisedTextField
from shared.text.fold import fold


class LearningPath(ClusterableModel):
    """Courses that belong together, in an order. Assigned like a course: every one of them is asked for.

    pii: none.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = NormalisedTextField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), max_length=600, blank=True)
    owner_unit = models.ForeignKey(
        "people.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner unit")
    )
    in_order = models.BooleanField(
        _("one after the other"),
        default=False,
        help_text=_("A course opens when the one before it is completed."),
    )
    search_key = DerivedTextField(source=("code", "title"), derive=fold, max_length=400)

    class Meta:
        verbose_name = _("learning path")
        verbose_name_plural = _("learning paths")
        ordering = ["title"]

    def __str__(self):
        return self.title


class PathCourse(Orderable):
    """A course of a learning path, at its place.

    pii: none.
    """

    path = ParentalKey(LearningPath, on_delete=models.CASCADE, related_name="path_courses")
    course = models.ForeignKey(
        "courses.CoursePage", models.PROTECT, related_name="path_places", verbose_name=_("course")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("course of a learning path")
        verbose_name_plural = _("courses of learning paths")
        constraints = [models.UniqueConstraint(fields=["path", "course"], name="path_course_once")]

    def __str__(self):
        return f"{self.path_id}: {self.course_id}"


class CoursePrerequisite(Orderable):
    """A course that must be completed before this one may be started.

    pii: none.
    """

    course = ParentalKey("courses.CoursePage", on_delete=models.CASCADE, related_name="prerequisites")
    required = models.ForeignKey(
        "courses.CoursePage", models.PROTECT, related_name="opens", verbose_name=_("course to complete first")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("prerequisite")
        verbose_name_plural = _("prerequisites")
        constraints = [
            models.CheckConstraint(condition=~models.Q(course=models.F("required")), name="course_not_before_itself")
        ]

    def __str__(self):
        return f"{self.required_id} → {self.course_id}"


class CourseCoOwner(Orderable):
    """A unit that shares the care of a course with its owner: it may edit it, see its figures, or both.

    pii: none.
    """

    course = ParentalKey("courses.CoursePage", on_delete=models.CASCADE, related_name="co_owners")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    may_edit = models.BooleanField(_("may edit the course"), default=False)
    sees_figures = models.BooleanField(_("sees its figures"), default=True)

    class Meta(Orderable.Meta):
        verbose_name = _("co-owner")
        verbose_name_plural = _("co-owners")

    def __str__(self):
        return f"{self.unit_id} → {self.course_id}"
