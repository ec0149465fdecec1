"""Activities that are there: what they may load from elsewhere, and taking them away."""

import shutil
from collections.abc import Iterable

from django.db import transaction

from h5p.domain import folders
from h5p.models import Content
from people.domain import audit


@transaction.atomic
def allow_hosts(content: Content, hosts: Iterable[str], *, actor) -> None:
    """The other sites the activity's frame may load from: some of those its parameters name."""
    allowed = sorted(set(hosts) & set(content.allowable_hosts))
    if allowed != sorted(content.allowed_external_hosts):
        audit.record(actor, "h5p.hosts_allowed", content, old={"hosts": content.allowed_external_hosts}, hosts=allowed)
        Content.objects.filter(pk=content.pk).update(allowed_external_hosts=allowed)
        content.allowed_external_hosts = allowed


def delete_content(content: Content, *, actor) -> None:
    """Removes an activity nobody has played, with its files. Runs are training records and keep it (ProtectedError)."""
    place = folders.content_folder(content.uuid, content.revision).parent
    with transaction.atomic():
        audit.record(actor, "h5p.content_deleted", content, uuid=str(content.uuid))
        content.delete()
    shutil.rmtree(place, ignore_errors=True)
