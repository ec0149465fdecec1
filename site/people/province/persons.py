"""The province's people and their postings, one after the other: nothing is kept but the unit at hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from people.enums import EmploymentType, Gender, PositionGroup
from people.province.facts import Weighted, facts, marks, sizes
from people.province.names import NameMaker
from people.province.units import HEAD, LeadingPost, PlannedUnit
from shared.text.fold import fold
from shared.text.names import split_name

_SERIES = 100_000  # numbers a size of province may give out


@dataclass(frozen=True, slots=True)
class PlannedPosting:
    unit: str
    title: str
    employment: str
    group: str
    since: date
    job: str = ""
    grade: str = ""
    is_manager: bool = False
    is_primary: bool = True


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """`heads`: codes of the units this person is the head of."""

    staff_number: str
    full_name: str
    gender: str
    birth_date: date
    work_email: str
    phone: str
    national_id: str
    postings: tuple[PlannedPosting, ...]
    heads: tuple[str, ...] = ()

    @property
    def username(self) -> str:
        return self.staff_number.lower()


def plan_people(units: list[PlannedUnit], size: str, seed: int) -> Iterator[PlannedPerson]:
    """Everybody in the planned units, leaders of a unit first. The same size and seed give the same people."""
    maker = _PersonMaker(units, size, seed)
    for unit in units:
        yield from maker.people_of(unit)


class _PersonMaker:
    def __init__(self, units: list[PlannedUnit], size: str, seed: int):
        self.seed, self.size, self.series = seed, size, sizes()[size]["series"]
        self.rates, self.years = facts()["rates"], facts()["birth_years"]
        self.names = NameMaker(facts()["names"])
        self.posts = {
            (workplace, employment): Weighted({index: post["weight"] for index, post in enumerate(posts)})
            for workplace, by_employment in facts()["posts"].items()
            for employment, posts in by_employment.items()
        }
        self.employment = {sector: Weighted(weights) for sector, weights in facts()["employment"].items()}
        self.beside = _neighbours(units)
        self.number = 0
        self.offset = Random(f"{size} {seed}").randrange(_SERIES)  # noqa: S311  repeatable on purpose

    def people_of(self, unit: PlannedUnit) -> Iterator[PlannedPerson]:
        random = Random(f"{self.size} {self.seed} {unit.code}")  # noqa: S311
        for place in range(unit.staff):
            leading = unit.leaders[place] if place < len(unit.leaders) else None
            yield self._person(unit, leading, random)

    def _person(self, unit: PlannedUnit, leading: LeadingPost | None, random: Random) -> PlannedPerson:
        self.number += 1
        gender = Gender.FEMALE if random.random() < self.rates["female"] else Gender.MALE
        born = self._birth_date(random, leading)
        name = self.names.draw(random, gender)
        staff_number = f"LG{self._serial(61_681)}"
        postings = self._leading(unit, leading) if leading else self._serving(unit, random)
        heads = [postings[0].unit] if leading and leading.rank == HEAD else []
        heads += [posting.unit for posting in postings[1:] if posting.is_manager]
        return PlannedPerson(
            staff_number=staff_number,
            full_name=name,
            gender=gender,
            birth_date=born,
            work_email="" if random.random() < self.rates["without_work_email"] else _email(name, staff_number),
            phone=""
            if random.random() < self.rates["without_phone"]
            else marks()["phone_prefix"] + self._serial(28_657),
            national_id=self._national_id(gender, born),
            postings=postings,
            heads=tuple(heads),
        )

    def _serial(self, step: int) -> str:
        """Six digits nobody else of the province has: the size's own series, then the number, well mixed.

        A step without a factor in common with 100 000 visits every number once.
        """
        return f"{self.series}{(self.number * step + self.offset) % _SERIES:05d}"

    def _birth_date(self, random: Random, leading: LeadingPost | None) -> date:
        last = self.years["last"] - (12 if leading else 0)
        year = int(random.triangular(self.years["first"], last + 1, self.years["most"]))
        return date(min(year, last), 1, 1) + timedelta(days=random.randrange(365))

    def _national_id(self, gender: str, born: date) -> str:
        """Prefix, sex and century, year of birth, number: the form of an ID with a province that does not exist."""
        century = (0 if born.year < 2000 else 2) + (gender == Gender.FEMALE)
        return f"{marks()['national_id_prefix']}{century}{born.year % 100:02d}{self._serial(46_369)}"

    def _leading(self, unit: PlannedUnit, post: LeadingPost) -> tuple[PlannedPosting, ...]:
        if post.elected:
            employment = EmploymentType.OFFICIAL
        elif unit.workplace in {"school", "health"} or unit.sector == "public_service":
            employment = EmploymentType.PUBLIC_EMPLOYEE
        else:
            employment = EmploymentType.CIVIL_SERVANT
        held = {
            "employment": employment,
            "group": PositionGroup.LEADER,
            "since": facts()["since"],
            "grade": "Chuyên viên chính" if employment == EmploymentType.CIVIL_SERVANT else "",
            "is_manager": True,
        }
        first = PlannedPosting(unit.code, post.title, **held)
        if post.also is None:
            return (first,)
        code, title = post.also
        return first, PlannedPosting(code, title, **held, is_primary=False)

    def _serving(self, unit: PlannedUnit, random: Random) -> tuple[PlannedPosting, ...]:
        employment = self.employment[unit.sector].draw(random)
        posts = facts()["posts"][unit.workplace][employment]
        post = posts[self.posts[unit.workplace, employment].draw(random)]
        since = facts()["since"]
        if random.random() < self.rates["joined_later"]:
            since += timedelta(days=random.randrange(1, 365))
        first = PlannedPosting(
            unit.code, post["title"], employment, post["group"], since,
            job=unit.job if post["group"] == PositionGroup.TEACHING else post.get("job", ""),
            grade=post.get("grade", ""),
        )  # fmt: skip
        beside = self.beside.get(unit.code)
        if beside and employment != EmploymentType.CONTRACT_WORKER and random.random() < self.rates["second_posting"]:
            title = f"{post['title']} kiêm nhiệm"
            second = PlannedPosting(random.choice(beside), title, employment, post["group"], since, is_primary=False)
            return first, second
        return (first,)


def _neighbours(units: list[PlannedUnit]) -> dict[str, list[str]]:
    """For each office of a department or commune the other offices of the same."""
    parts: dict[str, list[str]] = {}
    for unit in units:
        if unit.parent and not unit.is_counted:
            parts.setdefault(unit.parent, []).append(unit.code)
    return {code: [other for other in codes if other != code] for codes in parts.values() for code in codes}


def _email(full_name: str, staff_number: str) -> str:
    """lannt361681@…: given name, initials of the other words, and the number that makes it unique."""
    family, middle, given = split_name(full_name)
    others = "".join(word[0] for word in fold(f"{family} {middle}").split())
    return f"{fold(given)}{others}{staff_number[2:]}@{marks()['email_domain']}"
