from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Quiz(models.Model):
    """The rules of an examination. What an attempt needs of them is copied into the attempt when it starts.

    pii: none.
    """

    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    owner_unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, verbose_name=_("owner unit"))
    time_limit_minutes = models.PositiveSmallIntegerField(
        _("time limit in minutes"), null=True, blank=True, help_text=_("Leave empty for no limit.")
    )
    grace_seconds = models.PositiveSmallIntegerField(
        _("grace in seconds"),
        default=20,
        help_text=_("Answers under way on a slow line are still taken this long after the time limit."),
    )
    max_attempts = models.PositiveSmallIntegerField(_("attempts allowed"), default=3, validators=[MinValueValidator(1)])
    pass_percent = models.PositiveSmallIntegerField(
        _("pass mark in percent"), default=70, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    shuffle_questions = models.BooleanField(_("shuffle the questions"), default=True)

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["title"]

    def __str__(self):
        return self.title


class QuizSection(models.Model):
    """A part of a quiz with its own questions.

    pii: none.
    """

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("title"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("quiz section")
        verbose_name_plural = _("quiz sections")
        ordering = ["quiz", "position"]
        constraints = [models.UniqueConstraint(fields=["quiz", "position"], name="quiz_section_position")]

    def __str__(self):
        return self.title or f"{self.quiz} {self.position}"


class SectionQuestion(models.Model):
    """A fixed question of a section; `topic` says what it examines, e.g. the code of a course module.

    pii: none.
    """

    section = models.ForeignKey(QuizSection, models.CASCADE, related_name="section_questions")
    question = models.ForeignKey("quizzes.Question", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("question of a section")
        verbose_name_plural = _("questions of sections")
        ordering = ["section", "position"]
        constraints = [models.UniqueConstraint(fields=["section", "question"], name="question_once_in_section")]

    def __str__(self):
        return f"{self.section} {self.position}"
