"""The planned province: the same for the same seed, as large as it should be, with names as the sources give them."""

from collections import Counter

import pytest

from people.enums import Gender, UnitKind, UnitLine
from people.province.facts import facts, shares, sizes
from people.province.persons import plan_people
from people.province.units import plan_units

SIZES = ("tiny", "small", "full")


def people_of(size: str, seed: int = 1) -> list:
    return list(plan_people(plan_units(size), size, seed))


@pytest.fixture(scope="module")
def full():
    return people_of("full")


def test_the_same_seed_gives_the_same_people_and_another_one_others():
    assert people_of("tiny", 5) == people_of("tiny", 5)
    assert {one.full_name for one in people_of("tiny", 5)} != {one.full_name for one in people_of("tiny", 6)}


@pytest.mark.parametrize("size", SIZES)
def test_every_size_has_its_units_and_people(size):
    units = plan_units(size)
    counted = Counter(str(unit.sector) for unit in units if unit.is_counted)
    assert counted == {kind: count for kind, count in sizes()[size]["units"].items() if count}
    assert sum(unit.staff for unit in units) == sizes()[size]["people"]


@pytest.mark.parametrize("size", SIZES)
def test_units_stand_below_earlier_ones_and_have_names_of_their_own(size):
    units = plan_units(size)
    before: set[str] = set()
    for unit in units:
        assert unit.parent is None or unit.parent in before
        before.add(unit.code)
    assert len(before) == len(units) == len({unit.name for unit in units})
    assert {unit.line for unit in units if unit.parent is None} == {UnitLine.STATE, UnitLine.PARTY, UnitLine.FRONT}


def test_a_smaller_province_is_part_of_a_larger_one():
    def names(size):
        return {(unit.code, unit.name, unit.parent) for unit in plan_units(size)}

    assert names("tiny") < names("full")
    assert names("small") < names("full"), "else units stand twice where sizes stand beside each other"


def test_no_commune_bears_the_name_of_a_real_one():
    known = {one["name"] for one in facts()["units"]["commune"]["known"]}  # the demo's, there before
    communes = [unit for unit in plan_units("full") if unit.kind == UnitKind.COMMUNE]
    names = {unit.name.split(" ", 2)[2] for unit in communes}
    assert len(names) == len(communes) == 120
    assert not (names - known) & set(facts()["units"]["commune"]["real"])


def test_wards_have_their_own_division_and_every_commune_its_eight_offices():
    units = plan_units("full")
    below = Counter(unit.parent for unit in units if not unit.is_counted and unit.sector == "commune")
    assert set(below.values()) == {8}
    urban = [unit for unit in units if unit.name.startswith("Phòng Kinh tế, Hạ tầng và Đô thị phường")]
    assert len(urban) == 8


def test_names_are_as_frequent_as_the_sources_say(full):
    surnames = Counter(one.full_name.split()[0] for one in full)
    wanted = facts()["names"]["surnames"]
    for surname in ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Nông"):
        assert surnames[surname] / len(full) * 100 == pytest.approx(wanted[surname], rel=0.1)
    shared = Counter(one.full_name for one in full)
    assert 0.5 < sum(count for count in shared.values() if count > 1) / len(full) < 0.6
    assert 110 < shared["Nguyễn Thị Trang"] < 190


@pytest.mark.parametrize("gender", [Gender.MALE, Gender.FEMALE])
def test_names_have_as_many_words_as_the_sources_say(full, gender):
    hmong = facts()["names"]["hmong"]["surnames"]
    names = [one.full_name.split() for one in full if one.gender == gender]
    others = [words for words in names if words[0] not in hmong]
    for length, share in facts()["names"]["words"][gender].items():
        assert sum(len(words) == length for words in others) / len(others) == pytest.approx(share, abs=0.012)
    middle = {"male": "A", "female": "Thị"}[gender]
    assert all(len(words) == 3 and words[1] == middle for words in names if words[0] in hmong)


def test_rates_are_those_of_the_facts(full):
    rates = facts()["rates"]

    def share(condition) -> float:
        return sum(map(condition, full)) / len(full)

    assert share(lambda one: one.postings[0].is_manager) == pytest.approx(rates["management"], abs=0.0005)
    assert share(lambda one: not one.work_email) == pytest.approx(rates["without_work_email"], abs=0.01)
    assert share(lambda one: not one.phone) == pytest.approx(rates["without_phone"], abs=0.01)
    assert share(lambda one: one.gender == Gender.FEMALE) == pytest.approx(rates["female"], abs=0.01)
    years = Counter(one.birth_date.year for one in full)
    assert set(years) == set(range(1965, 2004))
    assert abs(years.most_common(1)[0][0] - facts()["birth_years"]["most"]) <= 3


def test_employment_follows_the_kind_of_unit(full):
    by_code = {unit.code: unit for unit in plan_units("full")}
    found: dict[str, Counter] = {}
    for one in full:
        held = one.postings[0]
        if not held.is_manager:
            found.setdefault(by_code[held.unit].sector, Counter())[str(held.employment)] += 1
    for sector in ("school", "department", "commune"):
        weights = facts()["employment"][sector]
        for employment, weight in weights.items():
            share = found[sector][employment] / found[sector].total()
            assert share == pytest.approx(weight / sum(weights.values()), abs=0.03)


def test_numbers_belong_to_one_person_each_and_to_nobody_real(full):
    for name in ("staff_number", "national_id", "username"):
        assert len({getattr(one, name) for one in full}) == len(full)
    for name in ("work_email", "phone"):
        given = [getattr(one, name) for one in full if getattr(one, name)]
        assert len(set(given)) == len(given)
    for one in full:
        assert one.national_id[:3] == "099" and len(one.national_id) == 12
        assert int(one.national_id[3]) == (one.gender == Gender.FEMALE) + 2 * (one.birth_date.year >= 2000)
        assert one.national_id[4:6] == f"{one.birth_date:%y}"
        assert not one.phone or (one.phone.startswith("0100") and len(one.phone) == 10)
        assert not one.work_email or one.work_email.endswith("@lamgiang.example")


def test_some_hold_two_posts_but_only_one_primary(full):
    two = [one for one in full if len(one.postings) > 1]
    assert 100 < len(two) < 800
    assert all([held.is_primary for held in one.postings] == [True, False] for one in two)
    assert any(one.postings[1].title.startswith("Giám đốc Trung tâm Phục vụ hành chính công") for one in two)


def test_nearly_every_unit_has_one_head(full):
    heads = Counter(code for one in full for code in one.heads)
    counted = {unit.code for unit in plan_units("full") if unit.is_counted}
    assert max(heads.values()) == 1
    assert counted <= set(heads)


def test_a_head_who_is_there_already_is_not_planned_again():
    titles = [
        held.title
        for one in plan_people(plan_units("small", frozenset({"LG-TS"})), "small", 1)
        for held in one.postings
        if held.unit == "LG-TS"
    ]
    assert titles and "Chủ tịch UBND xã" not in titles


@pytest.mark.parametrize(
    ("total", "weights", "least", "dealt"),
    [(10, [1, 1, 2], 0, [3, 2, 5]), (10, [0, 0, 1], 2, [2, 2, 6]), (3, [1, 1], 2, [2, 2]), (5, [], 0, [])],
)
def test_shares_add_up_and_respect_the_least(total, weights, least, dealt):
    assert shares(total, weights, least) == dealt
