from datetime import date

import pytest

from people.domain import importing
from people.models import Unit
from shared.domain import outbox

SINCE = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    """Staging is called by the tests themselves."""
    monkeypatch.setattr(outbox, "_send", lambda entry_id: None)


@pytest.fixture
def scope(cast):
    """The commune in which hung is HR officer."""
    return Unit.objects.get(code="LG-TS")


@pytest.fixture
def staged(cast, scope, settings, tmp_path):
    """A function: the import of a file by an HR officer, read to its preview."""

    def take(content: bytes, actor="hung", unit=scope, effective_on=SINCE, name="danh-sach.xlsx", **options):
        person = cast[actor] if actor else None
        taken = importing.upload(
            content, name, actor=person, unit=unit, effective_on=effective_on, ask_for_sheets=False, **options
        )
        importing.stage(taken.pk)
        taken.refresh_from_db()
        return taken

    return take


def codes(row) -> set[str]:
    return {problem[0] for problem in row.problems}
