"""Reads xAPI statements of the player: what they claim, within limits. Who, what and when is never taken from them."""

import math
import re
from dataclasses import dataclass, field
from html import unescape

from django.utils.html import strip_tags

VERDICTS = {"passed": True, "mastered": True, "failed": False}
FINISHING = frozenset({"answered", "completed", "consume", "consumed", *VERDICTS})
_PART = "http://h5p.org/x-api/h5p-subContentId"
_PART_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|hr|blockquote)\b[^>]*>", re.IGNORECASE)
_DURATION = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7}(?:\.\d{1,9})?)S)?")
HIGHEST_SCORE = 1_000_000
LONGEST_TEXT = 2000
MOST_PATTERNS = 20


class Unacceptable(Exception):
    """A statement that no player of ours sends; its report is refused as a whole."""


@dataclass(frozen=True)
class Report:
    """What a statement claims. `part` is the sub-content id of a question, "" for the activity itself."""

    verb: str
    part: str = ""
    is_child: bool = False
    raw: float | None = None
    max: float | None = None
    success: bool | None = None
    completion: bool | None = None
    duration: float | None = None  # seconds
    interaction_type: str = ""
    description: str = ""
    response: str = ""
    correct_pattern: list[str] = field(default_factory=list)

    @property
    def is_finish(self) -> bool:
        """Only a statement without a parent may end a run."""
        return self.verb in FINISHING and not self.is_child and not self.part

    @property
    def is_verdict(self) -> bool:
        """Says only how the run that has just ended went, as Essay does after its points."""
        return self.is_finish and self.verb in VERDICTS and self.raw is None

    @property
    def verdict(self) -> bool | None:
        return VERDICTS.get(self.verb)

    @property
    def is_answer(self) -> bool:
        """A question that was answered: it has a result worth keeping."""
        return self.verb in FINISHING and (self.raw is not None or bool(self.response) or self.success is not None)


def read(statement) -> Report:
    """Raises Unacceptable for an impossible score or anything that is not a statement."""
    if not isinstance(statement, dict):
        raise Unacceptable("not a statement")
    verb = str(_dict(statement, "verb").get("id", "")).rstrip("/").rpartition("/")[2]
    definition = _dict(_dict(statement, "object"), "definition")
    result = _dict(statement, "result")
    parents = _dict(_dict(statement, "context"), "contextActivities").get("parent")
    raw, highest = _score(result.get("score"))
    kind = definition.get("interactionType")
    return Report(
        verb=verb[:40],
        part=_part(_dict(definition, "extensions").get(_PART)),
        is_child=bool(parents),
        raw=raw,
        max=highest,
        success=_flag(result.get("success")),
        completion=_flag(result.get("completion")),
        duration=_seconds(result.get("duration")),
        interaction_type=kind[:32] if isinstance(kind, str) else "",
        description=_text(_dict(definition, "description")),
        response=_answer(result.get("response"), definition),
        correct_pattern=_patterns(definition),
    )


def _dict(value: dict, name: str) -> dict:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}


def _score(score) -> tuple[float | None, float | None]:
    """(points, highest points), or (None, None) where nothing can be scored. Penalties end at zero."""
    if not isinstance(score, dict) or score.get("raw") is None or score.get("max") is None:
        return None, None
    raw, highest = score["raw"], score["max"]
    if not all(isinstance(n, int | float) and not isinstance(n, bool) and math.isfinite(n) for n in (raw, highest)):
        raise Unacceptable("a score that is no number")
    if highest < 0 or highest > HIGHEST_SCORE or raw > highest + 1e-6:
        raise Unacceptable("an impossible score")
    return (min(max(float(raw), 0.0), float(highest)), float(highest)) if highest > 0 else (None, None)


def _part(value) -> str:
    if value is None or value == "":
        return ""
    if not isinstance(value, str) or not _PART_ID.fullmatch(value):
        raise Unacceptable("an impossible part")
    return value


def _flag(value) -> bool | None:
    return value if isinstance(value, bool) else None


def _seconds(value) -> float | None:
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if not match or not any(match.groups()):
        return None
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def _text(translations: dict) -> str:
    """One of the translations as plain text."""
    text = translations.get("vi") or translations.get("en-US") or next(iter(translations.values()), "")
    return _plain(text) if isinstance(text, str) else ""


def _plain(html: str) -> str:
    """As text, to be escaped where it is shown; what stood in paragraphs of its own stays apart."""
    return " ".join(unescape(strip_tags(_BLOCK.sub(" ", html))).split())[:LONGEST_TEXT]


def _patterns(definition: dict) -> list[str]:
    patterns = definition.get("correctResponsesPattern")
    patterns = patterns if isinstance(patterns, list) else []
    return [answer for pattern in patterns[:MOST_PATTERNS] if (answer := _answer(pattern, definition))]


def _answer(response, definition: dict) -> str:
    """An answer in the learner's words: the chosen options, the typed texts, the pairs. "" if there is none."""
    if not isinstance(response, str):
        return ""
    response = re.sub(r"^(?:\{[a-z_]+=[a-z]+\})+", "", response)[: 2 * LONGEST_TEXT]
    kind = definition.get("interactionType")
    if kind in {"choice", "sequencing"}:
        names = _names(definition.get("choices"))
        parts = [names.get(part, part) for part in response.split("[,]") if part]
    elif kind == "matching":
        sources, targets = _names(definition.get("source")), _names(definition.get("target"))
        pairs = [part.partition("[.]") for part in response.split("[,]") if part]
        parts = [f"{sources.get(one, one)} – {targets.get(other, other)}" for one, _dot, other in pairs]
    else:
        parts = [part for part in response.split("[,]") if part]
    return _plain("; ".join(parts))


def _names(components) -> dict[str, str]:
    """Ids of options and the texts the learner saw."""
    components = components if isinstance(components, list) else []
    return {
        str(one.get("id")): _text(one["description"])
        for one in components[:200]
        if isinstance(one, dict) and isinstance(one.get("description"), dict)
    }
