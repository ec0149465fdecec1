"""Erasing a person: nothing names them any more anywhere, what must stay stays, and the log still verifies."""

import json

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.urls import reverse

from courses.models import Certificate, Completion
from media.models import Consent, Exemplar
from people import personal_data
from people.domain import roles
from people.domain.audit import chain, verifying
from people.domain.privacy import erasure, requests
from people.domain.privacy.anonymity import HIDDEN_NAME
from people.enums import RequestKind, RequestState, Role
from people.models import AuditEntry, DataRequest, Person, Posting, RoleGrant, Unit
from shared.errors import DomainError

TRACES = ("Nông Thị Lan", "nong thi lan", "0100123456", "lan@lamgiang.example", "1990-05-17", "LG0001", "f" * 64)


def rows_with(*traces: str) -> dict[str, list[str]]:
    """The models of the whole database in which a text field holds one of the traces."""
    found: dict[str, list[str]] = {}
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        fields = [
            field.attname
            for field in model._meta.local_concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField | models.DateField)
        ]
        for values in model._base_manager.values_list(*fields) if fields else ():
            text = " ".join(map(str, values))
            if hit := [trace for trace in traces if trace in text]:
                found.setdefault(model._meta.label, []).extend(hit)
    return found


def test_before_erasing_the_name_is_all_over_the_place(lan):
    """The control of the next test: it looks where there is something to find."""
    assert {"people.Person", "courses.Certificate", "people.DataRequest"} <= set(rows_with(*TRACES))


def test_after_erasing_no_table_names_the_person(lan, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(lan, actor=cast["an"])
    assert rows_with(*TRACES) == {}


def test_certificates_and_counts_stay(lan, cast, client):
    register = Certificate.objects.filter(person=lan).values("number", "year", "code", "state", "issued_at").get()
    completions = Completion.objects.filter(person=lan).values_list("course", "unit", "completed_at", "score").get()
    erasure.erase(lan, actor=cast["an"])
    assert Certificate.objects.filter(person=lan).values(*register).get() == register
    assert Completion.objects.filter(person=lan).values_list("course", "unit", "completed_at", "score").get() == (
        completions
    )
    page = client.get(reverse("verify_certificate", args=[register["code"]])).content.decode()
    assert HIDDEN_NAME in page and "Nông Thị Lan" not in page
    posting = Posting.objects.get(person=lan)
    assert posting.unit.code == "LG-TS-PVHCC" and posting.position_title == "" and posting.valid_to


def test_the_printed_file_goes(lan, cast, django_capture_on_commit_callbacks):
    pdf = Certificate.objects.get(person=lan).pdf
    assert pdf.storage.exists(pdf.name)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(lan, actor=cast["an"])
    assert not pdf.storage.exists(pdf.name)
    assert not Certificate.objects.get(person=lan).pdf


def test_the_log_still_verifies_and_its_values_are_gone(lan, cast):
    chain.seal()
    erasure.erase(lan, actor=cast["an"])
    chain.seal()
    assert verifying.verify().problems == []
    assert AuditEntry.objects.filter(action="person.erased", about=lan, actor=cast["an"]).count() == 1


def test_nobody_can_sign_in_to_what_is_left(lan, cast, client):
    from tests.cast import PASSWORD

    erasure.erase(lan, actor=cast["an"])
    lan.refresh_from_db()
    assert not lan.is_active and not lan.has_usable_password() and not lan.check_password(PASSWORD)


def test_roles_and_headships_end(cast):
    erasure.erase(cast["hoa"], actor=cast["an"])
    erasure.erase(cast["hung"], actor=cast["an"])
    assert not Unit.objects.filter(head=cast["hoa"]).exists()
    assert not RoleGrant.objects.filter(person=cast["hung"]).exists()


def test_consents_are_withdrawn_and_kept_as_proof(site, cast):
    from django.utils import timezone

    from media.domain.consent import record_consent
    from media.enums import Channel, ConsentMeans, ConsentScope

    exemplar = Exemplar.objects.create(display_name="Nông Thị Lan", person=cast["lan"], achievement="Tận tụy")
    record_consent(
        exemplar,
        actor=cast["thao"],
        given_by="Nông Thị Lan",
        scopes=[ConsentScope.NAMES],
        channels=[Channel.SITE],
        text_shown="Đồng ý",
        text_version="1",
        obtained_how=ConsentMeans.PAPER,
        obtained_on=timezone.localdate(),
    )
    erasure.erase(cast["lan"], actor=cast["an"])
    assert Exemplar.objects.get().display_name == HIDDEN_NAME and Exemplar.objects.get().achievement == ""
    assert Consent.objects.get().withdrawn_at and Consent.objects.get().given_by == "Nông Thị Lan"


def test_open_requests_are_settled_by_it(lan, cast):
    requests.make(lan, RequestKind.ERASE, actor=lan)
    erasure.erase(lan, actor=cast["an"], answer="Đã xóa.")
    states = dict(DataRequest.objects.filter(person=lan).values_list("kind", "state"))
    assert states == {RequestKind.ERASE: RequestState.GRANTED, RequestKind.CORRECT: RequestState.WITHDRAWN}


def test_the_preview_counts_what_there_is_and_changes_nothing(lan):
    before = list(Person.objects.values_list())
    counts = {one.holding.model: one.count for one in erasure.preview(lan)}
    assert counts["courses.Certificate"] == counts["courses.Completion"] == counts["people.Person"] == 1
    assert counts["courses.LessonRecord"] > 5
    assert all(counts.values())
    assert list(Person.objects.values_list()) == before


def test_the_last_administrator_is_refused(cast):
    with pytest.raises(DomainError, match=r"quản trị viên|administrator"):
        erasure.erase(cast["an"], actor=None)
    assert Person.objects.get(pk=cast["an"].pk).full_name == "Chu Thành An"
    roles.grant_role(cast["lan"], Role.ADMINISTRATOR, Unit.objects.get(code="LG"), actor=cast["an"])
    erasure.erase(cast["an"], actor=None)


def test_nobody_erases_themselves_or_twice(cast):
    roles.grant_role(cast["ha"], Role.ADMINISTRATOR, Unit.objects.get(code="LG"), actor=cast["an"])
    with pytest.raises(DomainError):
        erasure.erase(cast["an"], actor=cast["an"])
    erasure.erase(cast["lan"], actor=cast["an"])
    with pytest.raises(DomainError):
        erasure.erase(cast["lan"], actor=cast["an"])


def test_a_failure_half_way_erases_nothing(lan, cast, monkeypatch):
    last = personal_data.all_holdings()[-1]
    broken = [*personal_data.all_holdings()]
    broken[-1] = type(last)(last.model, last.fate, erase=lambda person: 1 / 0)
    monkeypatch.setattr(personal_data, "all_holdings", lambda: broken)
    from django.db import transaction

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        erasure.erase(lan, actor=cast["an"])
    assert Person.objects.get(pk=lan.pk).full_name == "Nông Thị Lan"
    assert Certificate.objects.get(person=lan).wording["full_name"] == "Nông Thị Lan"


def test_the_screen_asks_for_the_name(lan, desk):
    address = reverse("people:erase_person", args=[lan.pk])
    browser = desk("an")
    assert "courses" not in address
    assert "Certificates stay in the register" in browser.get(address).content.decode()
    assert browser.post(address, {"confirmed_name": "Nông Thị Lân"}).status_code == 422
    assert Person.objects.get(pk=lan.pk).erased_at is None
    assert browser.post(address, {"confirmed_name": "Nông Thị Lan"}).status_code == 302
    assert Person.objects.get(pk=lan.pk).erased_at
    assert browser.get(address).status_code == 404


@pytest.mark.parametrize("username", ["hung", "hoa", "son", "lan", "mai"])
def test_the_screen_is_for_administrators(lan, desk, username):
    address = reverse("people:erase_person", args=[lan.pk])
    browser = desk(username)
    assert browser.get(address).status_code == 403
    assert browser.post(address, {"confirmed_name": "Nông Thị Lan"}).status_code == 403
    assert Person.objects.get(pk=lan.pk).erased_at is None


def test_the_command_shows_then_erases(lan, tmp_path, capsys):
    call_command("erase_person", "lan", dry_run=True, json=tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text())["erased"] is False
    assert Person.objects.get(pk=lan.pk).erased_at is None
    assert "courses.Certificate: 1 anonymised" in capsys.readouterr().out
    call_command("erase_person", "lan", yes=True, actor="an", json=tmp_path / "out.json")
    assert Person.objects.get(pk=lan.pk).erased_at
    assert json.loads((tmp_path / "out.json").read_text())["erased"] is True


def test_the_command_refuses_in_words(lan, monkeypatch):
    with pytest.raises(CommandError, match="nobody"):
        call_command("erase_person", "nobody", yes=True)
    with pytest.raises(CommandError):
        call_command("erase_person", "an", yes=True)
    monkeypatch.setattr("builtins.input", lambda question: "no")
    with pytest.raises(CommandError, match="Nothing"):
        call_command("erase_person", "lan")
    assert Person.objects.get(pk=lan.pk).erased_at is None
