"""What waits for a library manager, and what an author can begin."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from h5p import queries, rules
from shared.desk.work import Begin, Waiting


def work_of_h5p(viewer) -> Iterator[Begin | Waiting]:
    if not rules.can_enter_desk(viewer):
        return
    waiting = queries.proposals_for(viewer).count()
    yield Waiting(_("H5P libraries with a later patch"), waiting, reverse("h5p_replacements"), "clipboard-list")
    yield Begin(_("Import an H5P package"), reverse("h5p_import"), "upload")
