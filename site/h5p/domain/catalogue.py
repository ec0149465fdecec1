"""The installed libraries as the Django-free core sees them."""

from collections.abc import Iterable, Mapping

from h5p.core.names import LibraryName
from h5p.core.schema import LibrarySpec
from h5p.enums import DependencyType
from h5p.models import Library, LibraryDependency


def installed_patches() -> dict[LibraryName, int]:
    """Patch numbers of all installed libraries; one query."""
    rows = Library.objects.values_list("machine_name", "major", "minor", "patch")
    return {LibraryName(*row[:3]): row[3] for row in rows}


def name_of(library: Library) -> LibraryName:
    return LibraryName(library.machine_name, library.major, library.minor)


class Catalogue:
    """Finds libraries by name: those installed, and those in `bundled` that are about to be.

    Three queries whatever their number; semantics, which are large, are read for `wanted` libraries only.
    """

    def __init__(self, wanted: Iterable[LibraryName], bundled: Mapping[LibraryName, LibrarySpec] | None = None):
        self._specs = _installed_specs(set(wanted)) | dict(bundled or {})

    def __call__(self, name: LibraryName) -> LibrarySpec | None:
        return self._specs.get(name)

    @property
    def add_ons(self) -> list[LibrarySpec]:
        """Libraries that join contents by themselves."""
        return [spec for spec in self._specs.values() if spec.add_to]


def _installed_specs(wanted: set[LibraryName]) -> dict[LibraryName, LibrarySpec]:
    rows = {row.pk: row for row in Library.objects.defer("semantics", "files")}
    needs: dict[int, dict[str, list[LibraryName]]] = {}
    for row in LibraryDependency.objects.order_by("position"):
        by_type = needs.setdefault(row.library_id, {})
        by_type.setdefault(row.type, []).append(LibraryName(row.machine_name, row.major, row.minor))
    names = {pk: name_of(row) for pk, row in rows.items()}
    heavy = [pk for pk, name in names.items() if name in wanted]
    semantics = dict(Library.objects.filter(pk__in=heavy).values_list("pk", "semantics"))
    return {names[pk]: _spec(row, needs.get(pk, {}), semantics.get(pk)) for pk, row in rows.items()}


def _spec(row: Library, needs: dict[str, list[LibraryName]], semantics: list | None) -> LibrarySpec:
    return LibrarySpec(
        name=name_of(row),
        patch=row.patch,
        title=row.title,
        runnable=row.runnable,
        fullscreen=row.fullscreen,
        embed_types=tuple(row.embed_types),
        js=tuple(row.js),
        css=tuple(row.css),
        drop_css=tuple(row.drop_css),
        preloaded=tuple(needs.get(DependencyType.PRELOADED, ())),
        dynamic=tuple(needs.get(DependencyType.DYNAMIC, ())),
        editor=tuple(needs.get(DependencyType.EDITOR, ())),
        add_to=row.add_to,
        semantics=semantics,
    )
