"""Letters: one a day with everything that is still true, in office hours, never twice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notices.domain import preferences
from notices.domain.letters import claiming, sending
from notices.domain.queueing import queue
from notices.enums import LetterState, MatterState
from notices.models import Letter, Matter, Notice
from people.domain.privacy import restriction
from people.models import SpecialDay
from tests.notices.conftest import MONDAY, with_address
from tests.reports import factories as make

DUE = date(2026, 12, 7)


def told(person, subject: int, topic="test.required", step="once") -> None:
    queue(person.pk, topic, step, subject, DUE)


def test_one_letter_tells_everything_that_is_true_and_nothing_else(person, required):
    for subject in (1, 2, 3):
        told(person, subject)
        told(person, subject)  # writing it down twice changes nothing
    required.true = {1, 3}
    assert sending.send_due(now=MONDAY) == {LetterState.SENT: 1}

    [message] = mail.outbox
    assert message.to == [person.work_email]
    html = message.alternatives[0].content
    for text in (message.body, html):
        assert "Kính gửi Ông/Bà Nguyễn Thị Đoan" in text
        assert "Việc số 1" in text
        assert "Việc số 3" in text
        assert "Việc số 2" not in text
        assert "bạn" not in text.lower()
    assert "<img" not in html
    assert "List-Unsubscribe" not in message.extra_headers, "required letters cannot be unsubscribed from"
    states = dict(Matter.objects.values_list("subject_id", "state"))
    assert states == {1: MatterState.TAKEN, 2: MatterState.DROPPED, 3: MatterState.TAKEN}
    assert sorted(Notice.objects.values_list("subject", flat=True)) == ["Việc số 1", "Việc số 3"]
    letter = Letter.objects.get()
    assert letter.lines == ["Việc số 1", "Việc số 3"]
    assert letter.closed_at == MONDAY


def test_the_calendar_in_the_letter_names_the_due_day(person, required):
    told(person, 1)
    required.true = {1}
    sending.send_due(now=MONDAY)
    name, content, kind = mail.outbox[0].attachments[0]
    assert (name, kind) == ("han-hoan-thanh.ics", "text/calendar")
    assert "DTSTART;VALUE=DATE:20261207\r\nDTEND;VALUE=DATE:20261208\r\n" in content
    assert "Hạn việc 1\\; quan trọng" in content.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in content.split("\r\n"))


def test_at_most_one_letter_a_day_and_nothing_is_lost(person, required):
    told(person, 1)
    required.true = {1, 2}
    sending.send_due(now=MONDAY)
    told(person, 2)
    assert sending.send_due(now=MONDAY + timedelta(hours=3)) == {}
    assert len(mail.outbox) == 1
    sending.send_due(now=MONDAY + timedelta(days=1))
    assert [message.subject for message in mail.outbox] == ["Việc số 1", "Việc số 2"]


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 28, 9, tzinfo=MONDAY.tzinfo),  # a Saturday
        datetime(2026, 11, 29, 9, tzinfo=MONDAY.tzinfo),
        datetime(2026, 11, 30, 6, 59, tzinfo=MONDAY.tzinfo),
        datetime(2026, 11, 30, 17, 0, tzinfo=MONDAY.tzinfo),
        datetime(2026, 11, 29, 23, 30, tzinfo=UTC),  # 6:30 on Monday here
        datetime(2027, 2, 8, 9, tzinfo=MONDAY.tzinfo),  # Tết, entered below
    ],
)
def test_nights_weekends_and_tet_are_quiet(person, required, moment):
    SpecialDay.objects.get_or_create(day=date(2027, 2, 8), defaults={"occasion": "Tết", "is_worked": False})
    told(person, 1)
    required.true = {1}
    assert sending.send_due(now=moment) == {}
    assert not Letter.objects.exists()
    assert sending.send_due(now=datetime(2027, 2, 17, 9, tzinfo=MONDAY.tzinfo)) == {LetterState.SENT: 1}


def test_a_saturday_worked_in_exchange_is_not_quiet(person, required):
    SpecialDay.objects.create(day=date(2026, 12, 5), occasion="Làm bù", is_worked=True)
    told(person, 1)
    required.true = {1}
    assert sending.send_due(now=datetime(2026, 12, 5, 9, tzinfo=MONDAY.tzinfo)) == {LetterState.SENT: 1}


def test_what_is_over_at_the_moment_of_sending_is_not_sent(person, required):
    """Somebody completes the course while the letter is in hand: the topic is asked after the claim."""
    told(person, 1)
    required.true = {1}

    def complete():
        assert Letter.objects.get().state == LetterState.CLAIMED
        required.true.clear()

    required.before_reading = complete
    assert sending.send_due(now=MONDAY) == {LetterState.EMPTY: 1}
    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_without_an_address_it_stands_on_the_site(db, required):
    person = make.make_person("Giàng A Páo")
    told(person, 1)
    required.true = {1}
    assert sending.send_due(now=MONDAY) == {LetterState.ON_SITE: 1}
    assert Notice.objects.get().person == person
    assert mail.outbox == []


def test_nobody_is_written_to_whose_data_rest(person, required):
    restriction.restrict(person, actor=None)
    told(person, 1)
    required.true = {1}
    assert sending.send_due(now=MONDAY) == {LetterState.EMPTY: 1}
    assert mail.outbox == []


def test_only_the_optional_can_be_stopped(person, required, optional, client):
    required.true = optional.true = {1, 2}
    told(person, 1)
    told(person, 1, "test.optional")
    sending.send_due(now=MONDAY)
    [message] = mail.outbox
    link = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    path = "/" + link.split("/", 3)[3]
    assert client.get(path).status_code == 200
    assert preferences.without(person.pk) == set(), "looking changes nothing"
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert preferences.without(person.pk) == {"test.optional"}
    assert client.post(path[:-3] + "xx/").status_code == 404

    told(person, 2)
    told(person, 2, "test.optional")
    sending.send_due(now=MONDAY + timedelta(days=1))
    assert mail.outbox[1].subject == "Việc số 2"
    assert Letter.objects.first().lines == ["Việc số 2"]
    assert Notice.objects.filter(subject="Việc số 2").count() == 2, "on the site everything is shown"


def test_a_refused_address_is_final_and_a_full_mailbox_is_not(person, required, mail_server):
    full = with_address(make.make_person("Hồ Đầy"), "full@lamgiang.example")
    gone = with_address(make.make_person("Lò Nhầm"), "gone@lamgiang.example")
    answers = {full.work_email: "452 mailbox full", gone.work_email: "550 no such user"}
    mail_server.answer_recipient = lambda address: answers.get(address, "250 OK")
    required.true = {1}
    for one in (person, full, gone):
        told(one, 1)
    tally = sending.send_due(now=MONDAY)
    assert tally == {LetterState.SENT: 1, LetterState.FAILED: 1, LetterState.REFUSED: 1}
    answers.clear()
    assert sending.send_due(now=MONDAY) == {}, "not at once"
    assert sending.send_due(now=MONDAY + timedelta(hours=2)) == {LetterState.SENT: 1}
    assert [to for to, _message in mail_server.letters] == [person.work_email, full.work_email]
    assert Notice.objects.filter(person=full).count() == 1


def test_a_mail_server_that_is_down_costs_nothing_but_time(person, required, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    told(person, 1)
    required.true = {1}
    sending.send_due(now=MONDAY)
    sending.send_due(now=MONDAY)
    assert not Letter.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sending.send_due(now=MONDAY) == {LetterState.SENT: 1}
    assert len(mail.outbox) == 1


def test_a_line_that_breaks_after_the_text_is_not_tried_again(person, required, mail_server):
    mail_server.on_text = lambda: False
    told(person, 1)
    required.true = {1}
    assert sending.send_due(now=MONDAY) == {LetterState.UNCERTAIN: 1}
    mail_server.on_text = lambda: True
    for hours in (1, 24):
        assert sending.send_due(now=MONDAY + timedelta(hours=hours)) == {}
    assert len(mail_server.letters) == 1
    assert mail_server.letters[0][1]["Message-ID"] == f"<letter-{Letter.objects.get().pk}@localhost>"


def clerks(count: int) -> list:
    """People with an address whom something is to be told."""
    found = [with_address(make.make_person(f"Lê Thứ {number}")) for number in range(count)]
    for one in found:
        told(one, 1)
    return found


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_costs_the_same_statements_and_one_more_for_each_letter(person, required, count):
    clerks(count)
    required.true = {1}
    with CaptureQueriesContext(connection) as found:
        assert sending.send_due(now=MONDAY) == {LetterState.SENT: count}
    statements = [query["sql"] for query in found]
    marks = [one for one in statements if one.lstrip().startswith("UPDATE") and "CASE WHEN id =" in one]
    assert len(marks) == count
    assert len(statements) - count == 19, "claiming, asking again, noting and closing, for the batch"


def complete_after_the_first_letter(required, mail_server, monkeypatch, *, is_true_for: float) -> list[str]:
    """Three letters in one batch; what they tell is over for all once the first has gone. Returns who got one."""

    def first_has_gone() -> bool:
        required.true.clear()
        return True

    monkeypatch.setattr(sending, "STILL_TRUE", is_true_for)
    mail_server.on_text = first_has_gone
    required.true = {1}
    sending.send_due(now=MONDAY)
    return [to for to, _message in mail_server.letters]


def test_letters_that_wait_in_a_batch_are_asked_about_again(db, required, mail_server, monkeypatch):
    people = clerks(3)
    reached = complete_after_the_first_letter(required, mail_server, monkeypatch, is_true_for=-1)
    assert reached == [people[0].work_email]
    assert sorted(Letter.objects.values_list("state", flat=True)) == [
        LetterState.EMPTY,
        LetterState.EMPTY,
        LetterState.SENT,
    ]


def test_control_without_asking_again_they_would_go_out(db, required, mail_server, monkeypatch):
    people = clerks(3)
    reached = complete_after_the_first_letter(required, mail_server, monkeypatch, is_true_for=1000)
    assert reached == [one.work_email for one in people]


def test_each_of_a_batch_is_written_to_in_their_language(db, required):
    vietnamese, english = clerks(2)
    english.language = "en"
    english.save()
    told(english, 2)
    told(vietnamese, 2)
    required.true = {1, 2}
    assert sending.send_due(now=MONDAY) == {LetterState.SENT: 2}
    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert subjects == {english.work_email: "2 matters of learning", vietnamese.work_email: "2 việc học cần lưu ý"}
    assert sorted(Letter.objects.values_list("subject", flat=True)) == sorted(subjects.values())


def test_what_is_left_at_the_deadline_waits_for_the_next_pass(db, required, monkeypatch):
    clerks(3)
    required.true = {1}
    assert sending.send_due(now=MONDAY, seconds=-1) == {}
    assert not Letter.objects.exists()
    assert sending.send_due(now=MONDAY) == {LetterState.SENT: 3}
    assert Notice.objects.count() == 3


def test_a_worker_stopped_while_handing_over_gives_back_only_the_others(db, required, monkeypatch):
    """Somebody stops the worker in an orderly way; whether the letter in its hands went out, nobody knows."""
    clerks(3)
    required.true = {1}

    def stopped(_line, _message):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(sending.Line, "hand_over", stopped)
        with pytest.raises(SystemExit):
            sending.send_due(now=MONDAY)
    assert Letter.objects.get().state == LetterState.HANDING_OVER
    later = MONDAY + claiming.LEASE + timedelta(seconds=1)
    assert sending.send_due(now=later) == {LetterState.UNCERTAIN: 1, LetterState.SENT: 2}
    assert len(mail.outbox) == 2


def test_the_cost_of_a_letter_does_not_grow_with_what_it_tells(person, required):
    def queries_for(day: int) -> int:
        with CaptureQueriesContext(connection) as found:
            assert sending.send_due(now=MONDAY + timedelta(days=day)) == {LetterState.SENT: 1}
        return len(found)

    required.true = {1, 2, 3, 4}
    told(person, 1)
    one = queries_for(0)
    for subject in (2, 3, 4):
        told(person, subject)
    assert queries_for(1) == one


def test_a_letter_left_over_from_another_day_is_the_only_one_of_its_new_day(person, required):
    told(person, 1)
    required.true = {1, 2}
    claiming.claim([person.pk], MONDAY.date(), MONDAY)
    told(person, 2)
    tuesday = MONDAY + timedelta(days=1)
    assert sending.send_due(now=tuesday) == {LetterState.SENT: 1}
    assert sending.send_due(now=tuesday) == {}
    assert Letter.objects.get().day == tuesday.date()
    assert sending.send_due(now=tuesday + timedelta(days=1)) == {LetterState.SENT: 1}
    assert [message.subject for message in mail.outbox] == ["Việc số 1", "Việc số 2"]
