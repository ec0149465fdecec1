"""Monthly reports: once a month whatever happened, to nobody who may not have them when the letter goes out."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notices.domain.letters import sending
from notices.models import Matter
from people.models import RoleGrant
from reports.documents import kinds
from reports.enums import ExportState, StopReason
from reports.exports import making
from reports.exports.keeping import give_up
from reports.models import Export, Schedule, ScheduleRun
from reports.schedules import keeping, running
from shared.domain import outbox
from shared.errors import DomainError
from tests.reports import factories as make


@pytest.fixture(autouse=True)
def letters_at_any_day(monkeypatch):
    monkeypatch.setattr(sending.quiet, "is_open", lambda now: True)


@pytest.fixture
def filled(province):
    make.make_person("Nguyễn Văn An", province.home_affairs)
    make.make_person("Trần Văn Kín", province.construction)
    make.assign(province.course, province.root, make.in_days(9))
    return province


@pytest.fixture
def viewer(filled):
    officer = make.make_hr(filled.home_affairs)
    officer.work_email = "nhan-su@lamgiang.example"
    officer.save()
    return officer


def set_up(viewer, unit, day: int | None = None, **fields) -> Schedule:
    """Set up long ago, due today unless a day is given."""
    usual = {"report": "danh-sach", "file_format": "csv", "day_of_month": day or min(make.today().day, 28)}
    schedule = keeping.set_up(Schedule(person=viewer, unit=unit, **(usual | fields)))
    Schedule.objects.update(created_at=timezone.now() - timedelta(days=400))
    schedule.refresh_from_db()
    return schedule


def due_day() -> date:
    return make.today().replace(day=min(make.today().day, 28))


@pytest.fixture
def night(django_capture_on_commit_callbacks):
    """The scheduler's pass, with the workers it wakes."""

    def passes(day: date | None = None) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return running.run_due(day)

    return passes


def letters() -> list:
    sending.send_due(now=timezone.now())
    return mail.outbox


def test_the_file_is_made_and_the_letter_leads_to_it(filled, viewer, night):
    set_up(viewer, filled.home_affairs)
    assert night() == 1
    export = Export.objects.get()
    assert export.state == ExportState.READY
    assert export.parameters["ngay"] == due_day().isoformat()
    (letter,) = letters()
    assert letter.to == ["nhan-su@lamgiang.example"]
    assert f"/nhan-su/tep-da-xuat/{export.pk}/" in letter.body
    for personal in ("Nguyễn Văn An", "CB-"):
        assert personal not in letter.body
    assert not letter.attachments or all("Nguyễn" not in str(one) for one in letter.attachments)


@pytest.mark.parametrize(
    ("set_day", "today", "expected"),
    [
        (5, date(2026, 3, 5), date(2026, 3, 5)),
        (5, date(2026, 3, 9), date(2026, 3, 5)),  # four nights left out
        (5, date(2026, 3, 4), date(2026, 2, 5)),
        (28, date(2026, 3, 1), date(2026, 2, 28)),
        (1, date(2026, 1, 1), date(2026, 1, 1)),
        (2, date(2026, 1, 1), date(2025, 12, 2)),
    ],
)
def test_the_newest_day_that_has_come(set_day, today, expected):
    long_ago = timezone.make_aware(datetime(2025, 1, 1))
    assert running.last_due(Schedule(day_of_month=set_day, created_at=long_ago), today) == expected


def test_nothing_is_due_for_days_before_it_was_set_up():
    since = timezone.make_aware(datetime(2026, 3, 10))
    schedule = Schedule(day_of_month=5, created_at=since)
    assert running.last_due(schedule, date(2026, 3, 12)) is None
    assert running.last_due(schedule, date(2026, 4, 5)) == date(2026, 4, 5)
    assert running.next_due(schedule, date(2026, 12, 6)) == date(2027, 1, 5)


def test_passes_again_and_again_make_one(filled, viewer, night):
    set_up(viewer, filled.home_affairs)
    assert [night(), night(), night()] == [1, 0, 0]
    assert Export.objects.count() == ScheduleRun.objects.count() == 1
    assert len(letters()) == 1
    assert len(letters()) == 1


def test_control_a_pass_that_does_not_look_makes_another(filled, viewer, night, monkeypatch):
    set_up(viewer, filled.home_affairs)
    night()
    ScheduleRun.objects.all().delete()  # what both the look and the constraint rest on
    assert night() == 1
    assert Export.objects.count() == 2


def test_of_two_passes_at_once_one_makes_it(filled, viewer, night, monkeypatch):
    """The second one has looked before the first one wrote."""
    set_up(viewer, filled.home_affairs)
    real, inside = running._begin, []

    def slow(schedule, period):
        if not inside:
            inside.append(1)
            assert running.run_due() == 1  # the other pass, in the meantime
        return real(schedule, period)

    monkeypatch.setattr(running, "_begin", slow)
    assert night() == 0
    assert Export.objects.count() == ScheduleRun.objects.count() == 1


def test_months_left_out_are_made_up_for_once(filled, viewer, night):
    """The scheduler stood still for three months: one report, of the last day due, not three."""
    set_up(viewer, filled.home_affairs)
    earlier = (due_day().replace(day=1) - timedelta(days=1)).replace(day=min(due_day().day, 28))
    assert night(earlier) == 1
    assert night() == 1
    assert sorted(ScheduleRun.objects.values_list("period", flat=True)) == [earlier, due_day()]
    assert night() == 0


def test_a_pass_that_dies_after_the_run_is_written_writes_it_anew(filled, viewer, night, monkeypatch):
    set_up(viewer, filled.home_affairs)

    class Killed(BaseException):
        pass

    def dies(*arguments, **named):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(running, "order", dies)
        with pytest.raises(Killed):
            running.run_due()
    assert not ScheduleRun.objects.exists()  # in one transaction with the wish
    assert night() == 1


def test_scope_lost_before_the_day_stops_it_and_tells(filled, viewer, night):
    schedule = set_up(viewer, filled.home_affairs)
    RoleGrant.objects.filter(person=viewer).update(unit=filled.construction)
    assert night() == 0
    schedule.refresh_from_db()
    assert schedule.stop_reason == StopReason.SCOPE
    assert not Export.objects.exists()
    (letter,) = letters()
    assert "Báo cáo hằng tháng đã dừng" in letter.subject
    assert "Nội vụ" not in letter.body
    assert night() == 0
    assert len(letters()) == 1


def test_scope_lost_between_making_and_sending_stops_it_and_tells(filled, viewer, night):
    schedule = set_up(viewer, filled.home_affairs)
    night()
    export = Export.objects.get()
    assert export.state == ExportState.READY
    RoleGrant.objects.filter(person=viewer).delete()
    (letter,) = letters()
    assert f"/tep-da-xuat/{export.pk}/" not in letter.body
    assert "đã dừng" in letter.subject
    schedule.refresh_from_db()
    assert schedule.stop_reason == StopReason.SCOPE


def test_scope_lost_while_the_file_waits_for_a_worker(filled, viewer, monkeypatch):
    monkeypatch.setattr(outbox, "_send", lambda entry_id: None)
    schedule = set_up(viewer, filled.home_affairs)
    running.run_due()
    RoleGrant.objects.filter(person=viewer).delete()
    making.make(Export.objects.get().pk)
    schedule.refresh_from_db()
    assert schedule.stop_reason == StopReason.SCOPE
    assert Export.objects.get().state == ExportState.REFUSED
    assert "đã dừng" in letters()[0].subject


def test_who_has_left_gets_nothing(filled, viewer, night):
    set_up(viewer, filled.home_affairs)
    viewer.is_active = False
    viewer.save()
    assert night() == 0
    assert letters() == []
    assert Schedule.objects.get().stop_reason == StopReason.SCOPE


def test_what_cannot_be_made_is_told(filled, viewer, night, monkeypatch):
    monkeypatch.setitem(kinds.MOST_ROWS, "pdf", -1)
    set_up(viewer, filled.home_affairs, file_format="pdf")
    night()
    assert ScheduleRun.objects.get().export is None
    assert "Không tạo được" in letters()[0].subject


def test_a_file_removed_meanwhile_is_not_told(filled, viewer, night):
    set_up(viewer, filled.home_affairs)
    night()
    give_up(Export.objects.get(), actor=viewer)
    assert letters() == []
    assert Matter.objects.get(topic=running.TOPIC).state == "dropped"


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def page(client):
    def opened(viewer, **sent):
        client.force_login(viewer)
        if not sent:
            return client.get("/nhan-su/gui-hang-thang/")
        return client.post("/nhan-su/gui-hang-thang/", sent)

    return opened


def form(unit, **more) -> dict:
    return {"report": "theo-don-vi", "unit": unit.pk, "file_format": "pdf", "day_of_month": 3, **more}


def test_set_up_and_stopped_on_the_page(page, client, filled, viewer):
    assert page(viewer, **form(filled.home_affairs)).status_code == 302
    schedule = Schedule.objects.get(person=viewer, stopped_at=None)
    assert "Sở Nội vụ" in page(viewer).content.decode()
    client.post(f"/nhan-su/gui-hang-thang/{schedule.pk}/dung/")
    schedule.refresh_from_db()
    assert schedule.stop_reason == StopReason.BY_HAND
    assert running.run_due() == 0


@pytest.mark.parametrize("unit", ["construction", "root"])
def test_a_unit_outside_is_no_choice(page, filled, viewer, unit):
    assert page(viewer, **form(getattr(filled, unit))).status_code == 200
    assert not Schedule.objects.exists()
    with pytest.raises(DomainError):
        keeping.set_up(Schedule(person=viewer, unit=getattr(filled, unit), report="danh-sach"))
    assert "Sở Xây dựng" not in page(viewer).content.decode()


@pytest.mark.parametrize("wrong", [{"day_of_month": 29}, {"day_of_month": 0}, {"report": "x"}, {"file_format": "exe"}])
def test_nonsense_is_told(page, filled, viewer, wrong):
    response = page(viewer, **form(filled.home_affairs, **wrong))
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert not Schedule.objects.exists()


def test_404_for_the_schedule_of_another(client, filled, viewer):
    theirs = set_up(make.make_hr(filled.root), filled.root)
    client.force_login(viewer)
    assert client.post(f"/nhan-su/gui-hang-thang/{theirs.pk}/dung/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.stopped_at is None


def test_the_page_needs_the_same_queries_however_many(client, filled, viewer):
    client.force_login(viewer)

    def opened() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get("/nhan-su/gui-hang-thang/")
        return len(found)

    set_up(viewer, filled.home_affairs)
    opened()
    with_one = opened()
    set_up(viewer, filled.one_stop, course=filled.course)
    set_up(viewer, filled.home_affairs, report="xep-loai")
    assert opened() == with_one
