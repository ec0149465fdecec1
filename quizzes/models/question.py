from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.enums import BankRight


class Bank(models.Model):
    """A collection of questions owned by a unit; banks may lie within banks.

    `path` holds the ids from the top of the tree down to the bank itself ("/3/17/"), kept by
    `quizzes.domain.banks`, so that everything below a bank is one prefix.

    pii: none.
    """

    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    path = models.CharField(max_length=200, db_index=True, editable=False, default="")
    owner_unit = models.ForeignKey(
        "people.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("owner unit"),
        help_text=_("Its course authors edit the questions. Without a unit every author may use them."),
    )

    class Meta:
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")
        ordering = ["title"]

    def __str__(self):
        return self.title

    @property
    def depth(self) -> int:
        """How many banks it lies within."""
        return max(0, self.path.count("/") - 2)


class BankShare(models.Model):
    """What course authors of another unit may do with a bank and everything below it.

    pii: none.
    """

    bank = models.ForeignKey(Bank, models.CASCADE, related_name="shares", verbose_name=_("question bank"))
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    right = models.CharField(_("its authors may"), max_length=4, choices=BankRight, default=BankRight.USE)

    class Meta:
        verbose_name = _("shared bank")
        verbose_name_plural = _("shared banks")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["bank", "unit"], name="bank_shared_once_with_unit")]

    def __str__(self):
        return f"{self.bank} → {self.unit}"


class Question(models.Model):
    """A question through all its versions; attempts always point at the version they took.

    `search_key` is the folded code and wording of the current version. A retired question is drawn no more.

    pii: none.
    """

    bank = models.ForeignKey(Bank, models.PROTECT, related_name="questions", verbose_name=_("question bank"))
    code = models.CharField(_("code"), max_length=60)
    current = models.ForeignKey("QuestionVersion", models.PROTECT, null=True, related_name="+")
    tags = models.ManyToManyField("quizzes.Tag", related_name="questions", blank=True, verbose_name=_("tags"))
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    search_key = models.TextField(editable=False, default="")

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

    pii: the author who wrote the version, kept as long as the question.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=30)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2)
    content = models.JSONField()
    key = models.JSONField()
    feedback = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="question_version_number")]

    def __str__(self):
        return f"{self.question} v{self.number}"
