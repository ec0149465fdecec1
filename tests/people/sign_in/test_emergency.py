"""The way in when all others are lost: made on the server, used once, closed by itself, in the log."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from people.domain import emergency
from people.models import ActivationCode, AuditEntry, EmergencyAccount, Person
from shared.errors import DomainError

REASON = "Mất điện thoại của cả hai quản trị viên"


def printed(capsys) -> tuple[str, str]:
    call_command("break_glass", "--reason", REASON)
    lines = capsys.readouterr().out.splitlines()
    return lines[0].split()[-1], lines[1].split()[-1]


def enter_code(browser, name, code):
    return browser.post("/kich-hoat/", {"name": name, "code": code})


def test_the_command_opens_the_desk_once(cast, site, capsys, client, who_is, settings):
    settings.SECOND_FACTOR = "roles"
    name, code = printed(capsys)
    assert enter_code(client, name, code).status_code == 302
    assert who_is(client) == name
    assert client.get("/quan-tri/").status_code == 200, "no second factor is asked of an emergency"
    assert client.session.get_expiry_age() <= settings.BREAK_GLASS_MINUTES * 60
    again = Client()
    assert enter_code(again, name, code).status_code == 200
    assert who_is(again) is None


def test_it_closes_by_itself(cast, site, capsys, client, who_is, settings):
    name, code = printed(capsys)
    enter_code(client, name, code)
    assert emergency.close_ended() == 0
    assert emergency.close_ended(timezone.now() + timedelta(minutes=settings.BREAK_GLASS_MINUTES, seconds=1)) == 1
    assert client.get("/quan-tri/").status_code == 302
    assert not Person.objects.get(username=name).is_active
    assert emergency.close_ended(timezone.now() + timedelta(days=1)) == 0


def test_an_unused_code_runs_out_with_the_account(cast, site, capsys):
    name, code = printed(capsys)
    ActivationCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert enter_code(Client(), name, code).status_code == 200


def test_everything_stands_in_the_log_and_no_secret_does(
    cast, site, capsys, client, caplog, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        name, code = printed(capsys)
    with django_capture_on_commit_callbacks(execute=True):
        enter_code(client, name, code)
    emergency.close_ended(timezone.now() + timedelta(days=1))
    about = str(Person.objects.get(username=name).pk)
    entries = AuditEntry.objects.filter(subject_id=about, subject_type="people.Person").order_by("pk")
    actions = [entry.action for entry in entries]
    assert actions == ["emergency.account_opened", "activation.code_used", "emergency.account_closed"]
    assert REASON in str(entries[0].details)
    assert "opened" in caplog.text
    assert "signed in" in caplog.text
    assert code not in caplog.text + str([entry.details for entry in entries])


@pytest.mark.parametrize("reason", ["", "   ", "vì cần"])
def test_without_a_reason_nothing_is_opened(cast, reason):
    with pytest.raises(CommandError):
        call_command("break_glass", "--reason", reason)
    with pytest.raises(DomainError):
        emergency.open_account(reason)
    assert not EmergencyAccount.objects.exists()


def test_the_account_has_no_password_and_hr_does_not_see_it(cast, site, capsys):
    from people.queries import people_for

    name, _code = printed(capsys)
    person = Person.objects.get(username=name)
    assert not person.has_usable_password()
    assert person not in people_for(cast["an"])
