from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from media.enums import Channel, ConsentAnswer, ConsentScope

DAYS_TO_ANSWER = 30


class ConsentRequest(models.Model):
    """The press office asks a person to consent, on one wording. What is ticked in the end is theirs alone to say.

    People with an account answer there; others through a signed link. `Consent` is the answer's record; a request
    that was declined keeps no reason.

    pii: who was asked for what, and a letter address; goes with the consent it led to, declined ones are anonymous
    once the exemplar is.
    """

    exemplar = models.ForeignKey(
        "media.Exemplar", models.PROTECT, related_name="consent_requests", verbose_name=_("who is asked")
    )
    story = models.ForeignKey(
        "media.StoryPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="consent_requests",
        verbose_name=_("story"),
        help_text=_("The person reads its draft before answering."),
    )
    names = models.BooleanField(_("name"), default=False)
    position = models.BooleanField(_("position and unit"), default=False)
    portrait = models.BooleanField(_("picture"), default=False)
    story_told = models.BooleanField(_("story"), default=False)
    on_site = models.BooleanField(_("this site"), default=False)
    on_social = models.BooleanField(_("social networks"), default=False)
    on_print = models.BooleanField(_("print"), default=False)
    text_shown = models.TextField(_("wording"))
    text_version = models.CharField(_("version of the wording"), max_length=40)
    expires_on = models.DateField(
        _("proposed last day"), null=True, blank=True, help_text=_("Empty: until the consent is withdrawn.")
    )
    email = models.EmailField(
        _("e-mail for the link"), blank=True, help_text=_("For people without an account; a child's guardian.")
    )
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=ConsentAnswer, blank=True)
    consent = models.OneToOneField(
        "media.Consent", models.PROTECT, null=True, blank=True, related_name="request", verbose_name=_("consent")
    )

    class Meta:
        verbose_name = _("request for consent")
        verbose_name_plural = _("requests for consent")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["exemplar"], condition=models.Q(answered_at__isnull=True), name="consent_request_open")
        ]

    def __str__(self):
        return f"{self.exemplar} · {timezone.localtime(self.asked_at):%d/%m/%Y}"

    @property
    def scopes(self) -> list[ConsentScope]:
        """The scopes asked for."""
        return [scope for scope in ConsentScope if getattr(self, _field_of(scope))]

    @property
    def channels(self) -> list[Channel]:
        return [channel for channel in Channel if getattr(self, f"on_{channel.value}")]

    @property
    def closes_at(self):
        return self.asked_at + timedelta(days=DAYS_TO_ANSWER)

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and timezone.now() < self.closes_at

    @property
    def state_label(self) -> str:
        if self.answer:
            return str(ConsentAnswer(self.answer).label)
        return gettext("Waiting for an answer") if self.is_open else gettext("Not answered in time")


def _field_of(scope: ConsentScope) -> str:
    """`story` is the page the request is about, so the scope of that name has a field called otherwise."""
    return "story_told" if scope == ConsentScope.STORY else scope.value
