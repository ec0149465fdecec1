"""The body of a starter lesson: a file of blocks, turned into the values of the lesson page's StreamField."""

import html
import re
from pathlib import Path

from shared import yaml_source
from shared.yaml_source import Problem, SourceProblems

from .checking import Checker

# The fields of each block in the file: name → (needed, longest text).
_FIELDS = {
    "callout": {"tone": (True, 20), "title": (False, 120), "text": (True, 1500)},
    "quotation": {"text": (True, 800), "attribution": (False, 200)},
    "scenario": {"situation": (True, 1500), "question": (False, 300), "suggestion": (True, 1500)},
    "legal_basis": {"document": (True, 500), "note": (False, 300)},
}


def read_body(path: Path, code: str, course: Checker) -> tuple[str, list[dict]]:
    """Introduction and blocks of one lesson. Mistakes are added to the course's problems under the lesson's file."""
    if not path.exists():
        course.problems.append(Problem(path.name, 1, "", f"The body of lesson {code} is missing: {path}"))
        return "", []
    try:
        source = yaml_source.read(path)
    except SourceProblems as faults:
        course.problems.extend(faults.problems)
        return "", []
    check = Checker(source)
    check.mapping("", {"lesson", "introduction", "body"}, needed={"lesson", "introduction", "body"})
    if check.value("lesson") != code:
        check.fault("lesson", f"must be {code}, like the file's name")
    introduction = check.text("introduction", longest=600)
    blocks = [block for i in check.indexes("body") if (block := _block(check, f"body[{i}]"))]
    course.problems.extend(check.problems)
    return introduction, blocks


def _block(check: Checker, field: str) -> dict | None:
    value = check.value(field)
    if not isinstance(value, dict) or len(value) != 1:
        check.fault(field, "must be one block, written as “- kind: …”")
        return None
    [kind] = value
    inside = f"{field}.{kind}"
    if kind == "heading":
        return {"type": kind, "value": check.text(inside, longest=200)}
    if kind == "text":
        return {"type": kind, "value": to_html(_paragraphs(check, inside))}
    if kind == "four_courtesies":
        return {"type": kind, "value": _courtesies(check, inside)}
    if kind in _FIELDS:
        check.mapping(inside, set(_FIELDS[kind]), needed={n for n, (needed, _l) in _FIELDS[kind].items() if needed})
        values = {
            name: check.text(f"{inside}.{name}", longest, optional=not needed)
            for name, (needed, longest) in _FIELDS[kind].items()
        }
        if kind == "callout":
            check.choice(f"{inside}.tone", ["remember", "caution", "practice"], default="remember")
        return {"type": kind, "value": values}
    known = ", ".join(["heading", "text", "four_courtesies", *_FIELDS])
    check.fault(inside, f"is not a block known here; allowed: {known}")
    return None


def _courtesies(check: Checker, field: str) -> dict:
    check.mapping(field, {"please", "always"}, needed={"please", "always"})
    return {
        side: [
            {
                "word": check.text(f"{field}.{side}[{i}].word", 60),
                "example": check.text(f"{field}.{side}[{i}].example", 400),
            }
            for i in check.indexes(f"{field}.{side}")
        ]
        for side in ("please", "always")
    }


def _paragraphs(check: Checker, field: str) -> str:
    check.text(field)
    value = check.value(field)
    return value if isinstance(value, str) else ""


_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"\*(.+?)\*")


def to_html(text: str) -> str:
    """Paragraphs, “- ” lists, **bold** and *italic* as the HTML of Wagtail's rich text; all else is escaped."""
    parts = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in paragraph.splitlines()]
        running = [line for line in lines if not line.startswith("- ")]
        items = [line[2:] for line in lines if line.startswith("- ")]
        if running:
            parts.append(f"<p>{_inline(' '.join(running))}</p>")
        if items:
            parts.append("<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + "</ul>")
    return "".join(parts)


def _inline(text: str) -> str:
    return _ITALIC.sub(r"<i>\1</i>", _BOLD.sub(r"<b>\1</b>", html.escape(text, quote=False)))
