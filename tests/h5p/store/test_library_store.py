"""Installing libraries, replacing them after approval, switching off, removing: all or nothing."""

import json

import pytest
from django.db import connection, transaction

from h5p.domain import folders, library_store
from h5p.domain.importing import PackageRefused, import_package
from h5p.domain.library_store import approve, refuse, remove, set_enabled, set_restricted
from h5p.enums import ProposalState
from h5p.models import Content, Library, LibraryDependency, LibraryProposal
from people.models import AuditEntry
from shared.errors import DomainError
from tests.h5p.packages import library, members, package, text_field, write, zipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def put(tmp_path):
    """A function: imports the package, libraries included."""

    def put(data, **options):
        return import_package(write(tmp_path, data), **({"install_libraries": True} | options))

    return put


def files_in_store() -> set[str]:
    root = folders.root()
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def actions(report) -> dict[str, str]:
    return {one["name"]: one["action"] for one in report.as_json()["libraries"]}


def test_libraries_are_installed_with_all_they_say(put, tmp_path):
    needed = library("H5P.Needed", css="p{}", runnable=0)
    main = library(
        "H5P.Main",
        "1.2.3",
        needs=[needed],
        semantics=[text_field()],
        languages={"vi": {"a": 1}, "de": {}},
        fullscreen=1,
    )
    put(package(main, needed))
    row = Library.objects.get(machine_name="H5P.Main")
    assert (row.version, row.title, row.runnable, row.fullscreen, row.license) == ("1.2.3", "Main", True, True, "MIT")
    assert row.semantics == [text_field()]
    assert list(row.languages.values_list("code", flat=True)) == ["vi"]
    dependency = row.dependencies.get()
    assert (dependency.name, dependency.required.machine_name) == ("H5P.Needed 1.0", "H5P.Needed")
    folder = folders.library_folder(row)
    assert folder.name == f"3-{row.tree_sha256[:8]}"
    assert (folder / "main.js").read_bytes() == main.files["main.js"]
    assert library_store.is_intact(row)
    (folder / "main.js").write_text("changed")
    assert not library_store.is_intact(row)


def test_minor_versions_stay_side_by_side(put):
    put(package(library(version="1.0.0")))
    put(package(library(version="1.1.0")))
    assert {row.version for row in Library.objects.all()} == {"1.0.0", "1.1.0"}


def test_the_same_and_older_patches_change_nothing(put):
    put(package(library(version="1.0.5")))
    before = files_in_store()
    report = put(package(library(version="1.0.4"), title="Hoạt động khác"))
    assert actions(report) == {"H5P.Sample": "older"}
    report = put(package(library(version="1.0.5"), title="Thứ ba"))
    assert actions(report) == {"H5P.Sample": "same"}
    assert Library.objects.get().version == "1.0.5"
    assert files_in_store() == before
    assert not LibraryProposal.objects.exists()


def test_other_files_under_the_same_number_do_not_come_in(put):
    put(package(library(js="// the real one")))
    report = put(package(library(js="// a copy that was tampered with"), title="Khác"))
    assert actions(report) == {"H5P.Sample": "differs"}
    assert "library-differs" in {one["code"] for one in report.as_json()["warnings"]}
    row = Library.objects.get()
    assert (folders.library_folder(row) / "main.js").read_text() == "// the real one"


# --- Replacing ---------------------------------------------------------------------------------------------


@pytest.fixture
def proposal(put):
    """A later patch that waits: main.js changed, gone.js removed, added.js new."""
    put(package(library(js="// old", semantics=[text_field()], files={"gone.js": b"1"}), params={"question": "a"}))
    semantics = [text_field(), {"name": "hint", "type": "text", "default": "Gợi ý"}]
    newer = library(version="1.0.1", js="// new", semantics=semantics, files={"added.js": b"2"})
    put(package(newer, title="Khác"))
    return LibraryProposal.objects.select_related("library").get()


def test_a_later_patch_waits_for_approval(proposal):
    assert proposal.difference == {
        "added": ["added.js"],
        "removed": ["gone.js"],
        "changed": ["library.json", "main.js", "semantics.json"],
    }
    assert Library.objects.get().version == "1.0.0"
    assert (folders.library_folder(Library.objects.get()) / "main.js").read_text() == "// old"


def test_approval_replaces_and_filters_the_activities_anew(proposal, cast, django_capture_on_commit_callbacks):
    content = Content.objects.get(title="Hoạt động minh họa")
    assert content.filtered == {"question": "a"}
    with django_capture_on_commit_callbacks(execute=True):
        approve(proposal, shown=proposal.tree_sha256, actor=cast["an"])
    row = Library.objects.get()
    assert (row.version, row.approved_by) == ("1.0.1", cast["an"])
    assert (folders.library_folder(row) / "main.js").read_text() == "// new"
    assert library_store.is_intact(row)
    before = content.filtered_sha256
    content.refresh_from_db()
    assert content.filtered == {"question": "a", "hint": "Gợi ý"}
    assert content.filtered_sha256 != before
    assert not folders.proposal_folder(proposal).exists()
    assert AuditEntry.objects.filter(action="h5p.library_replaced", actor=cast["an"]).exists()


def test_approval_is_bound_to_the_files_that_were_shown(proposal, cast):
    with pytest.raises(DomainError):
        approve(proposal, shown="0" * 64, actor=cast["an"])
    (folders.proposal_folder(proposal) / "main.js").write_text("// changed on the way")
    with pytest.raises(DomainError):
        approve(proposal, shown=proposal.tree_sha256, actor=cast["an"])
    assert Library.objects.get().version == "1.0.0"


def test_approval_is_refused_when_the_installed_library_has_changed(proposal, cast):
    Library.objects.update(tree_sha256="f" * 64)
    with pytest.raises(DomainError):
        approve(proposal, shown=proposal.tree_sha256, actor=cast["an"])


def test_a_decision_is_taken_once(proposal, cast):
    refuse(proposal, actor=cast["an"])
    assert not folders.proposal_folder(proposal).exists()
    with pytest.raises(DomainError):
        refuse(proposal, actor=cast["an"])
    with pytest.raises(DomainError):
        approve(proposal, shown=proposal.tree_sha256, actor=cast["an"])
    assert LibraryProposal.objects.get().state == ProposalState.REFUSED


def test_the_same_proposal_waits_once(proposal, put):
    newer = library(
        version="1.0.1",
        js="// new",
        semantics=[text_field(), {"name": "hint", "type": "text", "default": "Gợi ý"}],
        files={"added.js": b"2"},
    )
    put(package(newer, title="Nữa"))
    assert LibraryProposal.objects.count() == 1


def test_approving_one_closes_the_others(proposal, put, cast, django_capture_on_commit_callbacks):
    put(package(library(version="1.0.2"), title="Nữa"))
    later = LibraryProposal.objects.get(patch=2)
    with django_capture_on_commit_callbacks(execute=True):
        approve(later, shown=later.tree_sha256, actor=cast["an"])
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.REFUSED
    assert not folders.proposal_folder(proposal).exists()


# --- All or nothing -----------------------------------------------------------------------------------------


class Broken(Exception):
    pass


def test_a_failure_leaves_neither_rows_nor_files(put, monkeypatch):
    def fail(*args, **kwargs):
        raise Broken

    monkeypatch.setattr("h5p.domain.importing._store_content", fail)
    with pytest.raises(Broken):
        put(package(library(), media={"a.txt": b"x"}))
    assert not Library.objects.exists()
    assert files_in_store() == set()


def test_without_the_roll_back_the_files_would_stay(put, monkeypatch):
    """The negative control of the test above."""

    def fail(*args, **kwargs):
        raise Broken

    monkeypatch.setattr("h5p.domain.importing._store_content", fail)
    monkeypatch.setattr("h5p.domain.folders.Moves.__exit__", lambda self, *error: None)
    with pytest.raises(Broken):
        put(package(library()))
    assert files_in_store()


def test_what_a_killed_process_left_is_replaced(put):
    put(package(library()))
    row = Library.objects.get()
    place = folders.library_folder(row)
    Content.objects.all().delete()
    row.delete()
    (place / "main.js").write_text("half wri")
    put(package(library()))
    assert library_store.is_intact(Library.objects.get())


def test_a_package_that_changes_between_check_and_import_is_refused(put, tmp_path, monkeypatch):
    """Its files are hashed again while they are unpacked."""
    from h5p.domain import importing

    real = importing.check_package
    path = tmp_path / "goi-minh-hoa.h5p"

    def check_then_swap(*args, **kwargs):
        report = real(*args, **kwargs)
        path.write_bytes(package(library(js="// other")))
        return report

    monkeypatch.setattr(importing, "check_package", check_then_swap)
    with pytest.raises(PackageRefused) as refused:
        put(package(library(js="// seen")))
    assert "unable-to-read-package-file" in {one.code for one in refused.value.report.package.errors}
    assert files_in_store() == set()
    assert not Library.objects.exists()


def test_a_library_installed_by_somebody_else_in_the_meantime_stays(put, tmp_path, monkeypatch):
    """Decisions are taken again under the lock."""
    other = write(tmp_path, package(library(), title="Người khác"), "other.h5p")
    real, done = library_store.install, []

    def after_somebody_else(*args, **kwargs):
        if not done:
            done.append(True)
            import_package(other, install_libraries=True)
        return real(*args, **kwargs)

    monkeypatch.setattr(library_store, "install", after_somebody_else)
    put(package(library()))
    assert Library.objects.count() == 1
    assert Content.objects.count() == 2
    assert library_store.is_intact(Library.objects.get())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_the_lock_of_the_store_is_held_on_postgresql():
    from h5p.domain.locks import hold_store

    with transaction.atomic(), connection.cursor() as cursor:
        hold_store()
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone()[0] == 1


# --- Keeping ------------------------------------------------------------------------------------------------


def test_switching_off_and_restricting(put, cast, tmp_path):
    put(package(library()))
    row = Library.objects.get()
    set_enabled(row, False, actor=cast["an"])
    with pytest.raises(PackageRefused) as refused:
        put(package(library(), title="Khác"))
    assert {one.code for one in refused.value.report.package.errors} == {"library-disabled"}
    set_enabled(row, True, actor=cast["an"])
    set_restricted(row, True, actor=cast["an"])
    with pytest.raises(PackageRefused) as refused:
        put(package(library(), title="Khác"), install_libraries=False, actor=cast["tam"])
    assert {one.code for one in refused.value.report.package.errors} == {"library-restricted"}
    assert put(package(library(), title="Khác"), actor=cast["an"]).content_id


def test_only_unused_libraries_are_removed(put, cast):
    needed = library("H5P.Needed")
    put(package(library(needs=[needed]), needed))
    rows = {row.machine_name: row for row in Library.objects.all()}
    for row in rows.values():
        with pytest.raises(DomainError):
            remove(row, actor=cast["an"])
    Content.objects.all().delete()
    with pytest.raises(DomainError):
        remove(rows["H5P.Needed"], actor=cast["an"])
    remove(rows["H5P.Sample"], actor=cast["an"])
    remove(rows["H5P.Needed"], actor=cast["an"])
    assert not Library.objects.exists()
    assert files_in_store() == set()


def test_a_type_that_is_no_activity_cannot_be_content(put):
    with pytest.raises(PackageRefused) as refused:
        put(package(library(runnable=0)))
    assert {one.code for one in refused.value.report.package.errors} == {"library-not-runnable"}


def test_a_dependency_is_linked_when_its_library_comes_later(put):
    tool = library("H5PEditor.Tool")
    put(package(library(needs_for_editing=[tool])))
    assert LibraryDependency.objects.get().required is None
    put(package(tool, title="Công cụ"))
    assert LibraryDependency.objects.get().required.machine_name == "H5PEditor.Tool"


def test_deciding_and_writing_take_few_queries(put, django_assert_max_num_queries, tmp_path):
    """The number of queries does not grow with the number of libraries."""
    many = [library(f"H5P.L{number}") for number in range(30)]
    with django_assert_max_num_queries(45):
        put(package(library("H5P.One")))
    with django_assert_max_num_queries(45):
        put(package(library("H5P.Main", needs=many), *many))


def test_json_of_a_library_is_kept_as_it_was(put):
    files = members(library(semantics=[text_field(label="Câu hỏi “khó”")]))
    put(zipped(files))
    assert Library.objects.get().semantics == json.loads(files["H5P.Sample-1.0/semantics.json"])
