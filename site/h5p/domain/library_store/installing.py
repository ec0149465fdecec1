"""New libraries in."""

from collections.abc import Iterable
from pathlib import Path

from h5p.core.names import LibraryName
from h5p.domain import folders
from h5p.domain.folders import Moves
from h5p.domain.library_store.deciding import Decision, decide
from h5p.domain.library_store.replacing import propose
from h5p.domain.library_store.rows import REFRESH, link, new_row, write_parts
from h5p.domain.locks import hold_store
from h5p.enums import LibraryAction
from h5p.models import Content, Library
from people.domain import audit
from shared.domain import outbox


def install(
    decisions: Iterable[Decision], prepared: dict[LibraryName, Path], moves: Moves, *, source: str, actor
) -> list[Library]:
    """Writes the new libraries and notes replacements for approval; returns the libraries installed.

    Call it inside a transaction that `moves` surrounds. Decisions are taken again under the lock: somebody may have
    installed the same library in the meantime.
    """
    hold_store()
    decided = decide(one.library for one in decisions)
    fresh = [one.library for one in decided if one.action is LibraryAction.NEW and one.library.spec.name in prepared]
    rows = Library.objects.bulk_create(new_row(one, source, actor) for one in fresh)
    write_parts(zip(rows, fresh, strict=True))
    for row, one in zip(rows, fresh, strict=True):
        moves.put(prepared[one.spec.name], folders.library_folder(row))
    if rows:
        link(rows)
        _wake_waiting(rows)
        audit.record(actor, "h5p.libraries_installed", rows[0], libraries=[f"{row.name}.{row.patch}" for row in rows])
    for one in decided:
        if one.action is LibraryAction.NEWER and one.library.spec.name in prepared:
            propose(one.library, prepared[one.library.spec.name], moves, source, actor)
    return rows


def _wake_waiting(rows: list[Library]) -> None:
    """Activities that waited for one of these libraries are looked at again."""
    names = {row.name for row in rows}
    waiting = Content.objects.exclude(missing_libraries=[]).values_list("pk", "missing_libraries")
    for pk, missing in waiting:
        if names & set(missing):
            outbox.enqueue(REFRESH, pk)
