from django.db import models
from django.utils.translation import gettext_lazy as _


class Bank(models.Model):
    """A collection of questions owned by a unit.

    pii: none.
    """

    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    owner_unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, blank=True, verbose_name=_("owner unit"))

    class Meta:
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")
        ordering = ["title"]

    def __str__(self):
        return self.title


class Question(models.Model):
    """A question through all its versions; attempts always point at the version they took.

    pii: none.
    """

    bank = models.ForeignKey(Bank, models.PROTECT, related_name="questions", verbose_name=_("question bank"))
    code = models.CharField(_("code"), max_length=60)
    current = models.ForeignKey("QuestionVersion", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["bank", "code"], name="question_code_in_bank")]

    def __str__(self):
        return self.code


class QuestionVersion(models.Model):
    """One immutable wording of a question with its key.

    `content` may be shown before submission; `key` (right answers, scoring) and `feedback` may not. Their shapes
    are those of the question kind (quizzes.kinds).

    pii: none.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=30)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2)
    content = models.JSONField()
    key = models.JSONField()
    feedback = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="question_version_number")]

    def __str__(self):
        return f"{self.question} v{self.number}"
