"""Former days of wide scopes: counted once by a worker, the same as counted live, and whose figures they are."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.domain import obligations
from courses.domain.assignment import Target, create_rule
from courses.models import Assignment
from people.models import Person
from reports.domain import keeping, kept
from reports.models import DayFigures
from shared.models import OutboxEntry
from tests.reports import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    class World:
        root = make.make_unit("Tỉnh")
        office, other = make.make_unit("Sở Nội vụ", root), make.make_unit("Sở Xây dựng", root)
        course = make.make_course("Văn hóa công vụ")
        people = [make.make_person(f"Lê Văn {number}", unit) for number, unit in enumerate([office, office, other])]
        day = make.in_days(-3)

    for days in (-20,):
        rule = create_rule(
            Assignment(course=World.course, due_on=make.in_days(9), active_from=make.in_days(days)),
            [Target(World.root)],
            actor=None,
        )
        obligations.evaluate_rule(rule)
    make.complete(World.people[0], World.course, make.in_days(-5))
    obligations.evaluate_rule(rule)
    keeping.keep_present()
    monkeypatch.setattr(kept, "LIVE_UP_TO", 1)
    return World


def ask(client, viewer, world, address="tong-quan/"):
    client.force_login(viewer)
    return client.get(f"/nhan-su/{address}?ngay={world.day.isoformat()}")


def waiting(world):
    return OutboxEntry.objects.filter(kind=kept.FORMER_DAY, subject_id=world.day.toordinal())


def test_a_wide_former_day_is_asked_of_a_worker_once_and_then_shown(client, world):
    viewer = make.make_hr(world.root)
    for address in ("tong-quan/", "", "bao-cao/theo-don-vi/"):
        answer = ask(client, viewer, world, address)
        assert answer.status_code == 202 and answer["Refresh"]
        assert "Đang tính số liệu" in answer.content.decode()
    assert waiting(world).count() == 1
    keeping.keep_day(world.day)
    for address in ("tong-quan/", "", "bao-cao/theo-don-vi/", "bao-cao/theo-khoa-hoc/", "bao-cao/theo-doi-tuong/"):
        assert ask(client, viewer, world, address).status_code == 200, address


def test_what_is_kept_is_what_is_counted_live(world, monkeypatch):
    viewer_units = lambda *units: type(world.root).objects.filter(pk__in=[unit.pk for unit in units])  # noqa: E731
    keeping.keep_day(world.day)
    everything, part = viewer_units(world.root, world.office, world.other), viewer_units(world.office)

    def read():
        return [
            (found.by_unit, found.by_kind)
            for units in (everything, part)
            for course in (None, world.course.pk)
            for found in [kept.figures_of(units, course, world.day, by_kind=True)]
        ] + [kept.by_course(everything, world.day)]

    stored = read()
    assert stored[0][0][world.office.pk].fulfilled == 1
    monkeypatch.setattr(kept, "LIVE_UP_TO", 10_000)
    assert read() == stored


def test_an_officer_of_a_part_reads_no_more_than_the_part(client, world):
    for number in range(3):
        make.make_person(f"Trần {number}", world.office)
    keeping.keep_day(world.day)
    answer = ask(client, make.make_hr(world.office), world)
    assert answer.status_code == 200
    assert [line.unit.pk for line in answer.context["desk"].unit_figures] in ([], [world.office.pk])
    assert set(answer.context["desk"].counted.by_unit) <= {world.office.pk}


def test_old_figures_are_counted_anew_and_yesterdays_are_not_shown(client, world):
    viewer = make.make_hr(world.root)
    keeping.keep_day(world.day)
    DayFigures.objects.update(made_at=timezone.now() - keeping.FRESH - timedelta(seconds=1))
    make.make_person("Người Mới", world.office)  # changes nothing of that day
    if timezone.localtime().time() > (timezone.datetime.min + timedelta(minutes=20)).time():
        assert ask(client, viewer, world).status_code == 200
        assert waiting(world).count() == 1
    DayFigures.objects.update(made_at=timezone.now() - timedelta(days=1))
    assert ask(client, viewer, world).status_code == 202
    Person.objects.filter(pk=world.people[1].pk).update(restricted_at=timezone.now())
    keeping.keep_day(world.day)
    assert ask(client, viewer, world).context["desk"].figures.total == 2


def test_a_worker_counts_itself(world):
    units = type(world.root).objects.all()
    with pytest.raises(kept.StillCounting):
        kept.figures_of(units, None, world.day)
    with kept.with_time():
        assert sum(one.obliged for one in kept.figures_of(units, None, world.day).by_unit.values()) == 3


def test_a_long_list_in_the_background_is_of_the_day_and_the_kind_asked_for(client, world):
    """The way through the background keeps every filter of the list: none may be lost on it."""
    from reports.exports.views import _LIST_FILTERS
    from reports.filters import Filters

    known = Filters(
        unit=world.root,
        only_direct=True,
        course=world.course,
        state="qua-han",
        basis="tinh-ty-le",
        text="an",
        day=world.day,
        group="lanh-dao",
    )
    assert set(known.parts()) == set(_LIST_FILTERS)
