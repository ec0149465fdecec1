"""What an entry holds, who can read it, and that it cannot be touched."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory

from people.domain import audit
from people.domain.audit import chain, reading
from people.domain.audit.origin import answering
from people.domain.privacy import keys
from people.models import AuditEntry, AuditLink, PersonKey, Unit
from tests.log_triggers import unprotected_log


@pytest.fixture
def entry(cast):
    return audit.record(
        cast["hung"], "person.changed", cast["lan"], old={"phone": "0100000001"}, new={"phone": "0100000002"}
    )


def test_values_of_a_person_are_only_readable_with_their_key(cast, entry):
    assert "0100000001" not in str(AuditEntry.objects.filter(pk=entry.pk).values_list())
    assert entry.about == cast["lan"]
    assert entry.details == {"fields": ["phone"]}
    assert reading.personal_values([entry]) == {
        entry.pk: {"old": {"phone": "0100000001"}, "new": {"phone": "0100000002"}}
    }


def test_a_destroyed_key_takes_the_values_with_it_and_makes_no_other(cast, entry):
    keys.destroy(cast["lan"])
    assert reading.personal_values([entry]) == {entry.pk: None}
    later = audit.record(None, "person.changed", cast["lan"], new={"phone": "0100000003"})
    assert later.personal == ""
    assert PersonKey.objects.get(person=cast["lan"]).wrapped == ""


def test_an_encrypted_text_does_not_read_in_another_entry_or_for_another_person(cast, entry):
    other = audit.record(None, "person.changed", cast["minh"], new={"phone": "0100000009"})
    swapped = AuditEntry(pk=1, uid=other.uid, about_id=cast["lan"].pk, personal=entry.personal)
    assert reading.personal_values([swapped]) == {1: None}


def test_values_about_nobody_stay_readable(cast):
    unit = Unit.objects.get(code="LG-NV")
    entry = audit.record(cast["an"], "unit.renamed", unit, old={"name": "A"}, new={"name": "B"})
    assert entry.details == {"old": {"name": "A"}, "new": {"name": "B"}}
    assert entry.personal == "" and entry.about is None


def test_secrets_are_never_written(cast):
    entry = audit.record(
        cast["an"],
        "person.changed",
        cast["lan"],
        old={"password": "former secret", "national_id": "001099000001"},
        new={"password": "later secret"},
        recovery_codes=["11111"],
    )
    assert reading.personal_values([entry])[entry.pk] == {
        "old": {"password": "•••", "national_id": "•••"},
        "new": {"password": "•••"},
    }
    assert entry.details["recovery_codes"] == "•••"


def test_every_kind_of_value_survives_the_database(cast):
    entry = audit.record(
        cast["an"],
        "test",
        cast["lan"],
        day=date(2026, 11, 22),
        score=Decimal("24.50"),
        share=1e16,
        unit=Unit.objects.get(code="LG-NV"),
        names={"b", "a"},
        nothing=None,
        text="Nguyễn\x00",
    )
    stored = AuditEntry.objects.get(pk=entry.pk)
    assert stored.details == entry.details
    assert stored.details["names"] == ["a", "b"] and stored.details["text"] == "Nguyễn"


def test_the_address_is_the_trusted_one(cast, settings):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", headers={"x-forwarded-for": "1.2.3.4, 203.0.113.7"})
    with answering(request):
        assert audit.record(None, "test", cast["lan"]).address == "10.0.0.9"
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        assert audit.record(None, "test", cast["lan"]).address == "203.0.113.7"
    assert audit.record(None, "test", cast["lan"]).address == ""


@pytest.mark.parametrize("sent", ["no address", "", "::ffff:203.0.113.7"])
def test_a_strange_address_never_stops_a_change(cast, sent):
    with answering(RequestFactory().get("/", REMOTE_ADDR=sent)):
        assert audit.record(None, "test", cast["lan"]).address in {"", "203.0.113.7"}


def test_a_request_is_known_while_it_is_answered(signed_in, cast):
    client = signed_in("hung")
    client.get(f"/nhan-su/nguoi/{cast['lan'].pk}/", REMOTE_ADDR="203.0.113.9")
    assert AuditEntry.objects.filter(about=cast["lan"]).latest("pk").address == "203.0.113.9"


def test_looking_at_ones_own_results_is_not_logged(cast):
    assert audit.record_view(cast["lan"], cast["lan"], "training_record") is None
    assert audit.record_view(cast["hung"], cast["lan"], "training_record").action == "viewed.training_record"


CHANGES = {
    "change an entry": lambda: AuditEntry.objects.update(action="harmless"),
    "delete an entry": lambda: AuditEntry.objects.all().delete(),
    "change a link": lambda: AuditLink.objects.update(chain="0"),
    "delete a link": lambda: AuditLink.objects.all().delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_database_refuses_to_change_the_log(entry, change):
    chain.seal()
    before = list(AuditEntry.objects.values_list()) + list(AuditLink.objects.values_list())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change()
    assert list(AuditEntry.objects.values_list()) + list(AuditLink.objects.values_list()) == before


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_without_the_triggers_it_would_not(entry, change):
    """The control: it is the triggers that refuse."""
    chain.seal()
    before = list(AuditEntry.objects.values_list()) + list(AuditLink.objects.values_list())
    with unprotected_log(connection):
        change()
    assert list(AuditEntry.objects.values_list()) + list(AuditLink.objects.values_list()) != before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_log_cannot_be_truncated(entry):
    connection.check_constraints()  # nothing may be waiting for the end of the transaction
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE people_auditentry")


def test_recording_about_a_known_person_takes_two_queries(cast, entry, django_assert_num_queries):
    with django_assert_num_queries(2):  # the person's key, the entry
        audit.record(cast["hung"], "person.changed", cast["lan"], new={"phone": "0100000004"})


def test_reading_takes_one_query_however_many_entries(cast, entry, django_assert_num_queries):
    found = [entry, *(audit.record(None, "test", cast[name], new={"phone": "1"}) for name in ("lan", "minh", "hoa"))]
    for some in (found[:1], found):
        with django_assert_num_queries(1):
            assert all(reading.personal_values(some).values())
