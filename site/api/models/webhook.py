"""Other systems that ask to be told: where, of what, and what became of each message."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WebhookEvent(models.TextChoices):
    """What another system can be told. The values stand in the messages and never change."""

    COMPLETION = "completion.recorded", _("Completion of a course that was asked")
    CERTIFICATE = "certificate.issued", _("Certificate issued for it")


class WebhookState(models.TextChoices):
    ACTIVE = "active", _("Active")
    OFF = "off", _("Switched off by hand")
    FAILED = "failed", _("Switched off: no message arrived for a day")
    GONE = "gone", _("Switched off: the receiver wants no more (410)")


class MessageState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Not delivered")


class Webhook(models.Model):
    """An address that is told what happens in a unit and below. Its secret is kept encrypted, and shown once.

    pii: who set it up; kept as long as the log of changes names it.
    """

    name = models.CharField(_("name"), max_length=120, help_text=_("What it is for, for example the HR system."))
    url = models.CharField(_("address"), max_length=500)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("about the unit"))
    on_completion = models.BooleanField(WebhookEvent.COMPLETION.label, default=True)
    on_certificate = models.BooleanField(WebhookEvent.CERTIFICATE.label, default=True)
    sealed_secret = models.TextField(editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=WebhookState, default=WebhookState.ACTIVE, editable=False
    )
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class WebhookMessage(models.Model):
    """One message to one webhook: the same id and the same text at every try.

    pii: the text names people by id; removed after some months (`api.personal_data`).
    """

    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="messages")
    uid = models.CharField(max_length=40, unique=True)
    event = models.CharField(max_length=30, choices=WebhookEvent)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    last_answer = models.CharField(max_length=60, blank=True)  # a status, or why there was none
    created_at = models.DateTimeField(default=timezone.now)
    give_up_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("message of a webhook")
        verbose_name_plural = _("messages of webhooks")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["webhook", "state", "-id"], name="webhook_messages")]

    def __str__(self):
        return self.uid
