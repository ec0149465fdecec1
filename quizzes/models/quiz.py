from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.domain.networks import validate_networks
from quizzes.enums import QuizMode, Shown, ShownWhen


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
    questions_per_page = models.PositiveSmallIntegerField(
        _("questions on a page"),
        default=1,
        help_text=_("0 puts all of them on one page. Answers are saved one by one all the same."),
    )
    shuffle_questions = models.BooleanField(_("shuffle the questions"), default=True)
    mode = models.CharField(_("purpose"), max_length=12, choices=QuizMode, default=QuizMode.EXAMINATION)
    waiting_minutes = models.PositiveIntegerField(
        _("waiting time between attempts, in minutes"), default=0, help_text=_("A day has 1440 minutes.")
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True, help_text=_("Leave empty: open already."))
    closes_at = models.DateTimeField(
        _("closes"),
        null=True,
        blank=True,
        help_text=_("Attempts under way end then too, but for extra time granted to a person."),
    )
    one_way = models.BooleanField(
        _("forward only"), default=False, help_text=_("A page that was left cannot be opened or changed again.")
    )
    shows = models.CharField(_("what is shown afterwards"), max_length=12, choices=Shown, default=Shown.EXPLANATIONS)
    shown_when = models.CharField(_("from when on"), max_length=11, choices=ShownWhen, default=ShownWhen.AT_ONCE)
    honour_statement = models.TextField(
        _("statement of honesty"),
        blank=True,
        max_length=1000,
        help_text=_("To be accepted before an attempt begins. Leave empty for none."),
    )
    access_code_digest = models.CharField(max_length=100, blank=True, editable=False)
    networks = models.TextField(
        _("networks"),
        blank=True,
        max_length=1000,
        validators=[validate_networks],
        help_text=_("Where it can be taken, one a line, such as 10.20.0.0/16. Leave empty for everywhere."),
    )
    shuffle_options = models.BooleanField(_("shuffle the options of a question"), default=True)
    anonymous_marking = models.BooleanField(
        _("examiners do not see whose answer they mark"),
        default=True,
    )

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["title"]

    def __str__(self):
        return self.title
