"""`verify_audit` finds every entry that was changed, made up or removed, wherever it stood."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from people.domain import audit
from people.domain.audit import chain, removing, verifying
from people.domain.audit.content import digest_of
from people.domain.privacy import keys
from people.models import AuditCheckpoint, AuditEntry, AuditHead, AuditLink
from tests.log_triggers import unprotected_log


@pytest.fixture
def log(cast):
    """The cast's own entries, sealed, and one of ours after them."""
    ours = audit.record(cast["an"], "person.changed", cast["lan"], old={"phone": "1"}, new={"phone": "2"})
    chain.seal()
    return ours


def problems(**options) -> set[str]:
    return {problem.kind for problem in verifying.verify(**options).problems}


def test_an_untouched_log_is_intact(log, tmp_path, capsys):
    call_command("verify_audit", json=tmp_path / "findings.json")
    findings = json.loads((tmp_path / "findings.json").read_text())
    assert findings["intact"] and findings["problems"] == []
    assert findings["entries"] == AuditEntry.objects.count() == findings["links"] == findings["position"]
    assert "intact" in capsys.readouterr().out


def test_it_stays_intact_when_a_person_is_erased(log, cast):
    keys.destroy(cast["lan"])
    assert problems() == set()


FIELDS = {
    "at": lambda entry: entry.at + timedelta(microseconds=1),
    "actor_id": lambda entry: None,
    "address": lambda entry: "198.51.100.1",
    "action": lambda entry: "person.created",
    "subject_type": lambda entry: "people.Unit",
    "subject_id": lambda entry: "999",
    "about_id": lambda entry: None,
    "details": lambda entry: {"fields": ["gender"]},
    "personal": lambda entry: "",
    "digest": lambda entry: "0" * 64,
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_changed_entry_is_found_whatever_was_changed(log, field, tmp_path):
    with unprotected_log(connection):
        AuditEntry.objects.filter(pk=log.pk).update(**{field: FIELDS[field](log)})
    with pytest.raises(CommandError, match="not as it was written"):
        call_command("verify_audit", json=tmp_path / "findings.json")
    found = json.loads((tmp_path / "findings.json").read_text())["problems"]
    assert {"changed"} <= {problem["kind"] for problem in found}
    assert {problem["entry"] for problem in found} == {log.pk}


@pytest.mark.parametrize("which", ["first", "middle", "last"])
def test_a_missing_entry_is_found_wherever_it_stood(log, which):
    numbers = list(AuditEntry.objects.order_by("pk").values_list("pk", flat=True))
    gone = {"first": numbers[0], "middle": numbers[len(numbers) // 2], "last": numbers[-1]}[which]
    with unprotected_log(connection):
        AuditEntry.objects.filter(pk=gone).delete()
    assert [(found.kind, found.entry) for found in verifying.verify().problems] == [("missing", gone)]


@pytest.mark.parametrize("which", ["middle", "last"])
def test_an_entry_removed_with_its_link_is_found(log, which):
    links = list(AuditLink.objects.order_by("position"))
    gone = {"middle": links[len(links) // 2], "last": links[-1]}[which]
    with unprotected_log(connection):
        AuditEntry.objects.filter(pk=gone.entry_id).delete()
        gone.delete()
    assert "missing" in problems()


def test_a_cut_off_end_is_found_by_the_sealed_count(log):
    with unprotected_log(connection):
        last = AuditLink.objects.order_by("-position")[:3]
        AuditEntry.objects.filter(pk__in=[link.entry_id for link in last]).delete()
        AuditLink.objects.filter(pk__in=[link.pk for link in last]).delete()
    assert problems() >= {"missing"}
    AuditHead.objects.update(position=AuditLink.objects.latest("position").position)
    assert problems() >= {"head"}, "the count cannot be lowered without the key"


def test_without_the_sealed_count_a_cut_off_end_would_not_be_found(log, monkeypatch):
    """The control: links and digests alone fit together however many are cut off."""
    monkeypatch.setattr(verifying, "_head", lambda *ignored: None)
    monkeypatch.setattr(verifying, "_gaps", lambda *ignored: None)
    with unprotected_log(connection):
        last = AuditLink.objects.latest("position")
        AuditEntry.objects.filter(pk=last.entry_id).delete()
        last.delete()
    assert problems() == set()


def test_an_old_state_put_back_is_found_with_an_earlier_end(log, tmp_path, cast):
    head = AuditHead.objects.values().get()
    audit.record(cast["an"], "person.changed", cast["lan"], new={"phone": "3"})
    call_command("verify_audit", json=tmp_path / "earlier.json")
    with unprotected_log(connection):
        last = AuditLink.objects.latest("position")
        AuditEntry.objects.filter(pk=last.entry_id).delete()
        last.delete()
        AuditHead.objects.update(**head)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'people_auditentry'")
    assert problems() == set(), "the database alone looks right"
    with pytest.raises(CommandError, match="problem"):
        call_command("verify_audit", since=tmp_path / "earlier.json")


def test_an_earlier_end_is_found_again_in_a_log_that_went_on(log, tmp_path, cast):
    call_command("verify_audit", json=tmp_path / "earlier.json")
    audit.record(cast["an"], "person.changed", cast["lan"], new={"phone": "3"})
    call_command("verify_audit", since=tmp_path / "earlier.json")


def test_an_entry_made_up_is_found_before_and_after_sealing(log):
    invented = AuditEntry(action="role.granted", subject_type="people.Person", subject_id="1", digest="0" * 64)
    invented.save()
    assert problems() == {"changed"}
    chain.seal()
    assert problems() == {"changed"}


def test_a_copied_entry_is_refused(log):
    copy = AuditEntry.objects.get(pk=log.pk)
    copy.pk = None
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_entries_in_another_order_are_found(log):
    first, second = AuditLink.objects.order_by("position")[:2]
    with unprotected_log(connection):
        AuditLink.objects.filter(pk=first.pk).update(entry_id=0)
        AuditLink.objects.filter(pk=second.pk).update(entry_id=first.entry_id)
        AuditLink.objects.filter(pk=first.pk).update(entry_id=second.entry_id)
    assert problems() == {"chain"}


def test_another_key_reads_nothing_as_written(log, settings):
    settings.PERSONAL_DATA_KEY = "another key that is long enough to be one"
    assert "changed" in problems()


def test_an_entry_never_sealed_is_reported(log, cast):
    entry = audit.record(cast["an"], "test", cast["lan"])
    assert problems() == set()
    with unprotected_log(connection):
        entry.at = timezone.now() - timedelta(hours=2)
        AuditEntry.objects.filter(pk=entry.pk).update(at=entry.at, digest=digest_of(entry))
    assert problems() == {"late"}


def test_missing_triggers_are_reported(log):
    with unprotected_log(connection):
        assert problems() == {"unprotected"}


def test_a_latecomer_is_taken_up_at_the_end(log, cast):
    """A number given early and committed late: links follow the order of sealing, nothing is reported."""
    early = audit.record(cast["an"], "test", cast["lan"])
    late = audit.record(cast["an"], "test", cast["lan"])
    with unprotected_log(connection):
        AuditEntry.objects.filter(pk=early.pk).delete()
    chain.seal()
    early.save(force_insert=True)
    chain.seal()
    position = dict(AuditLink.objects.values_list("entry_id", "position"))
    assert position[early.pk] == position[late.pk] + 1
    assert problems() == set()


def test_sealing_in_small_batches_is_the_same_chain(cast, monkeypatch):
    monkeypatch.setattr(chain, "BATCH", 3)
    count = AuditEntry.objects.count()
    assert count > 6
    assert chain.seal() == count
    assert chain.seal() == 0
    assert problems() == set()


def test_sealing_asks_as_much_for_one_entry_as_for_three(log, cast, django_assert_num_queries):
    for number in (1, 3):
        for _ in range(number):
            audit.record(cast["an"], "test", cast["lan"])
        with django_assert_num_queries(8):
            assert chain.seal() == number


@pytest.fixture
def old_log(log, cast):
    """All entries but three are two years old."""
    past = timezone.now() - timedelta(days=730)
    for entry in AuditEntry.objects.all():
        entry.at = past
        with unprotected_log(connection):
            AuditEntry.objects.filter(pk=entry.pk).update(at=past, digest=digest_of(entry))
    with unprotected_log(connection):
        AuditLink.objects.all().delete()
        AuditHead.objects.all().delete()
    for name in ("lan", "minh", "hoa"):
        audit.record(cast["an"], "test", cast[name])
    chain.seal()
    return timezone.now() - timedelta(days=365)


def test_what_is_over_is_removed_in_batches_and_the_rest_verifies(old_log):
    removed = 0
    while batch := removing.remove_before(old_log, limit=7):
        assert batch <= 7
        removed += batch
    assert removed > 7 and AuditEntry.objects.count() == 3 == AuditLink.objects.count()
    findings = verifying.verify()
    assert findings.problems == [] and findings.removed_up_to == removed


def test_nothing_young_is_removed(log):
    assert removing.remove_before(timezone.now() - timedelta(days=365)) == 0
    assert not AuditCheckpoint.objects.exists()


def test_a_forged_checkpoint_opens_the_triggers_but_is_found(log):
    last = AuditLink.objects.latest("position")
    AuditCheckpoint.objects.create(position=last.position, chain=last.chain, removed_before=timezone.now(), seal="0")
    AuditEntry.objects.all().delete()
    assert "checkpoint" in problems()


def test_an_unreadable_since_file_is_refused(log, tmp_path):
    (tmp_path / "x.json").write_text("[]")
    with pytest.raises(CommandError, match="--since"):
        call_command("verify_audit", since=tmp_path / "x.json")
