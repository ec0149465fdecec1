from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """What a notice is about. The words are chosen when it is read, in the reader's language."""

    CERTIFICATE_READY = "certificate_ready", _("The certificate is ready to download")
