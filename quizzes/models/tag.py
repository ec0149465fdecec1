from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from quizzes.kinds.texts import Texts, in_language


class _NamedInBothLanguages(models.Model):
    """What is called by a Vietnamese name and, where somebody gave it one, an English one."""

    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=100, help_text=_("Low numbers come first."))

    class Meta:
        abstract = True

    def __str__(self):
        return in_language(self.names, get_language() or "vi")

    @property
    def names(self) -> Texts:
        return {"vi": self.name, "en": self.name_en} if self.name_en else {"vi": self.name}


class TagVocabulary(_NamedInBothLanguages):
    """A question about questions: which pillar, which counterpart, how difficult. Administrators keep the words.

    pii: none.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("tag vocabulary")
        verbose_name_plural = _("tag vocabularies")
        ordering = ["position", "name"]


class Tag(_NamedInBothLanguages):
    """One word of a vocabulary, put on questions so that they can be found and drawn by it.

    pii: none.
    """

    vocabulary = models.ForeignKey(TagVocabulary, models.PROTECT, related_name="tags", verbose_name=_("vocabulary"))
    code = models.SlugField(_("code"), max_length=40)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["vocabulary__position", "vocabulary__name", "position", "name"]
        constraints = [models.UniqueConstraint(fields=["vocabulary", "code"], name="tag_code_in_vocabulary")]
