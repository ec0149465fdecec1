"""The screens: who may see which, what a package's report says, what the buttons do."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from h5p import queries, rules
from h5p.domain import folders, library_store, uploads
from h5p.domain.importing import import_package
from h5p.enums import UploadState
from h5p.models import Content, Library, LibraryProposal, PackageUpload
from people.domain.roles import grant_role
from people.enums import Role
from people.models import Unit
from tests.h5p.packages import library, package, text_field, write

pytestmark = pytest.mark.django_db

MANAGER = "mai"  # an observer in the cast; made a library manager here


@pytest.fixture
def cast(site, cast):
    grant_role(cast[MANAGER], Role.H5P_LIBRARY_MANAGER, Unit.objects.get(code="LG-NV"), actor=None)
    return cast


@pytest.fixture
def put(tmp_path):
    def put(data, **options):
        report = import_package(write(tmp_path, data), **({"install_libraries": True} | options))
        return Content.objects.get(uuid=report.content_id)

    return put


def quiz(version="1.0.0", **more):
    return library("H5P.Quiz", version, semantics=[text_field()], **more)


def upload(client, data: bytes, name="goi.h5p", **query):
    return client.post(reverse("h5p_import", query=query or None), {"package": SimpleUploadedFile(name, data)})


SCREENS = ("h5p_activities", "h5p_import", "h5p_libraries")
MAY = {
    "an": {"h5p_activities", "h5p_import", "h5p_libraries"},
    "tam": {"h5p_activities", "h5p_import"},
    MANAGER: {"h5p_activities", "h5p_import", "h5p_libraries"},
    "thao": set(),
    "lan": set(),
}


@pytest.mark.parametrize("username", MAY)
def test_who_may_open_which_screen(signed_in, username):
    client = signed_in(username)
    opened = {name for name in SCREENS if client.get(reverse(name)).status_code == 200}
    assert opened == MAY[username]


def test_rules_and_lists_agree(cast, put):
    put(package(quiz()))
    for person in cast.values():
        assert queries.contents_for(person).exists() == rules.can_enter_desk(person), person.username
        assert queries.libraries_for(person).exists() == rules.can_install_libraries(person), person.username


def test_the_menu_shows_ones_own_work(signed_in):
    home = reverse("wagtailadmin_home")
    assert reverse("h5p_libraries") not in signed_in("tam").get(home).content.decode()
    page = signed_in(MANAGER).get(home).content.decode()
    assert reverse("h5p_libraries") in page
    assert reverse("h5p_activities") in page


def test_an_empty_store_says_where_libraries_come_from(signed_in):
    page = signed_in("tam").get(reverse("h5p_import")).content.decode()
    assert "Moodle" in page
    assert "Lumi" in page


# --- Importing ------------------------------------------------------------------------------------------------


def test_an_author_imports_once_the_libraries_are_there(signed_in, put, cast):
    put(package(quiz(), title="Có sẵn"))
    client = signed_in("tam")
    answer = upload(client, package(quiz(), params={"question": "Hai?"}))
    waiting = PackageUpload.objects.get()
    assert answer.url == reverse("h5p_upload", args=[waiting.pk])
    assert (waiting.state, waiting.uploaded_by) == (UploadState.CHECKED, cast["tam"])
    assert Content.objects.count() == 1
    page = client.get(answer.url)
    assert "install_libraries" not in page.content.decode()
    done = client.post(answer.url, {})
    content = Content.objects.get(created_by=cast["tam"])
    assert done.url == reverse("h5p_activity", args=[content.pk])
    assert not folders.upload_file(waiting.pk).exists()


def test_an_author_is_told_that_a_manager_is_needed(signed_in):
    client = signed_in("tam")
    answer = upload(client, package(quiz()))
    page = client.get(answer.url).content.decode()
    assert "install-needs-manager" in page
    assert PackageUpload.objects.get().state == UploadState.REFUSED
    assert not folders.upload_file(PackageUpload.objects.get().pk).exists()
    client.post(answer.url, {})
    assert not Content.objects.exists()


def test_a_refusal_says_what_to_do_next(signed_in):
    client = signed_in("an")
    alone = package(library("H5P.Absent"), bundled=False)
    page = client.get(upload(client, alone).url).content.decode()
    assert "missing-main-library" in page
    assert "Trước hết hãy nhập một tệp cùng loại có kèm thư viện" in page
    broken = client.get(upload(client, b"no archive").url).content.decode()
    assert "unable-to-unzip" in broken
    assert "Trước hết hãy nhập" not in broken
    assert "Kiểm tra tệp khác" in broken


def test_the_report_lists_what_changes_before_what_stays(signed_in, put):
    put(package(quiz()))
    client = signed_in("an")
    page = client.get(upload(client, package(quiz(), library("H5P.Zebra"), title="Hai")).url).content.decode()
    assert page.index("<code>H5P.Zebra 1.0</code></td>") < page.index("<code>H5P.Quiz 1.0</code></td>")


def test_an_author_cannot_install_by_a_hand_made_request(signed_in, put):
    put(package(quiz(), title="Có sẵn"))
    client = signed_in("tam")
    other = library("H5P.Smuggled")
    answer = upload(client, package(quiz(), other, preloadedDependencies=[quiz().reference]))
    client.post(answer.url, {"install_libraries": "on"})
    assert set(Library.objects.values_list("machine_name", flat=True)) == {"H5P.Quiz"}


def test_an_administrator_chooses_whether_libraries_come_in(signed_in):
    client = signed_in("an")
    answer = upload(client, package(quiz()))
    page = client.get(answer.url).content.decode()
    assert "H5P.Quiz 1.0" in page
    assert "MIT" in page
    client.post(answer.url, {"install_libraries": "on"})
    assert Library.objects.get().approved_by.username == "an"
    assert Content.objects.get().is_ready


def test_a_library_manager_takes_the_libraries_only(signed_in):
    client = signed_in(MANAGER)
    answer = upload(client, package(quiz()))
    done = client.post(answer.url, {"install_libraries": "on"})
    assert done.url == reverse("h5p_libraries")
    assert Library.objects.count() == 1
    assert not Content.objects.exists()


def test_a_new_revision_by_the_screen(signed_in, put):
    content = put(package(quiz(), params={"question": "Cũ"}))
    client = signed_in("tam")
    answer = upload(client, package(quiz(), params={"question": "Mới"}), replace=content.pk)
    assert PackageUpload.objects.get().content == content
    client.post(answer.url, {"replace": content.pk})
    content.refresh_from_db()
    assert (content.revision, content.params) == (2, {"question": "Mới"})


def test_only_activities_of_the_same_type_can_be_replaced(signed_in, put):
    other = put(package(library("H5P.Other"), title="Loại khác"))
    put(package(quiz(), title="Cùng loại"))
    client = signed_in("tam")
    answer = upload(client, package(quiz(), params={"question": "Mới"}))
    assert client.post(answer.url, {"replace": other.pk}).status_code == 200
    assert Content.objects.count() == 2


def test_discarding(signed_in, put):
    put(package(quiz(), title="Có sẵn"))
    client = signed_in("tam")
    answer = upload(client, package(quiz(), params={"question": "x"}))
    waiting = PackageUpload.objects.get()
    client.post(answer.url, {"discard": "1"})
    waiting.refresh_from_db()
    assert waiting.state == UploadState.DISCARDED
    assert not folders.upload_file(waiting.pk).exists()
    client.post(answer.url, {})
    assert Content.objects.count() == 1


def test_confirming_twice_imports_once(signed_in, put, cast):
    put(package(quiz(), title="Có sẵn"))
    client = signed_in("tam")
    answer = upload(client, package(quiz(), params={"question": "x"}))
    client.post(answer.url, {})
    client.post(answer.url, {})
    assert Content.objects.count() == 2


def test_uploads_of_others_are_not_found(signed_in, put, cast):
    put(package(quiz(), title="Có sẵn"))
    mine = uploads.receive([package(quiz(), params={"question": "x"})], "goi.h5p", actor=cast["an"])
    assert signed_in("tam").get(reverse("h5p_upload", args=[mine.pk])).status_code == 404
    assert signed_in(MANAGER).get(reverse("h5p_upload", args=[mine.pk])).status_code == 200
    for person in cast.values():
        seen = queries.uploads_for(person).filter(pk=mine.pk).exists()
        assert seen == rules.can_see_upload(person, mine), person.username


def test_a_file_that_is_too_large_is_refused_while_it_comes_in(signed_in, monkeypatch):
    from h5p.core.limits import Limits

    monkeypatch.setattr(uploads, "DEFAULT_LIMITS", Limits(package=1000))
    answer = upload(signed_in("tam"), b"x" * 2000)
    assert answer.status_code == 200
    assert not PackageUpload.objects.exists()
    assert not [path for path in folders.root().rglob("*") if path.is_file()]


# --- Activities ------------------------------------------------------------------------------------------------


def test_the_list_finds_without_marks_in_few_queries(signed_in, put, django_assert_num_queries):
    put(package(quiz(), title="Ứng xử nơi công sở"))
    client = signed_in("tam")
    address = reverse("h5p_activities")
    client.get(address)
    counts = []
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for extra in ((), ("Đạo đức công vụ", "Kỹ năng số")):
        for title in extra:
            put(package(quiz(), title=title))
        with CaptureQueriesContext(connection) as queries_made:
            page = client.get(address).content.decode()
        counts.append(len(queries_made))
    assert counts[0] == counts[1]
    assert "Đạo đức công vụ" in page
    found = client.get(reverse("h5p_activities_results"), {"q": "ung xu"}).content.decode()
    assert "Ứng xử nơi công sở" in found
    assert "Đạo đức công vụ" not in found


def test_one_activity(signed_in, put):
    content = put(package(quiz(), params={"question": "x"}, license="CC BY-SA"))
    page = signed_in("tam").get(reverse("h5p_activity", args=[content.pk])).content.decode()
    assert "CC BY-SA" in page
    assert 'data-h5p-context="preview"' in page
    assert "data-results-place" not in page, "a preview keeps nothing"
    exported = signed_in("tam").get(reverse("h5p_export", args=[content.pk]))
    assert exported["Content-Disposition"] == 'attachment; filename="hoat-dong-minh-hoa.h5p"'
    assert b"".join(exported.streaming_content)[:2] == b"PK"


def test_other_sites_are_allowed_one_by_one(signed_in, put):
    films = [{"name": "film", "type": "video"}]
    params = {"film": [{"path": "https://video.example/a.mp4", "mime": "video/mp4"}]}
    content = put(package(library("H5P.InteractiveVideo", semantics=films), params=params))
    address = reverse("h5p_activity", args=[content.pk])
    client = signed_in("tam")
    page = client.get(address).content.decode()
    assert "nằm ở video.example và không được tải" in page
    assert "Video tương tác" in page  # the type in the learners’ language, not only its technical name
    client.post(address, {"hosts": ["video.example", "evil.example"]})
    content.refresh_from_db()
    assert content.allowed_external_hosts == []  # one that is not in the activity voids the form
    client.post(address, {"hosts": ["video.example"]})
    content.refresh_from_db()
    assert content.allowed_external_hosts == ["video.example"]
    assert "không được tải" not in client.get(address).content.decode()


def test_a_film_that_needs_a_script_of_its_site_cannot_be_allowed(signed_in, put):
    films = [{"name": "film", "type": "video"}]
    params = {"film": [{"path": "https://www.youtube.com/watch?v=abc", "mime": "video/YouTube"}]}
    content = put(package(library("H5P.InteractiveVideo", semantics=films), params=params))
    client, address = signed_in("tam"), reverse("h5p_activity", args=[content.pk])
    page = client.get(address).content.decode()
    assert "www.youtube.com" in page
    assert "không thấy phim" in page
    assert 'name="hosts"' not in page
    client.post(address, {"hosts": ["www.youtube.com"]})
    content.refresh_from_db()
    assert content.allowed_external_hosts == []


def test_deleting_an_activity(signed_in, put, cast):
    from django.utils import timezone

    from h5p.models import Play

    content, played = put(package(quiz())), put(package(quiz(), title="Đã làm"))
    Play.objects.create(person=cast["lan"], content=played, revision=1, number=1, session="s", opened_at=timezone.now())
    client = signed_in("tam")
    for one in (content, played):
        assert client.get(reverse("h5p_delete_activity", args=[one.pk])).status_code == 200
        client.post(reverse("h5p_delete_activity", args=[one.pk]))
    assert list(Content.objects.all()) == [played]


# --- Libraries -------------------------------------------------------------------------------------------------


def test_the_list_of_libraries_in_few_queries(signed_in, put):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(MANAGER)
    put(package(quiz()))
    client.get(reverse("h5p_libraries"))
    counts = []
    for extra in ((), (library("H5P.B"), library("H5P.C"))):
        for number, one in enumerate(extra):
            put(package(one, title=f"Hoạt động {number}"))
        with CaptureQueriesContext(connection) as made:
            page = client.get(reverse("h5p_libraries")).content.decode()
        counts.append(len(made))
    assert counts[0] == counts[1]
    assert "H5P.Quiz" in page
    assert "MIT" in page


def test_one_library(signed_in, put):
    needed = library("H5P.Needed")
    put(package(quiz(needs=[needed]), needed))
    client = signed_in(MANAGER)
    row = Library.objects.get(machine_name="H5P.Needed")
    address = reverse("h5p_library", args=[row.pk])
    assert "H5P.Quiz 1.0" in client.get(address).content.decode()
    for action, field, value in (
        ("disable", "enabled", False),
        ("enable", "enabled", True),
        ("restrict", "restricted", True),
        ("release", "restricted", False),
    ):
        client.post(address, {"action": action})
        row.refresh_from_db()
        assert getattr(row, field) is value
    client.post(address, {"action": "remove"})
    assert Library.objects.filter(pk=row.pk).exists()
    client.post(address, {"action": "nonsense"})
    assert signed_in("tam").post(address, {"action": "disable"}).status_code == 404
    row.refresh_from_db()
    assert row.enabled


def test_a_replacement_is_shown_and_approved(signed_in, put):
    put(package(quiz(js="// old")))
    put(package(quiz("1.0.1", js="// new"), title="Khác"))
    proposal = LibraryProposal.objects.get()
    client = signed_in(MANAGER)
    assert reverse("h5p_replacement", args=[proposal.pk]) in client.get(reverse("h5p_libraries")).content.decode()
    address = reverse("h5p_replacement", args=[proposal.pk])
    assert "main.js" in client.get(address).content.decode()
    client.post(address, {"approve": "1", "shown": "wrong"})
    assert Library.objects.get().version == "1.0.0"
    client.post(address, {"approve": "1", "shown": proposal.tree_sha256})
    assert Library.objects.get().version == "1.0.1"


def test_the_list_of_libraries_counts_what_waits(signed_in, put):
    libraries = [library(f"H5P.L{number}") for number in range(7)]
    put(package(quiz(), *libraries))
    put(package(quiz(), *(library(f"H5P.L{number}", "1.0.1") for number in range(7)), title="Khác"))
    page = signed_in(MANAGER).get(reverse("h5p_libraries")).content.decode()
    assert "Có 7 bản thay thế đang chờ." in page
    assert page.count("/h5p/replacements/") == 6, "five of them, and all of them"
    # Outside of the coloured box, whose links have a colour of their own: on it the button had too little contrast.
    assert page.index("</section>") < page.index(f'href="{reverse("h5p_replacements")}"')


def test_a_replacement_shows_its_lines_and_says_where_it_cannot(signed_in, put):
    put(package(quiz(js="let a = 1;\nlet b = 2;")))
    put(package(quiz("1.0.1", js="let a = 1;\nlet b = '<b>3</b>';"), title="Khác"))
    put(package(quiz("1.0.2", js="let a = 1;" + "a" * 3000), title="Gói nén"))
    lines, packed = LibraryProposal.objects.order_by("patch")
    client = signed_in(MANAGER)
    page = client.get(reverse("h5p_replacement", args=[lines.pk])).content.decode()
    assert "<del>− let b = 2;</del>" in page
    assert "<ins>+ let b = &#x27;&lt;b&gt;3&lt;/b&gt;&#x27;;</ins>" in page
    changes = {change.path: change for change in library_store.file_changes(packed)}
    assert not changes["main.js"].lines
    assert changes["main.js"].note


def test_many_replacements_are_approved_at_once_each_as_it_was_shown(signed_in, put):
    put(package(quiz(js="// old"), library("H5P.Other", "1.0.0", js="// old")))
    put(package(quiz("1.0.1", js="// new"), library("H5P.Other", "1.0.1", js="// new"), title="Khác"))
    first, second = LibraryProposal.objects.order_by("library__machine_name")
    client, address = signed_in(MANAGER), reverse("h5p_replacements")
    page = client.get(address).content.decode()
    assert all(text in page for text in (first.tree_sha256, second.tree_sha256))
    client.post(address, {"proposal": []})
    client.post(address, {"proposal": ["nonsense", "²", str(10**30)]})
    assert versions() == ["1.0.0", "1.0.0"]
    shown = {f"shown-{first.pk}": first.tree_sha256, f"shown-{second.pk}": "something else"}
    client.post(address, {"proposal": [first.pk, second.pk]} | shown)
    assert versions() == ["1.0.1", "1.0.0"]
    assert [row.pk for row in queries.proposals_for(_anybody())] == [second.pk]
    assert signed_in("tam").get(address).status_code != 200
    assert signed_in("tam").post(address, {"proposal": [second.pk]} | shown).status_code != 200


def test_the_list_of_replacements_asks_as_often_for_many_as_for_one(signed_in, put):
    client, address = signed_in(MANAGER), reverse("h5p_replacements")
    put(package(quiz(js="// old"), library("H5P.Two", "1.0.0"), library("H5P.Three", "1.0.0")))
    counts = []
    for libraries in ([], [library("H5P.Two", "1.0.1"), library("H5P.Three", "1.0.1")]):
        put(package(quiz("1.0.1", js="// new"), *libraries, title="Khác"))
        client.get(address)
        with CaptureQueriesContext(connection) as queries_made:
            client.get(address)
        counts.append((LibraryProposal.objects.count(), len(queries_made)))
    assert [number for number, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]


def versions() -> list[str]:
    return [row.version for row in Library.objects.order_by("machine_name")]


def test_a_replacement_may_be_refused(signed_in, put):
    put(package(quiz(js="// old")))
    put(package(quiz("1.0.1", js="// new"), title="Khác"))
    proposal = LibraryProposal.objects.get()
    signed_in(MANAGER).post(reverse("h5p_replacement", args=[proposal.pk]), {"refuse": "1"})
    assert Library.objects.get().version == "1.0.0"
    assert not queries.proposals_for(proposal.library.approved_by or _anybody()).exists()


def _anybody():
    from people.models import Person

    return Person.objects.get(username="an")
