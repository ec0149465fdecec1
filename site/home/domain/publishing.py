"""Scheduled publishing: each page on its own, so that one refusal does not hold up the others."""

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from media.domain.publishing import PublicationRefused, cancel_if_refused
from shared.errors import DomainError

log = logging.getLogger(__name__)


def publish_due() -> int:
    """Publishes revisions whose time has come and unpublishes expired pages; returns how many were published."""
    now = timezone.now()
    for page in Page.objects.live().filter(expire_at__lt=now).specific().iterator():
        page.unpublish(set_expired=True)
    published = 0
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        published += _publish(revision)
    return published


def _publish(revision: Revision) -> bool:
    try:
        with transaction.atomic():
            revision.publish(skip_permission_checks=True)
        return True
    except (DomainError, ValidationError) as refusal:
        # Refused by a rule (a story whose consent is gone): it stays a draft and is not tried again.
        if isinstance(refusal, PublicationRefused):
            cancel_if_refused(revision)  # which also tells the author why
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        log.warning("Scheduled publication of revision %s was refused", revision.pk)
        return False
