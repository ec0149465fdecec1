"""The ladder of reminders, driven night by night: each step once, only while it is true, and to the right people."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.domain.reminding import ladder, steps, telling, urging
from courses.domain.reminding.ladder import queue_due
from courses.models import Obligation, ReminderStep
from notices.domain import topics
from notices.domain.letters import sending
from notices.enums import LetterState
from notices.models import Letter, Matter, Notice
from people.domain import postings
from people.domain.units import set_head
from shared.errors import DomainError
from tests.reports import factories as make

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 30)  # a Monday


@pytest.fixture
def office():
    """Ủy ban > Văn phòng, each with a head; three clerks in the Văn phòng; a course due on 30/11/2026."""
    steps.load_starting_steps()

    class Office:
        above = make.make_unit("Ủy ban nhân dân tỉnh")
        unit = make.make_unit("Văn phòng", above)
        other = make.make_unit("Sở Xây dựng", above)
        chair, chief, an, be, ca = (
            person(name, where)
            for name, where in (
                ("Chủ Tịch", above),
                ("Chánh Văn Phòng", unit),
                ("Lê An", unit),
                ("Lê Bé", unit),
                ("Lê Cả", unit),
            )
        )
        course = make.make_course("Văn hóa công vụ")

    set_head(Office.above, Office.chair, actor=None)
    set_head(Office.unit, Office.chief, actor=None)
    make.assign(Office.course, Office.unit, DUE)
    Obligation.objects.filter(person=Office.chief).update(fulfilled_on=DUE)
    return Office


def person(name: str, unit):
    found = make.make_person(name, unit)
    found.work_email = f"{found.username}@lamgiang.example"
    found.save()
    return found


def morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def live(day: date) -> list[tuple[str, str]]:
    """One night and the morning after: the ladder, then the letters. Returns (given name, subject) of each letter."""
    mail.outbox.clear()
    queue_due(day)
    sending.send_due(now=morning(day))
    names = dict(Letter.objects.values_list("person__work_email", "person__full_name"))
    return sorted((names[message.to[0]].split()[-1], message.subject) for message in mail.outbox)


def subjects(*days: date) -> dict[date, list[str]]:
    """The subjects of An's letters by day, of days on which there was one."""
    found = {}
    for day in days:
        of_an = [subject for name, subject in live(day) if name == "An"]
        if of_an:
            found[day] = of_an
    return found


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def test_the_whole_ladder_night_by_night(office):
    told = subjects(*days(date(2026, 10, 26), date(2026, 12, 18)))
    assert {day: texts[0].partition(":")[0] for day, texts in told.items()} == {
        date(2026, 10, 26): "Khóa học mới được giao",
        date(2026, 10, 30): "Còn 31 ngày",  # a Friday: what falls on the weekend is told before it
        date(2026, 11, 23): "Còn 7 ngày",
        date(2026, 11, 27): "Còn 3 ngày",
        date(2026, 12, 1): "Đã quá hạn 1 ngày",
    }
    assert Letter.objects.filter(person=office.an).count() == 5


def test_three_nights_left_out_cost_nothing_and_nothing_comes_twice(office):
    live(date(2026, 10, 26))
    told = subjects(date(2026, 11, 26), *days(date(2026, 12, 4), date(2026, 12, 11)))
    assert {day: texts[0].partition(":")[0] for day, texts in told.items()} == {
        date(2026, 11, 26): "Còn 4 ngày",
        date(2026, 12, 4): "Đã quá hạn 4 ngày",
    }


def test_a_duty_that_comes_late_is_told_once_with_its_day(office):
    """Assigned with a week left, the steps 30 and 7 have come already: one letter, not three."""
    assert [name for name, _subject in live(date(2026, 11, 24))] == ["An", "Bé", "Cả"]
    assert live(date(2026, 11, 25)) == []
    assert [text.partition(":")[0] for _name, text in live(date(2026, 11, 27))] == ["Còn 3 ngày"] * 3


def test_who_completes_between_queue_and_letter_gets_none(office):
    queue_due(date(2026, 11, 23))
    assert Matter.objects.filter(person=office.an, state="waiting").exists()
    make.complete(office.an, office.course, date(2026, 11, 23))
    sending.send_due(now=morning(date(2026, 11, 23)))
    assert {message.to[0] for message in mail.outbox} == {office.be.work_email, office.ca.work_email}
    assert not Notice.objects.filter(person=office.an).exists()


def test_who_left_or_is_asked_no_more_gets_none(office):
    queue_due(date(2026, 11, 23))
    Obligation.objects.filter(person=office.an).update(obliged_to=date(2026, 11, 23))
    sending.send_due(now=morning(date(2026, 11, 23)))
    assert office.an.work_email not in {message.to[0] for message in mail.outbox}
    assert live(date(2026, 12, 1)) == [("Bé", OVERDUE), ("Cả", OVERDUE)]


OVERDUE = "Đã quá hạn 1 ngày: “Văn hóa công vụ”, hạn 30/11/2026"


def test_another_due_day_begins_the_steps_anew(office):
    live(date(2026, 11, 20))
    live(date(2026, 11, 23))
    later = date(2026, 12, 30)
    mail.outbox.clear()
    queue_due(date(2026, 11, 27))
    Obligation.objects.filter(person=office.an).update(due_on=later)
    sending.send_due(now=morning(date(2026, 11, 27)))
    assert office.an.work_email not in {message.to[0] for message in mail.outbox}, "the old day's step is over"
    told = subjects(*days(date(2026, 11, 30), date(2026, 12, 29)))
    assert [texts[0].partition(":")[0] for texts in told.values()] == ["Còn 30 ngày", "Còn 7 ngày", "Còn 1 ngày"]


def test_the_head_reads_names_and_the_superior_unit_counts_only(office):
    stranger = person("Trần Lạ", office.other)
    make.assign(office.course, office.other, DUE)
    for day in days(DUE, date(2026, 12, 6)):
        live(day)
    make.complete(office.ca, office.course, date(2026, 12, 6))
    assert [(name, subject) for name, subject in live(date(2026, 12, 7))] == [
        ("Phòng", "Văn phòng: 2 người quá hạn khóa “Văn hóa công vụ”")
    ]
    body = mail.outbox[0].body
    assert "Lê An, quá hạn 7 ngày" in body
    assert "Lê Bé, quá hạn 7 ngày" in body
    assert "Lê Cả" not in body
    assert "Trần Lạ" not in body

    assert live(date(2026, 12, 11)) == []
    [(name, subject)] = live(date(2026, 12, 14))
    assert (name, subject) == ("Tịch", "Các đơn vị cấp dưới: 3 người quá hạn kéo dài khóa “Văn hóa công vụ”")
    html = mail.outbox[0].alternatives[0].content
    for text in (mail.outbox[0].body, html):
        assert "Văn phòng: 2 người" in text
        assert "Sở Xây dựng: 1 người" in text
        for late in (office.an, office.be, stranger):
            assert late.full_name not in text
    assert live(date(2026, 12, 15)) == [], "escalated once"


def test_a_head_who_went_reads_nothing_and_the_duty_of_a_head_goes_up(office):
    Obligation.objects.filter(person=office.chief).update(fulfilled_on=None)
    for day in days(DUE, date(2026, 12, 6)):
        live(day)
    queue_due(date(2026, 12, 7))
    assert not Matter.objects.filter(topic=ladder.UNITS, subject_id__in=_duties_of(office.chief)).exists()
    set_head(office.unit, None, actor=None)
    mail.outbox.clear()
    sending.send_due(now=morning(date(2026, 12, 7)))
    assert mail.outbox == []
    live(date(2026, 12, 14))
    assert "Văn phòng: 4 người" in mail.outbox[0].body


def _duties_of(someone):
    return list(Obligation.objects.filter(person=someone).values_list("pk", flat=True))


def test_someone_who_moved_is_told_of_to_the_head_where_they_are_now(office):
    for day in days(DUE, date(2026, 12, 4)):
        live(day)
    elsewhere = person("Giám Đốc", office.other)
    set_head(office.other, elsewhere, actor=None)
    queue_due(date(2026, 12, 7))
    posting = office.an.postings.get()
    postings.transfer(posting, office.other, on=date(2026, 12, 7), actor=None)
    mail.outbox.clear()
    sending.send_due(now=morning(date(2026, 12, 7)))
    assert {message.to[0] for message in mail.outbox} == {office.chief.work_email}
    assert "Lê An" not in mail.outbox[0].body


def test_steps_are_data(office):
    ReminderStep.objects.exclude(kind="overdue").update(is_active=False)
    ReminderStep.objects.create(kind="overdue", days=10)
    told = subjects(*days(date(2026, 11, 20), date(2026, 12, 18)))
    assert list(told) == [date(2026, 12, 1), date(2026, 12, 10)]


def test_deciding_costs_as_many_queries_for_a_hundred_people(office):
    queue_due(date(2026, 11, 20))

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            queue_due(date(2026, 12, 1))
        return len(found)

    few = queries()
    for number in range(20):
        person(f"Nguyễn {number}", office.unit)
    make.assign(office.course, office.unit, DUE)
    assert queries() == few
    assert Matter.objects.filter(step="overdue-1").count() == 23


def test_an_urging_reaches_those_who_have_not_completed(office):
    everybody = [office.an.pk, office.be.pk, office.ca.pk, office.chief.pk]
    make.complete(office.be, office.course, date(2026, 11, 20))
    text = "Kính gửi {ho_ten},\nđề nghị hoàn thành {khoa_hoc} trước ngày {han}."
    sent = urging.urge(everybody, office.course.pk, text, actor=office.chief)
    assert sent.recipients == 2
    make.complete(office.ca, office.course, date(2026, 11, 23))
    assert sending.send_due(now=morning(date(2026, 11, 23))) == {LetterState.SENT: 1, LetterState.EMPTY: 1}
    [message] = mail.outbox
    assert message.to == [office.an.work_email]
    assert "Kính gửi Lê An,\nđề nghị hoàn thành Văn hóa công vụ trước ngày 30/11/2026." in message.body

    with pytest.raises(DomainError):
        urging.urge([office.be.pk], office.course.pk, text, actor=office.chief)
    with pytest.raises(DomainError):
        urging.urge(everybody, office.course.pk, "  ", actor=office.chief)


def test_the_calendar_holds_what_is_open(office):
    assert [event.day for event in topics.events_of(office.an)] == [DUE]
    make.complete(office.an, office.course)
    assert topics.events_of(office.an) == []
    assert telling._due_days(office.be)[0].uid.startswith("duty-")
