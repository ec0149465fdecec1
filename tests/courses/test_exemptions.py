"""Exemptions, deferrals, equivalents: asked for by the learner, decided by who keeps the record, nobody else."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from courses.domain import assignment as assigning
from courses.domain import exemptions, obligations
from courses.domain.assignment import Target
from courses.enums import ExemptionKind, ExemptionState
from courses.models import Assignment, Exemption, Obligation
from people.models import AuditEntry
from shared.errors import DomainError
from tests.reports import factories as make

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.7 minh hoa"


@pytest.fixture
def world():
    class World:
        office = make.make_unit("Sở Nội vụ")
        other = make.make_unit("Sở Xây dựng")
        course = make.make_course("Văn hóa công vụ")
        clerk = make.make_person("Lê Văn An", office)
        builder = make.make_person("Phạm Văn Cường", other)
        hr = make.make_hr(office)
        other_hr = make.make_hr(other)
        today = timezone.localdate()

    for unit in (World.office, World.other):
        rule = assigning.create_rule(
            Assignment(course=World.course, due_on=World.today + timedelta(days=30)), [Target(unit)], actor=None
        )
        obligations.evaluate_rule(rule)
    return World


@pytest.fixture
def visit(client):
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"

    def go(viewer, address, data=None):
        client.force_login(viewer)
        return client.post(address, data) if data is not None else client.get(address)

    return go


def asked(world, kind=ExemptionKind.EXEMPTION, person=None, **fields) -> Exemption:
    usual = {"reason": "Nghỉ thai sản", "valid_from": world.today, "actor": person or world.clerk}
    return exemptions.request(person or world.clerk, world.course, kind, **(usual | fields))


def duty_of(person) -> Obligation:
    return Obligation.objects.get(person=person)


def test_a_learner_asks_and_hr_of_the_unit_decides(world, visit):
    form = {
        "kind": "exemption",
        "reason": "Nghỉ ốm dài ngày",
        "valid_from": world.today.isoformat(),
        "valid_to": (world.today + timedelta(days=90)).isoformat(),
        "evidence": SimpleUploadedFile("giay-nghi-om.pdf", PAPER),
        "evidence_issuer": "Bệnh viện tỉnh",
        "evidence_date": world.today.isoformat(),
    }
    visit(world.clerk, f"/viec-hoc/{world.course.pk}/mien-hoan/", form)
    request = Exemption.objects.get()
    assert (request.state, request.requested_by) == (ExemptionState.REQUESTED, world.clerk)
    assert duty_of(world.clerk).obliged_to is None
    assert "Lê Văn An" in visit(world.hr, "/nhan-su/mien-hoan/").content.decode()
    paper = visit(world.hr, f"/nhan-su/mien-hoan/{request.pk}/minh-chung/")
    assert b"".join(paper.streaming_content) == PAPER
    visit(world.hr, f"/nhan-su/mien-hoan/{request.pk}/", {"viec": "dong-y", "note": ""})
    request.refresh_from_db()
    assert (request.state, request.decided_by) == (ExemptionState.APPROVED, world.hr)
    assert duty_of(world.clerk).obliged_to == world.today
    actions = AuditEntry.objects.filter(subject_type="courses.Exemption").values_list("action", flat=True)
    assert set(actions) == {"exemption.requested", "exemption.approved"}


def test_nobody_of_another_unit_sees_or_decides(world, visit):
    request = asked(world)
    page = visit(world.other_hr, "/nhan-su/mien-hoan/?tat_ca=1").content.decode()
    assert "Lê Văn An" not in page
    for path in ("", "minh-chung/"):
        assert visit(world.other_hr, f"/nhan-su/mien-hoan/{request.pk}/{path}").status_code == 404
    assert visit(world.other_hr, f"/nhan-su/mien-hoan/{request.pk}/", {"viec": "dong-y"}).status_code == 404
    assert visit(world.other_hr, f"/nhan-su/mien-hoan/moi/?nguoi={world.clerk.pk}").status_code == 404
    assert "Lê Văn An" not in visit(world.other_hr, "/nhan-su/mien-hoan/moi/?q=an").content.decode()
    assert visit(world.builder, f"/viec-hoc/mien-hoan/{request.pk}/rut/", {}).status_code == 404
    request.refresh_from_db()
    assert request.state == ExemptionState.REQUESTED


def test_nobody_decides_about_themselves_or_twice(world):
    make.post(world.hr, world.office)
    own = asked(world, person=world.hr)
    with pytest.raises(DomainError):
        exemptions.approve(own, actor=world.hr)
    request = asked(world)
    with pytest.raises(DomainError):
        exemptions.refuse(request, actor=world.hr, note=" ")
    exemptions.refuse(request, actor=world.hr, note="Thiếu giấy tờ")
    with pytest.raises(DomainError):
        exemptions.approve(request, actor=world.hr)


def test_an_equivalent_needs_its_paper_and_withdrawing_it_asks_again(world):
    with pytest.raises(DomainError):
        asked(world, ExemptionKind.EQUIVALENCE)
    paper = SimpleUploadedFile("chung-chi.pdf", PAPER)
    known = asked(
        world, ExemptionKind.EQUIVALENCE, evidence=paper, evidence_issuer="Trường Chính trị", evidence_date=world.today
    )
    exemptions.approve(known, actor=world.hr)
    duty = duty_of(world.clerk)
    assert (duty.equivalence, duty.fulfilled_on) == (known, world.today)
    exemptions.withdraw(known, actor=world.hr)
    assert duty_of(world.clerk).fulfilled_on is None


def test_a_deferral_moves_the_day_and_never_backwards(world):
    with pytest.raises(DomainError):
        asked(world, ExemptionKind.DEFERRAL)
    with pytest.raises(DomainError):
        asked(world, valid_from=world.today - timedelta(days=1))
    later = world.today + timedelta(days=120)
    exemptions.approve(asked(world, ExemptionKind.DEFERRAL, valid_to=later), actor=world.hr)
    assert duty_of(world.clerk).due_on == later


def test_files_are_what_they_say(world, visit):
    form = {
        "kind": "exemption",
        "reason": "Ốm",
        "valid_from": world.today.isoformat(),
        "evidence": SimpleUploadedFile("trang.pdf", b"<html>"),
    }
    answer = visit(world.clerk, f"/viec-hoc/{world.course.pk}/mien-hoan/", form)
    assert answer.status_code == 422 and "This is no PDF" in answer.content.decode()
    assert not Exemption.objects.exists()
