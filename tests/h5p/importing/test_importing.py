"""Importing activities: what is stored, what a new revision changes, what an export gives back; the commands."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from h5p.core.package import inspect
from h5p.domain import folders, retention
from h5p.domain.exporting import export_content
from h5p.domain.importing import PackageRefused, check_package, import_package, refresh
from h5p.models import Content, ContentDependency, Library, Play, Statement
from h5p.signals import content_changed
from people.models import AuditEntry
from shared.errors import DomainError
from tests.h5p.packages import PIXEL, library, package, text_field, write

pytestmark = pytest.mark.django_db

SEMANTICS = [text_field("question"), {"name": "retry", "type": "boolean", "default": True}]
MEDIA = {"images/diem.png": PIXEL}
PARAMS = {"question": "Hai & ba?", "evil": 1}


def quiz(**more):
    return library("H5P.Quiz", "1.2.3", semantics=SEMANTICS, **more)


@pytest.fixture
def path(tmp_path):
    return write(tmp_path, package(quiz(), params=PARAMS, media=MEDIA, license="CC BY"))


@pytest.fixture
def content(path):
    report = import_package(path, install_libraries=True)
    return Content.objects.get(uuid=report.content_id)


def files_in_store() -> set[str]:
    root = folders.root()
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_an_activity_is_stored(content):
    assert (content.title, content.language, content.revision) == ("Hoạt động minh họa", "vi", 1)
    assert content.params == PARAMS
    assert content.filtered == {"question": "Hai &amp; ba?", "retry": True}
    assert len(content.filtered_sha256) == 64
    assert content.metadata["license"] == "CC BY"
    assert content.is_ready
    assert (folders.content_folder(content.uuid, 1) / "images/diem.png").read_bytes() == PIXEL
    assert list(content.dependencies.values_list("library__machine_name", "type")) == [("H5P.Quiz", "preloaded")]
    assert AuditEntry.objects.filter(action="h5p.content_imported").exists()


def test_nothing_is_written_when_a_package_is_refused(tmp_path):
    for data in (package(quiz(), media={"x.svg": b"<svg>"}), package(quiz(title="")), b"no zip"):
        with pytest.raises(PackageRefused):
            import_package(write(tmp_path, data), install_libraries=True)
    assert not Library.objects.exists()
    assert not Content.objects.exists()
    assert not folders.root().exists()


def test_checking_writes_nothing(path):
    report = check_package(path, install_libraries=True)
    assert report.accepted
    assert not Library.objects.exists()
    assert not folders.root().exists()


def test_the_same_file_again_changes_nothing(content, path):
    report = import_package(path, install_libraries=True)
    assert report.unchanged
    assert report.content_id == str(content.uuid)
    assert Content.objects.get().revision == 1


def test_a_new_revision_keeps_the_id(content, tmp_path):
    other = write(tmp_path, package(quiz(), params={"question": "Khác"}, title="Tên khác"))
    report = import_package(other, install_libraries=True, replace=content)
    assert report.content_id == str(content.uuid)
    before = content.filtered_sha256
    content.refresh_from_db()
    assert (content.revision, content.title) == (2, "Tên khác")
    assert content.filtered_sha256 != before


def test_a_new_revision_is_told(content, tmp_path):
    heard = []

    def hear(sender, content_id, **kwargs):
        heard.append(content_id)

    content_changed.connect(hear)
    try:
        other = write(tmp_path, package(quiz(), params={"question": "Khác"}))
        import_package(other, install_libraries=True, replace=content)
    finally:
        content_changed.disconnect(hear)
    assert heard == [content.pk]


def test_files_of_the_former_revision_stay_for_open_pages(content, tmp_path):
    other = write(tmp_path, package(quiz(), params={"question": "Khác"}, media={"images/b.png": PIXEL}))
    import_package(other, install_libraries=True, replace=content)
    assert (folders.content_folder(content.uuid, 1) / "images/diem.png").exists()
    assert (folders.content_folder(content.uuid, 2) / "images/b.png").exists()


def test_an_activity_waits_for_the_libraries_of_its_parts(tmp_path, django_capture_on_commit_callbacks):
    part = library("H5P.Part", semantics=[text_field("text")])
    slot = {"name": "part", "type": "library", "options": ["H5P.Part 1.0"]}
    whole = library("H5P.Whole", semantics=[slot])
    params = {"part": {"library": "H5P.Part 1.0", "params": {"text": "x"}}}
    report = import_package(write(tmp_path, package(whole, params=params)), install_libraries=True)
    content = Content.objects.get(uuid=report.content_id)
    assert (content.is_ready, content.missing_libraries) == (False, ["H5P.Part 1.0"])
    with django_capture_on_commit_callbacks(execute=True):
        import_package(write(tmp_path, package(part), "part.h5p"), install_libraries=True)
    content.refresh_from_db()
    assert content.is_ready
    assert content.filtered["part"]["params"] == {"text": "x"}
    assert list(content.dependencies.values_list("library__machine_name", flat=True)) == ["H5P.Part", "H5P.Whole"]


def test_an_activity_waits_for_its_own_type(tmp_path, django_capture_on_commit_callbacks):
    import_package(write(tmp_path, package(library("H5P.Quiz", "1.9.0"), title="Mới")), install_libraries=True)
    report = import_package(write(tmp_path, package(quiz(), params=PARAMS, bundled=False)))
    content = Content.objects.get(uuid=report.content_id)
    assert (content.main_library, content.missing_libraries) == (None, ["H5P.Quiz 1.2"])
    with django_capture_on_commit_callbacks(execute=True):
        import_package(write(tmp_path, package(quiz(), title="Thứ ba")), install_libraries=True)
    content.refresh_from_db()
    assert content.main_library.name == "H5P.Quiz 1.2"
    assert content.is_ready


def test_filtering_again_changes_nothing(content):
    before = (content.filtered, content.filtered_sha256, content.updated_at)
    refresh(content.pk)
    content.refresh_from_db()
    assert (content.filtered, content.filtered_sha256) == before[:2]
    assert ContentDependency.objects.filter(content=content).count() == 1
    refresh(content.pk + 999)


def test_libraries_alone(path):
    report = import_package(path, install_libraries=True, with_content=False)
    assert report.content_id is None
    assert Library.objects.count() == 1
    assert not Content.objects.exists()


# --- Export ---------------------------------------------------------------------------------------------------


def test_an_export_can_be_imported_elsewhere(content, tmp_path):
    buffer = io.BytesIO()
    export_content(content, buffer)
    exported = inspect(write(tmp_path, buffer.getvalue()), may_install=True)
    assert exported.accepted
    assert not exported.warnings
    assert exported.params == content.params
    assert exported.metadata["license"] == "CC BY"
    assert {str(name): one.tree_sha256 for name, one in exported.libraries.items()} == {
        row.name: row.tree_sha256 for row in Library.objects.all()
    }
    again = io.BytesIO()
    export_content(content, again)
    assert again.getvalue() == buffer.getvalue()


def test_an_export_as_a_new_revision_gives_the_same_activity(content, tmp_path):
    with (tmp_path / "out.h5p").open("wb") as file:
        export_content(content, file)
    before = content.filtered_sha256
    import_package(tmp_path / "out.h5p", install_libraries=True, replace=content)
    content.refresh_from_db()
    assert (content.revision, content.filtered_sha256) == (2, before)


def test_an_incomplete_activity_is_not_exported(content):
    content.missing_libraries = ["H5P.Absent 1.0"]
    with pytest.raises(DomainError, match=r"H5P\.Absent 1\.0"):
        export_content(content, io.BytesIO())


# --- Commands --------------------------------------------------------------------------------------------------


def run(*arguments) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command(*arguments, stdout=out)
    except SystemExit as stop:
        return stop.code, out.getvalue()
    return 0, out.getvalue()


def test_the_command_tells_all_as_json(path):
    status, told = run("import_h5p", str(path), "--install-libraries", "--json", "-")
    told = json.loads(told)
    assert status == 0
    assert told == {
        "accepted": True,
        "errors": [],
        "warnings": [],
        "main_library": "H5P.Quiz 1.2",
        "libraries": [{"name": "H5P.Quiz", "version": "1.2.3", "action": "new"}],
        "content_id": str(Content.objects.get().uuid),
    }


def test_a_dry_run_writes_nothing(path):
    status, told = run("import_h5p", str(path), "--install-libraries", "--dry-run", "--json", "-")
    assert (status, json.loads(told)["content_id"]) == (0, None)
    assert not Content.objects.exists()


def test_the_first_package_needs_the_right_to_install(path, tmp_path):
    status, told = run("import_h5p", str(path), "--json", str(tmp_path / "out.json"))
    report = json.loads((tmp_path / "out.json").read_text())
    assert status == 1
    assert report["accepted"] is False
    assert [one["code"] for one in report["errors"]] == ["missing-main-library", "install-needs-manager"]
    assert "--install-libraries" in report["errors"][1]["detail"]
    assert "install-needs-manager" in told


def test_a_missing_part_of_the_first_package_is_named(tmp_path):
    needed = library("H5P.Needed")
    path = write(tmp_path, package(quiz(needs=[needed]), needed))
    _status, told = run("import_h5p", str(path), "--json", "-")
    assert "missing-required-library" in {one["code"] for one in json.loads(told)["errors"]}


def test_replacing_by_command(content, tmp_path):
    other = write(tmp_path, package(quiz(), params={"question": "Khác"}))
    status, told = run("import_h5p", str(other), "--replace", str(content.uuid), "--json", "-")
    assert (status, json.loads(told)["content_id"]) == (0, str(content.uuid))
    assert Content.objects.get().revision == 2


def test_bad_arguments_are_explained(path):
    with pytest.raises(CommandError, match="There is no file"):
        run("import_h5p", "absent.h5p")
    with pytest.raises(CommandError, match="there is no activity"):
        run("import_h5p", str(path), "--replace", "0b1c2d3e-0000-4000-8000-0123456789ab")


def test_exporting_by_command(content, tmp_path):
    target = tmp_path / "ra.h5p"
    assert run("export_h5p", str(content.uuid), str(target))[0] == 0
    assert inspect(target, may_install=True).accepted
    with pytest.raises(CommandError):
        run("export_h5p", "0b1c2d3e-0000-4000-8000-0123456789ab", str(target))


# --- What is not kept for ever ---------------------------------------------------------------------------------


@pytest.fixture
def _everything_is_old(monkeypatch):
    monkeypatch.setattr(retention, "LEFT_ALONE", timedelta(seconds=-1))


@pytest.mark.usefixtures("_everything_is_old")
def test_files_without_a_row_go(content, tmp_path):
    other = write(tmp_path, package(quiz(), params={"question": "Khác"}, media=MEDIA))
    import_package(other, install_libraries=True, replace=content)
    (folders.root() / "unfinished" / "broken-off").mkdir(parents=True)
    kept = {path for path in files_in_store() if "/1/" not in path}
    assert retention.purge_folders() == 2
    assert files_in_store() == kept
    assert retention.purge_folders() == 0


def test_files_of_open_pages_stay(content, tmp_path):
    other = write(tmp_path, package(quiz(), params={"question": "Khác"}))
    import_package(other, install_libraries=True, replace=content)
    assert retention.purge_folders() == 0


def test_raw_statements_go_after_their_days(content, cast, settings):
    now = timezone.now()
    play = Play.objects.create(person=cast["lan"], content=content, revision=1, number=1, session="s", opened_at=now)
    statements = [Statement.objects.create(play=play, verb="answered", body={}) for _ in range(2)]
    days = settings.H5P_STATEMENT_DAYS
    Statement.objects.filter(pk=statements[0].pk).update(received_at=now - timedelta(days=days + 1))
    assert retention.purge_statements() == 1
    assert Statement.objects.get() == statements[1]
