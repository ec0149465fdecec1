"""Activities and statements for the player's tests."""

from pathlib import Path
from uuid import uuid4

from h5p.domain import places, plays
from h5p.domain.importing import import_package
from h5p.domain.places import Place
from h5p.models import Content, Play, PlayRow, SavedState, Statement
from tests.h5p.packages import library, package, write

CONTEXT = "28"
PART_A, PART_B = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


def activity(folder: Path, main=None, *others, **options) -> Content:
    """An imported activity with its libraries."""
    path = write(folder, package(main or library(), *others, **options), f"{uuid4().hex}.h5p")
    return Content.objects.get(uuid=import_package(path, install_libraries=True).content_id)


def standing(monkeypatch, **fields) -> Place:
    """Every activity stands in the lesson CONTEXT, by these rules, for everybody who is signed in."""
    place = Place(CONTEXT, **fields)

    def lookup(viewer, content, context):
        return place if viewer.is_authenticated and context == CONTEXT else None

    monkeypatch.setattr(places, "_lookups", [lookup])
    return place


def statement(verb="answered", raw=None, highest=None, part="", parent=False, **result) -> dict:
    """An xAPI statement as the core writes it."""
    extensions = {"http://h5p.org/x-api/h5p-local-content-id": 1}
    if part:
        extensions["http://h5p.org/x-api/h5p-subContentId"] = part
    score = {} if raw is None else {"score": {"min": 0, "max": highest, "raw": raw, "scaled": 1}}
    return {
        "actor": {"name": "learner", "mbox": "mailto:learner@h5p.invalid"},
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "object": {"id": "http://elsewhere/activity", "definition": {"extensions": extensions}},
        "context": {"contextActivities": {"parent": [{"id": "x"}]}} if parent else {},
        "result": {"completion": True, "success": raw == highest, **score, **result},
    }


def item(*args, children=(), **fields) -> dict:
    return {"statement": statement(*args, **fields), "children": list(children)}


def report(person, play: Play, sequence: int, *items, **options):
    return plays.take_in(person, play.session, sequence, list(items), **options)


def stored() -> list:
    """Everything results consist of, to see that nothing changed."""
    tables = (Play, PlayRow, Statement, SavedState)
    return [list(model.objects.order_by("pk").values()) for model in tables]
