"""Prerequisites and paths, duties of units, group sessions, the transcript, and who may edit a course."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfReader

from courses import rules
from courses.assigning import unit_duties as duty_queries
from courses.domain import assignment as assigning
from courses.domain import enrolment, group_sessions, obligations, prerequisites, transcripts, unit_duties
from courses.domain.assignment import Target
from courses.models import (
    Assignment,
    Completion,
    CourseCoOwner,
    CoursePrerequisite,
    Enrolment,
    LearningPath,
    LessonRecord,
    PathCourse,
    UnitDuty,
    UnitRequirement,
)
from people.enums import Role, UnitKind
from shared.errors import DomainError
from tests.reports import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    class World:
        root = make.make_unit("Tỉnh Lam Giang", kind=UnitKind.PROVINCE)
        office = make.make_unit("Sở Nội vụ", root, kind=UnitKind.DEPARTMENT)
        commune = make.make_unit("Xã Thượng Sơn", root, kind=UnitKind.COMMUNE)
        course = make.make_course("Văn hóa công vụ")
        other_course = make.make_course("Kỹ năng số")
        clerk = make.make_person("Lê Văn An", office)
        villager = make.make_person("Phạm Văn Cường", commune)
        top_hr = make.make_hr(root)
        hr = make.make_hr(office)
        today = timezone.localdate()

    return World


@pytest.fixture
def visit(client):
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"

    def go(viewer, address, data=None):
        client.force_login(viewer)
        return client.post(address, data) if data is not None else client.get(address)

    return go


def test_a_course_opens_when_its_prerequisite_is_completed(world):
    CoursePrerequisite.objects.create(course=world.other_course, required=world.course)
    assert prerequisites.missing(world.clerk, world.other_course) == [world.course]
    with pytest.raises(DomainError, match="Văn hóa công vụ"):
        enrolment.enrol(world.clerk, world.other_course)
    assert not Enrolment.objects.exists()
    make.complete(world.clerk, world.course)
    assert enrolment.enrol(world.clerk, world.other_course).course == world.other_course


def test_a_path_in_order_holds_back_only_those_who_are_asked_to_take_it(world):
    path = LearningPath.objects.create(code="L1", title="Lộ trình", in_order=True)
    for place, course in enumerate((world.course, world.other_course)):
        PathCourse.objects.create(path=path, course=course, sort_order=place)
    rule = Assignment(path=path, due_on=world.today + timedelta(days=30))
    obligations.evaluate_rule(assigning.create_rule(rule, [Target(world.office)], actor=None))
    with pytest.raises(DomainError):
        enrolment.enrol(world.clerk, world.other_course)
    assert enrolment.enrol(world.villager, world.other_course)


def test_units_hand_in_and_are_counted_by_kind(world, visit):
    asked = {
        "title": "Ban hành nội quy",
        "under": world.root.pk,
        "unit_kinds": ["department", "commune"],
        "due_on": (world.today + timedelta(days=20)).isoformat(),
    }
    visit(world.top_hr, "/nhan-su/viec-don-vi/moi/", asked)
    requirement = UnitRequirement.objects.get()
    assert set(requirement.duties.values_list("unit__name", flat=True)) == {"Sở Nội vụ", "Xã Thượng Sơn"}
    mine, theirs = (UnitDuty.objects.get(unit=unit) for unit in (world.office, world.commune))
    page = visit(world.hr, f"/nhan-su/viec-don-vi/{requirement.pk}/").content.decode()
    assert "Sở Nội vụ" in page and "Xã Thượng Sơn" not in page
    paper = SimpleUploadedFile("noi-quy.pdf", b"%PDF-1.7 minh hoa")
    assert visit(world.hr, f"/nhan-su/viec-don-vi/don-vi/{theirs.pk}/", {"viec": "nop"}).status_code == 404
    visit(world.hr, f"/nhan-su/viec-don-vi/don-vi/{mine.pk}/", {"viec": "nop", "evidence": paper, "note": "Số 5"})
    assert visit(world.hr, f"/nhan-su/viec-don-vi/don-vi/{mine.pk}/", {"viec": "nhan"}).status_code == 404
    visit(world.top_hr, f"/nhan-su/viec-don-vi/don-vi/{mine.pk}/", {"viec": "nhan", "note": ""})
    mine.refresh_from_db()
    assert (mine.state, mine.handed_in_by, mine.decided_by) == ("accepted", world.hr, world.top_hr)
    counted = duty_queries.numbers_by_kind(world.top_hr, requirement, world.today)
    assert [(row["code"], row["units"], row["accepted"]) for row in counted] == [
        ("department", 1, 1),
        ("commune", 1, 0),
    ]
    with pytest.raises(DomainError):
        unit_duties.decide(theirs, True, "", actor=world.top_hr)


def test_those_present_are_credited_and_the_evidence_says_so(world, visit):
    visit(world.hr, "/nhan-su/buoi-hoc/", {"unit": world.office.pk, "course": world.course.pk, "place": "P. 201"})
    session = group_sessions.GroupSession.objects.get()
    assert visit(world.hr, f"/nhan-su/buoi-hoc/{session.pk}/ma.svg")["Content-Type"] == "image/svg+xml"
    code = group_sessions.code_of(session)
    visit(world.villager, f"/buoi-hoc/{code}/", {})
    second = make.make_person("Vũ Thị Dung", world.office)
    ticked = [world.clerk.pk, world.top_hr.pk]  # the second is nobody of the unit
    visit(world.hr, f"/nhan-su/buoi-hoc/{session.pk}/", {"co_mat": ticked})
    present = dict(session.attendances.values_list("person", "means"))
    assert present == {world.villager.pk: "code", world.clerk.pk: "list"}
    visit(world.hr, f"/nhan-su/buoi-hoc/{session.pk}/", {"viec": "dong"})
    group_sessions.credit(session.pk)
    group_sessions.credit(session.pk)
    done = Completion.objects.get(person=world.clerk)
    assert done.rule["group_sessions"] == [session.pk]
    assert set(LessonRecord.objects.values_list("group_session", flat=True)) == {session.pk}
    assert not Completion.objects.filter(person=second).exists()
    with pytest.raises(DomainError):
        group_sessions.come_in(code, second)


def test_codes_are_signed_and_soon_too_old(world, monkeypatch):
    session = group_sessions.open_session(world.course, None, world.office, "", actor=world.hr)
    code = group_sessions.code_of(session)
    assert group_sessions.session_of(code) == session
    with pytest.raises(DomainError):
        group_sessions.session_of(code[:-1] + ("a" if code[-1] != "a" else "b"))
    later = timezone.now().timestamp() + group_sessions.CODE_SECONDS + 1
    monkeypatch.setattr(signing.time, "time", lambda: later)
    with pytest.raises(DomainError):
        group_sessions.session_of(code)


def test_nobody_holds_a_session_for_other_units(world, visit):
    session = group_sessions.open_session(world.course, None, world.commune, "", actor=world.top_hr)
    for path in ("", "ma.svg"):
        assert visit(world.hr, f"/nhan-su/buoi-hoc/{session.pk}/{path}").status_code == 404
    refused = visit(world.hr, "/nhan-su/buoi-hoc/", {"unit": world.commune.pk, "course": world.course.pk})
    assert refused.status_code == 422
    assert visit(world.clerk, "/nhan-su/buoi-hoc/").status_code == 403


def test_the_transcript_tells_what_completions_recorded(world, visit, tmp_path):
    make.complete(world.clerk, world.course, world.today - timedelta(days=400), duration_minutes=90)
    make.complete(world.clerk, world.other_course, world.today - timedelta(days=1))
    make.complete(world.villager, world.course)
    made = transcripts.transcript_of(world.clerk)
    assert [line.course for line in made.lines] == ["Văn hóa công vụ", "Kỹ năng số"]
    assert [hours for _year, hours in made.years] == ["1,5", "1"]
    answer = visit(world.clerk, "/viec-hoc/bang-ket-qua.pdf")
    file = tmp_path / "bang.pdf"
    file.write_bytes(answer.content)
    text = " ".join(page.extract_text() for page in PdfReader(file).pages)
    assert "Lê Văn An" in text and "Kỹ năng số" in text and "Phạm Văn Cường" not in text


def test_authors_edit_courses_of_their_units_and_co_owners_as_far_as_allowed(world):
    world.course.owner_unit = world.office
    world.course.save()
    owner, helper, stranger = (
        make.make_hr(unit, name, Role.COURSE_AUTHOR)
        for unit, name in ((world.root, "Chủ"), (world.commune, "Đồng"), (world.commune, "Lạ"))
    )
    assert rules.can_edit_course(owner, world.course)
    assert not rules.can_edit_course(helper, world.course)
    share = CourseCoOwner.objects.create(course=world.course, unit=world.commune)
    assert not rules.can_edit_course(stranger, world.course)
    share.may_edit = True
    share.save()
    assert rules.can_edit_course(helper, world.course)
