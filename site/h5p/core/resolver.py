"""Which libraries a content needs, in which order their scripts and styles are loaded, and what they ask of a page.

The order is that of the reference implementation: depth first, a library after everything it needs, the libraries
of the parameters (deepest first) before the main library. One version of a library per page: the first one met wins.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from .names import LibraryName
from .schema import LibrarySpec
from .semantics import patterns
from .semantics.fields import Field, LibraryLookup, fields_of, item_field, only_field
from .semantics.references import strings

Kind = Literal["preloaded", "dynamic", "editor"]
_DEEPEST = 60
_LONGEST_CHAIN = 200
_ADD_ON_TEXTS = 2_000


@dataclass(frozen=True)
class Dependency:
    """A library needed by a content. Libraries are loaded in the order of their `weight`."""

    library: LibrarySpec
    kind: Kind
    weight: int
    drop_css: bool = False


@dataclass(frozen=True)
class Resolved:
    """All libraries of a content by weight, and those named somewhere but not found."""

    dependencies: tuple[Dependency, ...]
    missing: frozenset[LibraryName]

    @property
    def preloaded(self) -> tuple[Dependency, ...]:
        """Those loaded with the page, in order."""
        return tuple(one for one in self.dependencies if one.kind == "preloaded")


def resolve(main: LibrarySpec, params: dict, lookup: LibraryLookup, add_ons: Iterable[LibrarySpec] = ()) -> Resolved:
    """The libraries that content of type `main` with these (filtered) parameters needs.

    `add_ons` are the libraries that join contents by themselves, when a text in the parameters matches their rule.
    """
    walk = _Walk(lookup)
    for name in used_libraries(params, main.semantics, lookup):
        walk.add(name)
    walk.add(main.name)
    texts = None
    for add_on in add_ons:
        if texts is None:
            texts = list(strings(params))[:_ADD_ON_TEXTS]
        if _joins(add_on, texts):
            walk.add(add_on.name)
    return walk.result()


def used_libraries(params: dict, semantics: list | None, lookup: LibraryLookup) -> Iterator[LibraryName]:
    """The libraries inside the parameters, each after those inside its own."""
    yield from _in_fields(params, semantics or [], lookup, 0)


def choose_embed_type(wanted: Iterable[str], library: LibrarySpec) -> str:
    """ "div" if the content asks for it, else "iframe"; if the library cannot, what it can."""
    embed_type = "div" if "div" in wanted else "iframe"
    if library.embed_types and embed_type not in library.embed_types:
        return "div" if "div" in library.embed_types else "iframe"
    return embed_type


class _Walk:
    def __init__(self, lookup: LibraryLookup):
        self.lookup = lookup
        self.found: dict[tuple[Kind, str], tuple[LibrarySpec, int] | None] = {}
        self.missing: set[LibraryName] = set()
        self.weight = 0

    def add(self, name: LibraryName, kind: Kind = "preloaded", depth: int = 0) -> None:
        """Notes the library after all it needs. The entry is made before going deeper, so that circles end."""
        key = (kind, name.machine_name)
        if key in self.found or depth > _LONGEST_CHAIN:
            return
        library = self.lookup(name)
        if library is None:
            if kind != "editor":
                self.missing.add(name)
            return
        self.found[key] = None
        inner: tuple[tuple[Kind, tuple[LibraryName, ...]], ...] = (
            ("dynamic", library.dynamic),
            ("preloaded", library.preloaded),
            ("editor", library.editor),
        )
        for inner_kind, names in inner:
            # What an authoring tool preloads is only for authoring.
            followed: Kind = "editor" if kind == "editor" and inner_kind == "preloaded" else inner_kind
            for one in names:
                self.add(one, followed, depth + 1)
        self.weight += 1
        self.found[key] = (library, self.weight)

    def result(self) -> Resolved:
        entries = [(key[0], *entry) for key, entry in self.found.items() if entry is not None]
        loaded = [library for kind, library, _weight in entries if kind == "preloaded"]
        dropped = {machine_name for library in loaded for machine_name in library.drop_css}
        dependencies = [
            Dependency(library, kind, weight, library.name.machine_name in dropped) for kind, library, weight in entries
        ]
        return Resolved(tuple(sorted(dependencies, key=lambda one: one.weight)), frozenset(self.missing))


def _in_fields(params: object, semantics: list[Field], lookup: LibraryLookup, depth: int) -> Iterator[LibraryName]:
    """In the order of the parameters, as the reference implementation goes through them."""
    if isinstance(params, dict):
        known = {field["name"]: field for field in fields_of({"fields": semantics})}
        for name, value in params.items():
            if name in known:
                yield from _in_value(value, known[name], lookup, depth + 1)


def _in_value(value: object, field: Field, lookup: LibraryLookup, depth: int) -> Iterator[LibraryName]:
    if depth > _DEEPEST:
        return
    kind = field.get("type")
    if kind == "list" and isinstance(value, list) and (item := item_field(field)) is not None:
        for one in value:
            yield from _in_value(one, item, lookup, depth + 1)
    elif kind == "group":
        only = only_field(field)
        if only is not None:
            yield from _in_value(value, only, lookup, depth + 1)
        else:
            yield from _in_fields(value, fields_of(field), lookup, depth + 1)
    elif kind == "library" and isinstance(value, dict) and (name := LibraryName.parse(value.get("library"))):
        library = lookup(name)
        if library is not None:
            yield from _in_fields(value.get("params"), library.semantics or [], lookup, depth + 1)
        yield name


def _joins(add_on: LibrarySpec, texts: list[str]) -> bool:
    """Whether a text of the content matches one of the add-on's expressions (addTo.content.types[].text.regex)."""
    content = (add_on.add_to or {}).get("content")
    types = content.get("types") if isinstance(content, dict) else None
    for one in types if isinstance(types, list) else ():
        rule = one.get("text") if isinstance(one, dict) else None
        written = rule.get("regex") if isinstance(rule, dict) else None
        if isinstance(written, str) and any(patterns.matches(*_delimited(written), text) for text in texts):
            return True
    return False


def _delimited(expression: str) -> tuple[str, str]:
    """Pattern and modifiers of "/…/i", as add-ons write them."""
    if len(expression) > 1 and expression[0] == "/" and (end := expression.rfind("/")) > 0:
        return expression[1:end], expression[end + 1 :]
    return expression, ""
