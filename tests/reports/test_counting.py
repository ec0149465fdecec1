"""What counts as what: obligations, completions, cycles, places, and people who move."""

from datetime import UTC, datetime

import pytest

from courses.domain.completion import audiences_of
from courses.models import Obligation
from reports.figures import Figures
from reports.progress import audiences
from tests.reports import factories as make
from tests.reports.reading import linked_numbers, names_of, people_of, tables_of, text_of

NAME, STAFF, UNIT, POSITION, COURSE, DONE, REQUIRED, STATE, DUE, LATE, COMPLETED = range(11)


@pytest.fixture
def viewer(province):
    return make.make_hr(province.root)


def summary(response) -> str:
    text = response.content.decode()
    return text.split('<p class="summary-line"><b>')[1].split("</b>")[0]


def cards(response) -> list[int]:
    pieces = response.content.decode().split('<span class="figure-number">')[1:]
    return [int(piece.split("<")[0]) for piece in pieces]


def test_a_row_says_all_about_one_person_and_one_course(desk, province, viewer):
    person = make.make_person("Đặng Văn Đức", province.one_stop, position_title="Trưởng phòng")
    make.assign(province.course, province.root, make.in_days(-9))
    make.begin(person, province.course, done=1)
    assert people_of(desk(viewer)) == [
        [
            "Đặng Văn Đức",
            person.staff_number,
            "Phòng Một cửa, Sở Nội vụ",
            "Trưởng phòng",
            "Văn hóa công vụ",
            "1",
            "2",
            "In progress",
            f"{make.in_days(-9):%d/%m/%Y}",
            "9",
            "",
            "",
            "",
        ]
    ]


def test_states_rates_and_the_numbers_of_the_cards(desk, province, viewer):
    done, begun, _waiting, soon = (make.make_person(f"Lê Văn {name}", province.home_affairs) for name in "ABCD")
    make.assign(province.course, province.home_affairs, make.in_days(-1))
    Obligation.objects.filter(person=soon).update(due_on=make.in_days(7))
    make.complete(done, province.course, make.in_days(-3))
    make.begin(begun, province.course)
    response = desk(viewer)
    assert summary(response) == "1 of 4 required courses have been completed, 25.0%."
    assert cards(response) == [2, 1, 2, 1]  # overdue, due soon, not started, completed
    assert [row[STATE] for row in people_of(response)] == [
        "Completed",
        "In progress",
        "Not started",
        "Not started",
    ]
    assert [row[LATE] for row in people_of(response)] == ["", "1", "1", ""]
    assert people_of(response)[0][COMPLETED] == f"{make.in_days(-3):%d/%m/%Y}"


def test_every_number_of_the_page_opens_as_many_people(desk, province, viewer, client):
    for number in range(6):
        person = make.make_person(f"Lê Văn {'ABCDEF'[number]}", (province.home_affairs, province.one_stop)[number % 2])
        if number < 2:
            make.complete(person, province.course)
        elif number < 4:
            make.begin(person, province.course)
    stranger = make.make_person("Lê Văn G", province.construction)
    make.assign(province.course, province.home_affairs, make.in_days(-1))
    make.complete(stranger, province.course)  # by choice: in the list, not in the rate
    response = desk(viewer, don_vi=province.home_affairs.pk)
    numbers = linked_numbers(response)
    assert len(numbers) >= 10
    for number, address in numbers:
        assert len(people_of(client.get("/nhan-su/" + address.split("#")[0]))) == number, address


def test_several_assignments_of_one_course_are_one_row_with_the_earliest_day(desk, province, viewer):
    make.make_person("Lê Văn An", province.one_stop)
    for unit, days in ((province.root, 40), (province.home_affairs, 10), (province.one_stop, 20)):
        make.assign(province.course, unit, make.in_days(days))
    response = desk(viewer)
    assert [row[DUE] for row in people_of(response)] == [f"{make.in_days(10):%d/%m/%Y}"]
    assert summary(response).startswith("0 of 1 ")


def test_a_newer_cycle_is_not_answered_by_the_completion_of_the_last(desk, province, viewer):
    person = make.make_person("Lê Văn An", province.one_stop)
    make.assign(province.course, province.root, make.in_days(-300))
    make.complete(person, province.course, make.in_days(-310))
    Obligation.objects.create(
        person=person, course=province.course, cycle=2, obliged_from=make.today(), due_on=make.in_days(60)
    )
    assert [row[STATE] for row in people_of(desk(viewer))] == ["Not started"]
    make.complete(person, province.course, make.in_days(-2), cycle=2)
    assert [row[COMPLETED] for row in people_of(desk(viewer))] == [f"{make.in_days(-2):%d/%m/%Y}"]


def test_repeating_a_course_by_choice_does_not_undo_its_completion(desk, province, viewer):
    person = make.make_person("Lê Văn An", province.one_stop)
    volunteer = make.make_person("Lê Văn Bình", province.construction)
    make.assign(province.course, province.home_affairs, make.in_days(10))
    for learner in (person, volunteer):
        make.complete(learner, province.course)
        make.begin(learner, province.course, cycle=2)
    response = desk(viewer)
    assert [row[STATE] for row in people_of(response)] == ["Completed", "Completed"]
    assert summary(response).startswith("1 of 1 ")


def test_learning_by_choice_is_listed_but_never_in_the_rate(desk, province, viewer):
    make.make_person("Lê Văn An", province.home_affairs)
    volunteer = make.make_person("Lê Văn Bình", province.construction)
    make.assign(province.course, province.home_affairs, make.in_days(10))
    make.complete(volunteer, province.course)
    response = desk(viewer)
    assert names_of(response) == ["Lê Văn An", "Lê Văn Bình"]
    assert summary(response).startswith("0 of 1 ")
    assert names_of(desk(viewer, dien="tinh-ty-le")) == ["Lê Văn An"]
    assert names_of(desk(viewer, dien="tu-chon")) == ["Lê Văn Bình"]


def test_a_course_asked_of_nobody_has_no_rate_and_its_learners_are_listed_as_such(desk, province, viewer):
    first = make.make_person("Lê Văn An", province.home_affairs)
    make.make_person("Lê Văn Bình", province.construction)
    make.complete(first, province.course)
    response = desk(viewer, khoa_hoc=province.course.pk)
    assert summary(response) == "There is nobody to count here."
    assert names_of(response) == ["Lê Văn An"]
    assert [row[DUE] for row in people_of(response)] == [""]
    assert names_of(desk(viewer, khoa_hoc=province.course.pk, dien="tinh-ty-le")) == []


def test_a_superior_never_sees_what_is_learned_by_choice(desk, province):
    head, person = make.make_person("Trần Thị Hoa"), make.make_person("Lê Văn An", province.home_affairs)
    province.home_affairs.head = head
    province.home_affairs.save()
    asked, chosen = province.course, make.make_course("Bỏ thuốc lá")
    make.assign(asked, province.home_affairs, make.in_days(10))
    for course in (asked, chosen):
        make.complete(person, course)
    pages = [desk(head), desk(head, f"nguoi/{person.pk}/"), desk(head, khoa_hoc=chosen.pk)]
    for response in pages[:2]:
        assert "Bỏ thuốc lá" not in str(tables_of(response))
    assert names_of(pages[2]) == []
    officer = make.make_hr(province.root)
    assert "Bỏ thuốc lá" in str(tables_of(desk(officer))) and "Bỏ thuốc lá" in str(
        tables_of(desk(officer, f"nguoi/{person.pk}/"))
    )


def test_an_assigned_course_is_measured_against_those_who_must(desk, province, viewer):
    make.make_person("Lê Văn An", province.home_affairs)
    make.make_person("Lê Văn Bình", province.construction)
    make.assign(province.course, province.home_affairs, make.in_days(10))
    response = desk(viewer, khoa_hoc=province.course.pk)
    assert summary(response) == "0 of 1 person has completed, 0.0%."
    assert "who was obliged to this course on that day" in response.content.decode()


def test_all_courses_count_each_required_course_of_each_person(desk, province, viewer):
    person = make.make_person("Lê Văn An", province.home_affairs)
    second = make.make_course("Kỹ năng số")
    for course in (province.course, second):
        make.assign(course, province.root, make.in_days(10))
    make.complete(person, second)
    response = desk(viewer)
    assert summary(response) == "1 of 2 required courses have been completed, 50.0%."
    assert "then, 1 person." in response.content.decode()
    assert [row[COURSE] for row in people_of(response)] == ["Văn hóa công vụ", "Kỹ năng số"]
    assert [row[COURSE] for row in people_of(desk(viewer, khoa_hoc=second.pk))] == ["Kỹ năng số"]


def test_a_moved_person_counts_where_they_are_now(desk, province, viewer):
    person = make.make_person("Lê Văn An", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(10))
    make.complete(person, province.course, unit=province.home_affairs, unit_name="Sở Nội vụ")
    person.postings.update(valid_to=make.in_days(-1))
    make.post(person, province.construction, valid_from=make.in_days(-1), position_title="Phó Giám đốc")
    assert [row[UNIT : POSITION + 1] for row in people_of(desk(viewer))] == [["Sở Xây dựng", "Phó Giám đốc"]]
    assert names_of(desk(viewer, don_vi=province.home_affairs.pk)) == []
    assert names_of(desk(make.make_hr(province.home_affairs))) == []
    lines = {row[0]: row[1:4] for row in tables_of(desk(viewer))["unit-table"][1:]}
    assert lines["Sở Xây dựng"] == ["1", "1", "1"]
    assert lines["Sở Nội vụ"] == ["0", "0", "0"]


def test_second_postings_do_not_count_twice(desk, province, viewer):
    person = make.make_person("Lê Văn An", province.home_affairs)
    make.post(person, province.construction, is_primary=False)
    make.assign(province.course, province.root, make.in_days(10))
    assert [row[UNIT] for row in people_of(desk(viewer))] == ["Sở Nội vụ"]
    assert names_of(desk(viewer, don_vi=province.construction.pk)) == []


def test_people_who_left_and_closed_accounts_do_not_count(desk, province, viewer):
    left = make.make_person("Lê Văn An", province.home_affairs)
    closed = make.make_person("Lê Văn Bình", province.home_affairs)
    make.make_person("Lê Văn Cường", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(10))
    left.postings.update(valid_to=make.today())
    closed.is_active = False
    closed.save()
    response = desk(viewer)
    assert names_of(response) == ["Lê Văn Cường"]
    assert summary(response).startswith("0 of 1 ")


def test_lessons_are_those_required_of_the_position(desk, province, viewer):
    course = make.make_course("Quy tắc ứng xử", ("everyone", "managers", "one_stop", "everyone"))
    boss = make.make_person("Lê Văn An", province.home_affairs, is_manager=True)
    clerk = make.make_person("Lê Văn Bình", province.one_stop, position_group="one_stop")
    plain = make.make_person("Lê Văn Cường", province.home_affairs)
    make.assign(course, province.root, make.in_days(10))
    for person in (boss, clerk, plain):
        make.begin(person, course, done=3)
    rows = [row[DONE : REQUIRED + 1] for row in people_of(desk(viewer))]
    assert rows == [["2", "3"], ["2", "3"], ["1", "2"]]


def test_audiences_agree_with_the_rule_of_completion(province):
    for is_manager in (True, False):
        for group in ("one_stop", "professional"):
            person = make.make_person("Lê Văn An", province.root, is_manager=is_manager, position_group=group)
            assert audiences(is_manager, group) == set(audiences_of(person))


def test_a_completion_keeps_its_own_count_of_lessons(desk, province, viewer):
    person = make.make_person("Lê Văn An", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(10))
    make.complete(person, province.course)
    make.make_edition(province.course, ("everyone",) * 5)
    person.postings.update(is_manager=True)
    assert [row[DONE : REQUIRED + 1] for row in people_of(desk(viewer))] == [["2", "2"]]


def test_who_has_not_begun_is_measured_by_the_newest_edition(desk, province, viewer):
    make.make_person("Lê Văn An", province.home_affairs)
    begun = make.make_person("Lê Văn Bình", province.home_affairs)
    make.assign(province.course, province.root, make.in_days(10))
    make.begin(begun, province.course, done=2)
    make.make_edition(province.course, ("everyone",) * 5)
    assert [row[DONE : REQUIRED + 1] for row in people_of(desk(viewer))] == [["0", "5"], ["2", "2"]]


def test_units_worst_first_and_adding_up(desk, province, viewer):
    make.make_person("Lê Văn An", province.root)
    good = make.make_person("Lê Văn Bình", province.construction)
    half = make.make_person("Lê Văn Cường", province.home_affairs)
    make.make_person("Lê Văn Dũng", province.one_stop)
    empty = make.make_unit("Ban Dân tộc", province.root)
    make.assign(province.course, province.root, make.in_days(-1))
    for person in (good, half):
        make.complete(person, province.course)
    rows = tables_of(desk(viewer))["unit-table"]
    assert rows[0][0] == "Unit"
    body = rows[1:]
    assert [row[0] for row in body] == ["Tỉnh Lam Giang (directly)", "Sở Nội vụ", "Sở Xây dựng", empty.name]
    assert [row[1:] for row in body] == [
        ["1", "1", "0", "0.0%", "0", "1", "1"],
        ["2", "2", "1", "50.0%", "0", "1", "1"],
        ["1", "1", "1", "100.0%", "0", "0", "0"],
        ["0", "0", "0", "", "0", "0", "0"],
    ]


def test_directly_means_without_the_units_below(desk, province, viewer):
    make.make_person("Lê Văn An", province.home_affairs)
    make.make_person("Lê Văn Bình", province.one_stop)
    make.assign(province.course, province.root, make.in_days(10))
    response = desk(viewer, don_vi=province.home_affairs.pk, rieng="1")
    assert names_of(response) == ["Lê Văn An"]
    assert "Units below are left out." in response.content.decode()
    assert "unit-table" not in tables_of(response)


def test_dissolved_units_cannot_be_chosen_from_the_list(desk, province, viewer):
    province.one_stop.active_to = make.today()
    province.one_stop.save()
    choices = desk(viewer).content.decode().split('<select id="unit"')[1].split("</select>")[0]
    assert "Sở Nội vụ</option>" in choices
    assert "Phòng Một cửa</option>" not in choices


def test_a_rate_of_100_percent_means_everybody():
    assert str(Figures(total=2000, completed=1999).rate * 100) == "99.900"
    assert Figures(total=3, completed=3).rate == 1
    assert Figures().rate is None


def test_scores_are_not_for_hr(desk, province, viewer):
    person = make.make_person("Lê Văn An", province.home_affairs)
    make.complete(person, province.course, score="73.25", max_points="80.50")
    for path in ("", "xuat.xlsx", "xuat.csv", f"nguoi/{person.pk}/"):
        text = text_of(desk(viewer, path))
        assert "73.25" not in text
        assert "73,25" not in text


def test_the_day_is_the_day_in_viet_nam(desk, province, viewer):
    person = make.make_person("Lê Văn An", province.home_affairs)
    enrolment = make.complete(person, province.course).enrolment
    enrolment.completed_at = datetime(2026, 3, 4, 18, 30, tzinfo=UTC)  # 01:30 of the next day in Hà Nội
    enrolment.save()
    assert people_of(desk(viewer))[0][COMPLETED] == "05/03/2026"
