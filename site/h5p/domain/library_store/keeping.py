"""Switching libraries off, restricting and removing them."""

import shutil

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from h5p.core.package.tree import tree_sha256
from h5p.domain import folders
from h5p.domain.library_files import hashes_of
from h5p.domain.locks import hold_store
from h5p.models import Library
from people.domain import audit
from shared.errors import DomainError


@transaction.atomic
def set_enabled(library: Library, enabled: bool, *, actor) -> None:
    """A library that is switched off is not played; activities that need it say so."""
    Library.objects.filter(pk=library.pk).update(enabled=enabled)
    library.enabled = enabled
    audit.record(actor, "h5p.library_enabled" if enabled else "h5p.library_disabled", library)


@transaction.atomic
def set_restricted(library: Library, restricted: bool, *, actor) -> None:
    """Activities of a restricted type are created by library managers only; those there are stay."""
    Library.objects.filter(pk=library.pk).update(restricted=restricted)
    library.restricted = restricted
    audit.record(actor, "h5p.library_restricted" if restricted else "h5p.library_released", library)


def remove(library: Library, *, actor) -> None:
    """Takes an unused library off the site, files included. Raises DomainError if something needs it."""
    place = folders.library_folder(library).parent
    try:
        with transaction.atomic():
            hold_store()
            if library.contents.exists() or library.content_uses.exists() or library.dependents.exists():
                raise DomainError(_("This library is in use and cannot be removed."))
            audit.record(actor, "h5p.library_removed", library, version=library.version)
            library.delete()
    except ProtectedError as error:
        raise DomainError(_("This library is in use and cannot be removed.")) from error
    shutil.rmtree(place, ignore_errors=True)


def is_intact(library: Library) -> bool:
    """Whether the files on disk are those that were installed."""
    return tree_sha256(hashes_of(folders.library_folder(library))) == library.tree_sha256
