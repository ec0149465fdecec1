"""From the upload to the decision: a package waits in quarantine with the report of its check."""

import hashlib
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from h5p import rules
from h5p.core.limits import DEFAULT_LIMITS, MB
from h5p.domain import folders
from h5p.domain.importing import PackageRefused, check_package, import_package
from h5p.domain.reports import Report
from h5p.enums import UploadState
from h5p.models import Content, PackageUpload
from shared.errors import DomainError


def receive(chunks: Iterable[bytes], name: str, *, actor, replace: Content | None = None) -> PackageUpload:
    """Takes the file into quarantine and checks it. A refused package keeps its report, not its file.

    Libraries are checked too if the actor may install them. Raises DomainError if the file is too large to look at.
    """
    upload_id = uuid.uuid4()
    path = folders.upload_file(upload_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        digest, size = _write(path, chunks)
        report = check_package(path, name=name, install_libraries=rules.can_install_libraries(actor), actor=actor)
        upload = PackageUpload.objects.create(
            uuid=upload_id,
            file_name=name[-255:],
            sha256=digest,
            size=size,
            report=report.as_record(),
            state=UploadState.CHECKED if report.accepted else UploadState.REFUSED,
            uploaded_by=actor,
            content=replace,
        )
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if not report.accepted:
        path.unlink(missing_ok=True)
    return upload


def confirm(
    upload: PackageUpload, *, with_content: bool, install_libraries: bool, replace: Content | None, actor
) -> Report:
    """Imports the waiting package, as far as the actor's rights go. It is checked again: the site may have changed.

    Raises DomainError if it does not wait any more, and PackageRefused if it is not acceptable now.
    """
    _claim(upload, UploadState.IMPORTED)
    try:
        report = import_package(
            folders.upload_file(upload.pk),
            name=upload.file_name,
            install_libraries=install_libraries and rules.can_install_libraries(actor),
            with_content=with_content and rules.can_create_content(actor),
            replace=replace,
            actor=actor,
        )
    except PackageRefused as refused:
        PackageUpload.objects.filter(pk=upload.pk).update(state=UploadState.REFUSED, report=refused.report.as_record())
        folders.upload_file(upload.pk).unlink(missing_ok=True)
        raise
    except BaseException:
        PackageUpload.objects.filter(pk=upload.pk).update(state=UploadState.CHECKED)
        raise
    content = Content.objects.filter(uuid=report.content_id).only("pk").first() if report.content_id else None
    PackageUpload.objects.filter(pk=upload.pk).update(content=content)
    folders.upload_file(upload.pk).unlink(missing_ok=True)
    return report


def discard(upload: PackageUpload, *, actor) -> None:
    """Removes the waiting file; nothing of it was imported."""
    _claim(upload, UploadState.DISCARDED)
    folders.upload_file(upload.pk).unlink(missing_ok=True)


@transaction.atomic
def _claim(upload: PackageUpload, state: UploadState) -> None:
    """Takes the decision once, however often it is sent."""
    waiting = PackageUpload.objects.filter(pk=upload.pk, state=UploadState.CHECKED)
    if not waiting.update(state=state):
        raise DomainError(_("This package has been decided about already."))
    upload.state = state


def _write(path: Path, chunks: Iterable[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > DEFAULT_LIMITS.package:
                message = _("The file is too large: at most %(limit)s MB are allowed.")
                raise DomainError(message % {"limit": DEFAULT_LIMITS.package // MB})
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest(), size
