from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class QuizSection(models.Model):
    """A part of a quiz: fixed questions and random draws, in the order of their positions.

    pii: none.
    """

    quiz = models.ForeignKey("quizzes.Quiz", models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("title"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("quiz section")
        verbose_name_plural = _("quiz sections")
        ordering = ["quiz", "position"]
        constraints = [models.UniqueConstraint(fields=["quiz", "position"], name="quiz_section_position")]

    def __str__(self):
        return self.title or f"{self.quiz} {self.position}"


class _PartOfSection(models.Model):
    """What stands at a place of a section. `topic` says what it examines, e.g. the code of a course module."""

    position = models.PositiveSmallIntegerField()
    topic = models.CharField(_("examines"), max_length=60, blank=True)
    points = models.DecimalField(
        _("points each"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Leave empty to take the points of each question."),
    )

    class Meta:
        abstract = True


class SectionQuestion(_PartOfSection):
    """A fixed question of a section.

    pii: none.
    """

    section = models.ForeignKey(QuizSection, models.CASCADE, related_name="section_questions")
    question = models.ForeignKey("quizzes.Question", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("question of a section")
        verbose_name_plural = _("questions of sections")
        ordering = ["section", "position"]
        constraints = [models.UniqueConstraint(fields=["section", "question"], name="question_once_in_section")]

    def __str__(self):
        return f"{self.section} {self.position}"


class SectionDraw(_PartOfSection):
    """So many questions drawn by chance from a bank, each attempt its own.

    With tags, a question must bear at least one of those chosen in each vocabulary: (easy or medium) and (dress).

    pii: none.
    """

    section = models.ForeignKey(QuizSection, models.CASCADE, related_name="draws")
    bank = models.ForeignKey("quizzes.Bank", models.PROTECT, related_name="draws", verbose_name=_("question bank"))
    with_sub_banks = models.BooleanField(_("and the banks within it"), default=True)
    tags = models.ManyToManyField("quizzes.Tag", blank=True, related_name="draws", verbose_name=_("tags"))
    count = models.PositiveSmallIntegerField(_("number of questions"), default=5, validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("random draw")
        verbose_name_plural = _("random draws")
        ordering = ["section", "position"]

    def __str__(self):
        return f"{self.count} × {self.bank}"
