"""Rules and what they mean for people: who is obliged, from when to when, until when, and because of what."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from courses.domain import assignment as assigning
from courses.domain import obligations
from courses.domain.assignment import Target
from courses.enums import DueKind, ExemptionKind, ExemptionState, ManagerScope, Recurrence
from courses.models import Assignment, Enrolment, Exemption, LearningPath, Obligation, ObligationReason, PathCourse
from people.domain import postings
from people.domain.units import merge_units, move_unit
from people.models import Person
from shared.models import OutboxEntry
from tests.reports import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


@pytest.fixture
def world():
    class World:
        root = make.make_unit("Tỉnh Lam Giang")
        office = make.make_unit("Sở Nội vụ", root)
        desk = make.make_unit("Phòng Một cửa", office)
        other = make.make_unit("Sở Xây dựng", root)
        course = make.make_course("Văn hóa công vụ")
        clerk = make.make_person("Lê Văn An", desk, position_group="one_stop")
        chief = make.make_person("Trần Thị Bình", office, is_manager=True, position_group="leader")
        builder = make.make_person("Phạm Văn Cường", other, employment_type="public_employee")

    return World


def rule(world, *units, with_subtree=True, **fields) -> Assignment:
    usual = {"course": world.course, "due_on": date(2026, 9, 30), "active_from": date(2026, 1, 1)}
    if "path" in fields:
        usual.pop("course")
    targets = [Target(unit, with_subtree) for unit in units or (world.root,)]
    made = assigning.create_rule(Assignment(**(usual | fields)), targets, actor=None)
    obligations.evaluate_rule(made, TODAY)
    return made


def obliged(**narrowed) -> list[str]:
    """The names of those who are obliged now."""
    open_ones = Obligation.objects.filter(obliged_to__isnull=True, **narrowed)
    return sorted(open_ones.values_list("person__full_name", flat=True))


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({}, ["Lê Văn An", "Phạm Văn Cường", "Trần Thị Bình"]),
        ({"position_groups": ["one_stop", "leader"]}, ["Lê Văn An", "Trần Thị Bình"]),
        ({"employment_types": ["public_employee"]}, ["Phạm Văn Cường"]),
        ({"managers": ManagerScope.ONLY}, ["Trần Thị Bình"]),
        ({"managers": ManagerScope.WITHOUT}, ["Lê Văn An", "Phạm Văn Cường"]),
        ({"managers": ManagerScope.WITHOUT, "position_groups": ["one_stop"]}, ["Lê Văn An"]),
    ],
)
def test_a_rule_asks_those_it_is_addressed_to(world, fields, names):
    rule(world, **fields)
    assert obliged() == names


def test_units_with_and_without_what_is_below_and_several_of_them(world):
    rule(world, world.office, with_subtree=False)
    assert obliged() == ["Trần Thị Bình"]
    rule(world, world.office, world.other)
    assert obliged() == ["Lê Văn An", "Phạm Văn Cường", "Trần Thị Bình"]
    assert Obligation.objects.count() == 3 and ObligationReason.objects.count() == 4


def test_two_rules_are_one_obligation_due_on_the_earlier_day_with_both_reasons(world):
    late, early = rule(world), rule(world, world.desk, due_on=date(2026, 7, 31))
    duty = Obligation.objects.get(person=world.clerk)
    assert duty.due_on == date(2026, 7, 31)
    assert {(reason.assignment_id, reason.due_on) for reason in duty.reasons.all()} == {
        (late.pk, date(2026, 9, 30)),
        (early.pk, date(2026, 7, 31)),
    }
    assigning.retire(early, actor=None, on=TODAY)
    obligations.evaluate_rule(early, TODAY)
    duty.refresh_from_db()
    assert (duty.due_on, duty.obliged_to) == (date(2026, 9, 30), None)
    assert duty.reasons.get(assignment=early).until == TODAY


def test_evaluating_again_writes_nothing(world):
    rule(world)
    before = list(Obligation.objects.order_by("pk").values()), list(ObligationReason.objects.order_by("pk").values())
    obligations.evaluate_rules(TODAY)
    obligations.evaluate_people([world.clerk.pk, world.chief.pk], TODAY)
    after = list(Obligation.objects.order_by("pk").values()), list(ObligationReason.objects.order_by("pk").values())
    assert before == after


def test_whoever_leaves_the_rule_is_obliged_until_that_day_and_again_after_coming_back(world):
    rule(world, world.office)
    postings.transfer(world.clerk.postings.get(), world.other, on=date(2026, 6, 20), actor=None)
    obligations.evaluate_people([world.clerk.pk], date(2026, 6, 25))  # the record came five days late
    duty = Obligation.objects.get(person=world.clerk)
    assert (duty.obliged_from, duty.obliged_to) == (date(2026, 1, 1), date(2026, 6, 20))
    back = world.clerk.postings.get(valid_to__isnull=True)
    postings.transfer(back, world.desk, on=date(2026, 7, 1), actor=None)
    obligations.evaluate_people([world.clerk.pk], date(2026, 7, 1))
    duty.refresh_from_db()
    assert (duty.obliged_from, duty.obliged_to) == (date(2026, 1, 1), None)
    periods = duty.reasons.order_by("since").values_list("since", "until", "due_on")
    assert list(periods) == [
        (date(2026, 1, 1), date(2026, 6, 20), date(2026, 9, 30)),
        (date(2026, 7, 1), None, date(2026, 9, 30)),
    ]


def test_newcomers_have_time_and_a_promotion_asks_from_its_day(world):
    rule(world, managers=ManagerScope.ONLY, due_on=date(2026, 6, 30), newcomer_days=30)
    assert obliged() == ["Trần Thị Bình"]
    postings.promote(world.clerk.postings.get(), on=date(2026, 6, 25), actor=None, position_title="Phó Trưởng phòng")
    obligations.evaluate_people([world.clerk.pk], date(2026, 6, 26))
    duty = Obligation.objects.get(person=world.clerk)
    assert (duty.obliged_from, duty.due_on) == (date(2026, 6, 25), date(2026, 7, 25))
    assert Obligation.objects.get(person=world.chief).due_on == date(2026, 6, 30)


def test_days_after_joining_begin_with_unbroken_service_and_not_before_the_rule(world):
    joined = make.make_person("Vũ Thị Dung", world.desk, valid_from=date(2026, 5, 1), valid_to=date(2026, 6, 1))
    make.post(joined, world.office, valid_from=date(2026, 6, 1))
    returned = make.make_person("Đỗ Văn Em", world.desk, valid_from=date(2025, 8, 1), valid_to=date(2026, 2, 1))
    make.post(returned, world.desk, valid_from=date(2026, 6, 10))
    rule(world, world.office, due_kind=DueKind.AFTER_JOINING, due_on=None, due_days=30)
    due = dict(Obligation.objects.values_list("person__full_name", "due_on"))
    assert due["Vũ Thị Dung"] == date(2026, 5, 31)
    assert due["Đỗ Văn Em"] == date(2026, 7, 10)
    assert due["Lê Văn An"] == date(2026, 1, 31)  # long in service: counted from the rule's first day


def test_days_after_being_asked(world):
    rule(world, due_kind=DueKind.AFTER_ASSIGNMENT, due_on=None, due_days=45, active_from=date(2026, 6, 1))
    assert set(Obligation.objects.values_list("due_on", flat=True)) == {date(2026, 7, 16)}


def test_a_yearly_rule_opens_a_cycle_a_year_and_keeps_the_evidence_of_the_last(world):
    yearly = rule(
        world,
        world.desk,
        recurrence=Recurrence.YEARLY,
        window_opens_on=date(2025, 3, 1),
        due_on=date(2025, 11, 30),
        active_from=date(2025, 1, 1),
    )
    first = Obligation.objects.get()
    assert (first.cycle, first.due_on, first.obliged_from) == (2026, date(2026, 11, 30), date(2026, 3, 1))
    make.complete(world.clerk, world.course, date(2026, 2, 1), cycle=1)
    obligations.evaluate_rule(yearly, TODAY)
    first.refresh_from_db()
    assert first.fulfilled_on is None  # completed before the window opened
    done = make.complete(world.clerk, world.course, date(2026, 6, 10), cycle=2026)
    first.refresh_from_db()
    assert (first.completion, first.fulfilled_on) == (done, date(2026, 6, 10))
    obligations.evaluate_rules(date(2027, 3, 1))
    first.refresh_from_db()
    second = Obligation.objects.get(cycle=2027)
    assert (first.completion, first.obliged_to) == (done, date(2027, 3, 1))
    assert (second.obliged_from, second.obliged_to, second.due_on) == (date(2027, 3, 1), None, date(2027, 11, 30))
    assert second.fulfilled_on is None


def test_a_course_begun_before_the_window_is_carried_into_the_new_cycle(world):
    make.begin(world.clerk, world.course)
    rule(world, recurrence=Recurrence.YEARLY, window_opens_on=date(2026, 3, 1), due_on=date(2026, 11, 30))
    assert Enrolment.objects.get().cycle == 2026


def test_a_path_asks_for_each_of_its_courses(world):
    path = LearningPath.objects.create(code="L1", title="Lộ trình cho người mới")
    courses = [world.course, make.make_course("Kỹ năng số")]
    for place, course in enumerate(courses):
        PathCourse.objects.create(path=path, course=course, sort_order=place)
    made = rule(world, world.desk, path=path)
    assert set(Obligation.objects.values_list("course", flat=True)) == {course.pk for course in courses}
    PathCourse.objects.filter(course=courses[1]).delete()
    obligations.evaluate_rule(made, TODAY)
    assert [duty.course for duty in Obligation.objects.filter(obliged_to__isnull=True)] == [world.course]


def freed(world, person: Person, kind: str, **fields) -> Exemption:
    usual = {
        "course": world.course,
        "kind": kind,
        "state": ExemptionState.APPROVED,
        "reason": "Nghỉ thai sản",
        "valid_from": TODAY,
        "decided_at": make.at_noon(TODAY),
    }
    return Exemption.objects.create(person=person, **(usual | fields))


def test_an_exemption_ends_the_obligation_while_it_holds(world):
    rule(world, world.desk)
    freed(world, world.clerk, ExemptionKind.EXEMPTION, valid_to=date(2026, 8, 1))
    obligations.evaluate_people([world.clerk.pk], date(2026, 6, 16))
    duty = Obligation.objects.get()
    assert duty.obliged_to == TODAY
    obligations.evaluate_rules(date(2026, 8, 3))
    duty.refresh_from_db()
    assert duty.obliged_to is None
    assert list(duty.reasons.order_by("since").values_list("since", "until")) == [
        (date(2026, 1, 1), TODAY),
        (date(2026, 8, 1), None),
    ]


def test_one_waiting_for_a_decision_changes_nothing(world):
    rule(world, world.desk)
    freed(world, world.clerk, ExemptionKind.EXEMPTION, state=ExemptionState.REQUESTED)
    obligations.evaluate_rules(TODAY)
    assert obliged() == ["Lê Văn An"]


def test_a_deferral_moves_the_day_and_the_reason_keeps_its_own(world):
    rule(world, world.desk)
    freed(world, world.clerk, ExemptionKind.DEFERRAL, valid_to=date(2026, 12, 15))
    obligations.evaluate_people([world.clerk.pk], TODAY)
    duty = Obligation.objects.get()
    assert (duty.due_on, duty.reasons.get().due_on) == (date(2026, 12, 15), date(2026, 9, 30))


def test_an_equivalent_fulfils_what_is_open(world):
    rule(world)
    known = freed(world, world.clerk, ExemptionKind.EQUIVALENCE)
    obligations.recognise(known)
    duty = Obligation.objects.get(person=world.clerk)
    assert (duty.equivalence, duty.completion, duty.fulfilled_on) == (known, None, TODAY)
    assert Obligation.objects.filter(fulfilled_on__isnull=True).count() == 2


def test_the_first_completion_fulfils_even_when_it_came_before_the_rule(world):
    done = make.complete(world.clerk, world.course, date(2026, 2, 1))
    make.complete(world.clerk, world.course, date(2026, 3, 1), cycle=2)
    rule(world)
    duty = Obligation.objects.get(person=world.clerk)
    assert (duty.completion, duty.fulfilled_on) == (done, date(2026, 2, 1))
    make.complete(world.chief, world.course, TODAY)
    assert Obligation.objects.get(person=world.chief).fulfilled_on == TODAY


def test_closed_accounts_and_restricted_data_are_asked_for_nothing(world):
    Person.objects.filter(pk=world.clerk.pk).update(is_active=False)
    Person.objects.filter(pk=world.chief.pk).update(restricted_at=timezone.now())
    rule(world)
    assert obliged() == ["Phạm Văn Cường"]


def test_units_that_merge_or_move_take_their_people_into_the_rule_and_out_of_it(world):
    rule(world, world.office)
    merge_units([world.other], world.desk, TODAY)
    obligations.evaluate_unit(world.desk.pk, TODAY)
    assert obliged() == ["Lê Văn An", "Phạm Văn Cường", "Trần Thị Bình"]
    assert Obligation.objects.get(person=world.builder).obliged_from == TODAY
    move_unit(world.desk, world.root, TODAY + timedelta(days=10))
    obligations.evaluate_unit(world.desk.pk, TODAY + timedelta(days=10))
    assert obliged() == ["Trần Thị Bình"]
    assert Obligation.objects.get(person=world.clerk).obliged_to == TODAY + timedelta(days=10)


def test_batches_are_as_good_as_one(world, monkeypatch):
    for number in range(7):
        make.make_person(f"Người Thứ {number}", world.desk)
    monkeypatch.setattr(obligations.evaluating, "BATCH_PEOPLE", 3)
    rule(world)
    assert len(obliged()) == 10


def test_transactions_shrink_on_a_busy_machine_and_grow_again():
    pace = obligations.evaluating.Pace()
    most, least = obligations.evaluating.BATCH_PEOPLE, obligations.evaluating.LEAST_PEOPLE
    for _batch in range(10):
        pace.note(0.9)
    assert pace.people == least
    pace.note(0.3)
    assert pace.people == least, "as long as it should take: nothing changes"
    for _batch in range(10):
        pace.note(0.01)
    assert pace.people == most
    assert pace.longest == 0.9


def test_changes_of_postings_write_one_piece_of_work_a_person(world):
    rule(world)
    OutboxEntry.objects.all().delete()
    posting = world.clerk.postings.get()
    posting = postings.change(posting, on=timezone.localdate(), actor=None, position_title="Chuyên viên chính")
    postings.end(posting, on=timezone.localdate() + timedelta(days=3), actor=None)
    assert list(OutboxEntry.objects.values_list("kind", "subject_id")) == [("courses.evaluate_person", world.clerk.pk)]


def test_who_completed_and_is_asked_again_begins_the_next_cycle(world):
    from courses.domain.enrolment import enrol

    make.complete(world.clerk, world.course)
    assert enrol(world.clerk, world.course).cycle == 1
    today = timezone.localdate()
    yearly = Assignment(
        course=world.course,
        recurrence=Recurrence.YEARLY,
        window_opens_on=today,
        due_on=today + timedelta(days=90),
        active_from=today,
    )
    made = assigning.create_rule(yearly, [Target(world.root)], actor=None)
    obligations.evaluate_rule(made)
    again = enrol(world.clerk, world.course)
    assert (again.cycle, again.completed_at) == (today.year, None)
    assert enrol(world.clerk, world.course) == again
