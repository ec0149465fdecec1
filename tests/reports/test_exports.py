"""Files made in the background: whole or not at all, once, for nobody but who asked and while it is their scope."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notices.models import Notice
from people.domain.units import move_unit
from people.models import AuditEntry, RoleGrant
from reports.documents.columns import DETAILS
from reports.enums import ExportState, ExportWhat
from reports.exports import keeping, making, ordering, sources
from reports.models import Export
from shared.domain import outbox
from shared.errors import DomainError
from shared.models import OutboxEntry
from tests.reports import factories as make
from tests.reports.papers import body_of, of_csv, of_page
from tests.reports.reading import csv_of, people_of


@pytest.fixture
def filled(province):
    """People of two departments, all of them asked for the course."""
    for number in range(7):
        make.make_person(f"Nguyễn Văn An {number}", province.home_affairs)
    make.make_person("Trần Văn Kín", province.construction)
    make.assign(province.course, province.root, make.in_days(9))
    return province


@pytest.fixture
def viewer(filled):
    return make.make_hr(filled.home_affairs)


@pytest.fixture
def waiting(monkeypatch):
    """Messages to workers get lost: what is asked for waits until the test works it off."""
    monkeypatch.setattr(outbox, "_send", lambda entry_id: None)


def wish(viewer, unit, **more) -> tuple:
    parameters = {"report": "danh-sach", "don_vi": str(unit.pk), "ngay": make.today().isoformat(), **more}
    return viewer, ExportWhat.REPORT, parameters, "csv"


def ordered(viewer, unit, django_capture) -> Export:
    with django_capture(execute=True):
        export = ordering.order(*wish(viewer, unit))
    export.refresh_from_db()
    return export


def names_in(export: Export) -> set[str]:
    with storages["private"].open(export.file) as file:
        return {row[1] for row in of_csv(file.read(), DETAILS)}


def test_an_ordered_file_is_made_stored_told_and_logged(filled, viewer, django_capture_on_commit_callbacks):
    export = ordered(viewer, filled.home_affairs, django_capture_on_commit_callbacks)
    assert export.state == ExportState.READY
    assert export.done == export.total == 7
    assert len(names_in(export)) == 7
    with storages["private"].open(export.file) as file:
        content = file.read()
    assert (export.size, export.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert Notice.objects.get(person=viewer).path == f"/nhan-su/tep-da-xuat/{export.pk}/"
    actions = set(AuditEntry.objects.filter(subject_type="reports.Export").values_list("action", flat=True))
    assert actions == {"export.ordered", "export.made"}


def test_no_name_of_the_unit_of_others_is_in_it(filled, viewer, django_capture_on_commit_callbacks):
    export = ordered(viewer, filled.home_affairs, django_capture_on_commit_callbacks)
    assert "Trần Văn Kín" not in names_in(export)
    everybody = ordered(make.make_hr(filled.root), filled.root, django_capture_on_commit_callbacks)
    assert "Trần Văn Kín" in names_in(everybody)  # it would have been found


@pytest.mark.parametrize("unit", ["construction", "root"])
def test_a_unit_outside_cannot_be_asked_for(filled, viewer, unit):
    with pytest.raises(DomainError):
        ordering.order(*wish(viewer, getattr(filled, unit)))
    assert not Export.objects.exists()


def test_the_same_wish_twice_is_one_file(filled, viewer, waiting):
    first = ordering.order(*wish(viewer, filled.home_affairs))
    assert ordering.order(*wish(viewer, filled.home_affairs)) == first
    assert OutboxEntry.objects.filter(kind=ordering.OUTBOX_KIND).count() == 1
    making.make(first.pk)
    assert ordering.order(*wish(viewer, filled.home_affairs)) != first  # made anew, with the figures of then


def test_not_too_many_at_once(filled, viewer, waiting, monkeypatch):
    monkeypatch.setattr(ordering, "MOST_WAITING", 1)
    ordering.order(*wish(viewer, filled.home_affairs))
    with pytest.raises(DomainError):
        ordering.order(*wish(viewer, filled.one_stop))


# --- killed, tried again, taken over --------------------------------------------------------------------------------


class Killed(BaseException):
    """As `kill -9`: nothing after it runs."""


def test_a_killed_worker_leaves_nothing_offered_and_the_next_one_makes_it(filled, viewer, waiting, monkeypatch):
    export = ordering.order(*wish(viewer, filled.home_affairs))
    monkeypatch.setattr(making, "ROWS_A_STEP", 1)
    real, steps = making._step, []

    def dies_at_the_third(*arguments):
        steps.append(arguments)
        if len(steps) == 3:
            raise Killed
        real(*arguments)

    monkeypatch.setattr(making, "_step", dies_at_the_third)
    with pytest.raises(Killed):
        making.make(export.pk)
    export.refresh_from_db()
    assert (export.state, export.file, export.done) == (ExportState.MAKING, "", 2)
    assert not keeping.can_download(viewer, export)
    monkeypatch.setattr(making, "_step", real)
    making.make(export.pk)
    export.refresh_from_db()
    assert (export.state, export.done, export.attempt) == (ExportState.READY, 7, 2)
    assert len(names_in(export)) == 7


def test_killed_between_storing_and_naming_the_file_leaves_no_second_one(filled, viewer, waiting, monkeypatch):
    export = ordering.order(*wish(viewer, filled.home_affairs))

    def dies(*arguments):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(making, "_offer", dies)
        with pytest.raises(Killed):
            making.make(export.pk)
    left = set(storages["private"].listdir(making.FOLDER)[1])
    assert left
    making.make(export.pk)
    export.refresh_from_db()
    assert export.state == ExportState.READY
    keeping.remove_old(timezone.now() + timedelta(days=2))
    now_there = set(storages["private"].listdir(making.FOLDER)[1])
    assert export.file.rpartition("/")[2] in now_there
    assert not left & now_there


def test_a_worker_thought_dead_offers_nothing(filled, viewer, waiting, monkeypatch):
    """It goes on after another one has taken over and finished: its file goes, the other's stays."""
    export = ordering.order(*wish(viewer, filled.home_affairs))
    real = making._offer

    def slow(*arguments):
        monkeypatch.setattr(making, "_offer", real)
        making.make(export.pk)  # the next worker, in the meantime
        real(*arguments)

    monkeypatch.setattr(making, "_offer", slow)
    before = _stored()
    making.make(export.pk)
    export.refresh_from_db()
    assert (export.state, export.attempt) == (ExportState.READY, 2)
    assert _stored() - before == {export.file.rpartition("/")[2]}
    assert Notice.objects.filter(person=viewer).count() == 1
    assert AuditEntry.objects.filter(action="export.made").count() == 1


def test_control_a_worker_that_does_not_ask_leaves_two_files(filled, viewer, waiting, monkeypatch):
    """The same race, with workers that do not look whether the work is still theirs."""
    export = ordering.order(*wish(viewer, filled.home_affairs))
    real = making._offer

    def slow(*arguments):
        monkeypatch.setattr(making, "_offer", real)
        making.make(export.pk)
        real(*arguments)

    monkeypatch.setattr(making, "_offer", slow)
    monkeypatch.setattr(making, "_mine", lambda export: Export.objects.filter(pk=export.pk))
    before = _stored()
    making.make(export.pk)
    assert len(_stored() - before) == 2
    assert AuditEntry.objects.filter(action="export.made").count() == 2


def test_work_without_rows_keeps_its_lease(filled, viewer, waiting, monkeypatch):
    """While a workbook is put together nothing is counted, but the file is written."""
    monkeypatch.setattr(making, "BEAT_SECONDS", -1)
    export = ordering.order(*wish(viewer, filled.home_affairs))
    renewed = []
    monkeypatch.setattr(outbox, "still_at_it", lambda kind, number: renewed.append((kind, number)))
    making.make(export.pk)
    assert renewed.count((ordering.OUTBOX_KIND, export.pk)) >= 2  # at the end, and for what was written before


def _stored() -> set[str]:
    try:
        return set(storages["private"].listdir(making.FOLDER)[1])
    except FileNotFoundError:
        return set()


def test_a_fault_is_tried_again_and_given_up_in_the_end(filled, viewer, waiting, monkeypatch):
    export = ordering.order(*wish(viewer, filled.home_affairs))

    def broken(*arguments):
        raise OSError("disk full")

    monkeypatch.setattr(making, "_written", broken)
    for attempt in range(1, making.MOST_ATTEMPTS + 1):
        with pytest.raises(OSError, match="disk full"):
            making.make(export.pk)
        export.refresh_from_db()
        assert export.state == (ExportState.FAILED if attempt == making.MOST_ATTEMPTS else ExportState.MAKING)
    making.make(export.pk)  # the outbox may ask once more; nothing happens
    assert Export.objects.get().attempt == making.MOST_ATTEMPTS


def test_a_wish_taken_back_is_not_made(filled, viewer, waiting):
    export = ordering.order(*wish(viewer, filled.home_affairs))
    keeping.give_up(export, actor=viewer)
    making.make(export.pk)
    export.refresh_from_db()
    assert (export.state, export.file) == (ExportState.GONE, "")


def test_scope_lost_before_it_is_made(filled, viewer, waiting):
    export = ordering.order(*wish(viewer, filled.home_affairs))
    RoleGrant.objects.filter(person=viewer).delete()
    making.make(export.pk)
    export.refresh_from_db()
    assert (export.state, export.file) == (ExportState.REFUSED, "")


# --- handing out ------------------------------------------------------------------------------------------------------


@pytest.fixture
def ready(filled, viewer, django_capture_on_commit_callbacks) -> Export:
    return ordered(viewer, filled.home_affairs, django_capture_on_commit_callbacks)


def test_who_asked_downloads_it_and_it_is_logged(client, viewer, ready):
    client.force_login(viewer)
    response = client.post(f"/nhan-su/tep-da-xuat/{ready.pk}/tai/")
    assert response.headers["Content-Disposition"] == f'attachment; filename="{ready.file_name}"'
    assert hashlib.sha256(body_of(response)).hexdigest() == ready.sha256
    assert AuditEntry.objects.filter(action="export.downloaded", actor=viewer).count() == 1


@pytest.mark.parametrize("path", ["", "tien-do/"])
def test_404_for_somebody_elses_file(client, filled, ready, path):
    """Even for an officer with more scope, and for the administrator."""
    for other in (make.make_hr(filled.construction), make.make_hr(filled.root)):
        client.force_login(other)
        assert client.get(f"/nhan-su/tep-da-xuat/{ready.pk}/{path}").status_code == 404


def test_404_for_the_download_of_another(client, filled, ready):
    client.force_login(make.make_hr(filled.root))
    for act in ("tai", "xoa"):
        assert client.post(f"/nhan-su/tep-da-xuat/{ready.pk}/{act}/").status_code == 404
    ready.refresh_from_db()
    assert ready.state == ExportState.READY
    assert ready.title not in client.get("/nhan-su/tep-da-xuat/").content.decode()


def test_not_handed_out_once_the_scope_is_lost(client, filled, viewer, ready):
    RoleGrant.objects.filter(person=viewer).update(unit=filled.one_stop)  # a part of it remains
    client.force_login(viewer)
    page = client.get(f"/nhan-su/tep-da-xuat/{ready.pk}/")
    assert page.status_code == 200
    assert f"/nhan-su/tep-da-xuat/{ready.pk}/tai/" not in page.content.decode()
    answer = client.post(f"/nhan-su/tep-da-xuat/{ready.pk}/tai/")
    assert answer.status_code == 302
    assert not AuditEntry.objects.filter(action="export.downloaded").exists()


def test_a_list_is_not_handed_out_with_units_that_went_elsewhere(client, filled, viewer, waiting):
    """The list of the desk is of today: a unit that stands under another agency now is not its maker's any more."""
    export = ordering.order(viewer, ExportWhat.LIST, {}, "csv")
    making.make(export.pk)
    export.refresh_from_db()
    assert keeping.can_download(viewer, export)
    move_unit(filled.one_stop, filled.construction, make.today())
    assert not keeping.can_download(viewer, Export.objects.get())


def test_gone_after_its_days(client, viewer, ready, settings):
    assert ready.expires_at - ready.finished_at == timedelta(days=settings.EXPORT_DAYS)
    assert keeping.remove_old(ready.expires_at + timedelta(seconds=1)) == 1
    assert not storages["private"].exists(ready.file)
    ready.refresh_from_db()
    assert ready.state == ExportState.GONE
    client.force_login(viewer)
    assert client.post(f"/nhan-su/tep-da-xuat/{ready.pk}/tai/").status_code == 302
    assert keeping.remove_old() == 0


def test_a_file_past_its_day_is_not_handed_out_though_it_is_still_there(viewer, ready):
    Export.objects.update(expires_at=timezone.now())
    ready.refresh_from_db()
    assert storages["private"].exists(ready.file)
    assert not keeping.can_download(viewer, ready)


def test_removed_by_hand(client, viewer, ready):
    client.force_login(viewer)
    client.post(f"/nhan-su/tep-da-xuat/{ready.pk}/xoa/")
    assert not storages["private"].exists(ready.file)
    assert Export.objects.get().state == ExportState.GONE


def test_rows_go_after_a_year(ready):
    Export.objects.update(state=ExportState.GONE, asked_at=timezone.now() - timedelta(days=366))
    assert keeping.remove_rows(timezone.now() - timedelta(days=365), 10) == 1
    assert not Export.objects.exists()


# --- the pages --------------------------------------------------------------------------------------------------------


def test_a_long_file_goes_the_way_of_the_background(
    client, filled, viewer, monkeypatch, django_capture_on_commit_callbacks
):
    for module in ("reports.documents.views", "reports.views"):
        monkeypatch.setattr(f"{module}.AT_ONCE", 6)
    client.force_login(viewer)
    for address in ("/nhan-su/bao-cao/danh-sach/tep.csv", "/nhan-su/xuat.csv", "/nhan-su/xuat.xlsx"):
        leads_to = client.get(address)
        assert leads_to.status_code == 302
        asked = client.get(leads_to.url)
        assert asked.status_code == 200
        assert not Export.objects.exists()  # a GET changes nothing
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post("/nhan-su/tep-da-xuat/dat/", asked.context["fields"])
        export = Export.objects.get()
        assert answer.url == f"/nhan-su/tep-da-xuat/{export.pk}/"
        assert export.state == ExportState.READY
        assert export.total == 7
        Export.objects.all().delete()


def test_a_short_file_is_there_at_once(client, filled, viewer):
    client.force_login(viewer)
    assert client.get("/nhan-su/xuat.csv").status_code == 200
    assert client.get("/nhan-su/bao-cao/danh-sach/tep.csv").status_code == 200
    assert not Export.objects.exists()


def test_the_list_in_the_background_is_the_screen(desk, filled, viewer, waiting):
    shown = people_of(desk(viewer))
    export = ordering.order(viewer, ExportWhat.LIST, {}, "csv")
    Export.objects.update(language="en")
    making.make(export.pk)
    export.refresh_from_db()

    class Answer:
        streaming_content = storages["private"].open(export.file)

    _heading, *lines = csv_of(Answer)
    assert [line[:4] for line in lines] == [row[:4] for row in shown]
    assert len(lines) == 7


def test_the_page_reloads_itself_without_javascript_until_it_is_ready(client, filled, viewer, waiting):
    export = ordering.order(*wish(viewer, filled.home_affairs))
    client.force_login(viewer)
    address = f"/nhan-su/tep-da-xuat/{export.pk}/"
    text = client.get(address).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in text
    assert "<progress" in text
    assert client.get(f"{address}tien-do/").json()["is_done"] is False
    making.make(export.pk)
    text = client.get(address).content.decode()
    assert 'http-equiv="refresh"' not in text
    assert f"{address}tai/" in text
    assert client.get(f"{address}tien-do/").json()["is_done"] is True


@pytest.mark.parametrize(
    "sent", [{}, {"cai": "pack"}, {"cai": "report", "dang": "exe"}, {"cai": "list", "dang": "pdf"}]
)
def test_404_for_what_cannot_be_ordered(client, viewer, sent):
    client.force_login(viewer)
    assert client.post("/nhan-su/tep-da-xuat/dat/", sent).status_code == 404


def test_the_list_of_files_needs_the_same_queries_however_many(client, filled, viewer, waiting):
    client.force_login(viewer)

    def opened() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get("/nhan-su/tep-da-xuat/")
        return len(found)

    ordering.order(*wish(viewer, filled.home_affairs))
    opened()
    with_one = opened()
    ordering.order(*wish(viewer, filled.one_stop))
    ordering.order(viewer, ExportWhat.LIST, {}, "csv")
    assert opened() == with_one


def test_control_the_page_of_the_report_shows_them(desk, filled, viewer):
    assert len(of_page(desk(viewer, "bao-cao/danh-sach/"))) == 7
    assert sources.may_have(
        Export(what="report", parameters=wish(viewer, filled.home_affairs)[2], file_format="csv"), viewer
    )
