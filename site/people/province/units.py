"""The province's units and the leaders' posts in them, planned without a database.

The plan depends on the size alone, and a smaller size's units are among a larger one's, so that sizes can stand
beside each other in one database.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random

from people.enums import UnitKind, UnitLine
from people.province.facts import facts, shares, sizes

HEAD, DEPUTY, SECOND_DEPUTY = 0, 1, 2


@dataclass(frozen=True)
class LeadingPost:
    """A leader's post. `rank`: heads come before deputies when there are fewer leaders than posts.

    `also`: a second post its holder has in another unit, as its code and the title.
    """

    title: str
    rank: int
    elected: bool = False
    also: tuple[str, str] | None = None


@dataclass
class PlannedUnit:
    """A unit. `staff` is how many have their primary posting right here, `sector` whose employment shares hold."""

    code: str
    name: str
    short_name: str
    kind: str
    line: str
    parent: str | None
    sector: str = ""
    workplace: str = "office"  # which posts there are besides the leaders'
    job: str = ""  # the professional title of the workplace's profession
    staff: int = 0
    aliases: tuple[str, ...] = ()
    leaders: list[LeadingPost] = field(default_factory=list)
    is_counted: bool = False  # among the units of the size, not an office of one


def plan_units(size: str, headed: frozenset[str] = frozenset()) -> list[PlannedUnit]:
    """All units of a size, parents before children. `headed`: units whose head exists already."""
    planner = _Planner(sizes()[size])
    units = planner.units()
    for unit in units:
        if unit.code in headed:
            unit.leaders = [post for post in unit.leaders if post.rank != HEAD]
        unit.leaders = [
            replace(post, also=None) if post.also and post.also[0] in headed else post for post in unit.leaders
        ]
    usual = round(sizes()[size]["people"] * facts()["rates"]["management"])
    _keep_quota(units, max(usual, sum(unit.is_counted for unit in units)))  # no unit is too small for a head
    return units


def count_by_kind(units: list[PlannedUnit]) -> dict[str, int]:
    return dict(sorted(Counter(str(unit.kind) for unit in units).items()))


def _keep_quota(units: list[PlannedUnit], quota: int) -> None:
    """Leaves as many leaders' posts as there are leaders: heads first, those of offices after those of units."""
    posts = [
        (HEAD if post.also else post.rank, not unit.is_counted, place, index)
        for place, unit in enumerate(units)
        for index, post in enumerate(unit.leaders[: unit.staff])
    ]
    kept = {post[2:] for post in sorted(posts)[:quota]}
    for place, unit in enumerate(units):
        unit.leaders = [post for index, post in enumerate(unit.leaders) if (place, index) in kept]


class _Planner:
    """Gathers the units kind by kind; the staff of all are dealt out so that they add up to the size."""

    def __init__(self, size: dict):
        self.size, self.counts, self.facts = size, size["units"], facts()["units"]
        self.random = Random("units of Lam Giang")  # noqa: S311  repeatable on purpose
        self.communes: list[tuple[PlannedUnit, str]] = []  # with “xã Khe Mây”

    def units(self) -> list[PlannedUnit]:
        province = facts()["province"]
        root = PlannedUnit(
            province["code"], province["name"], province["short_name"], UnitKind.PROVINCE, UnitLine.STATE, None
        )
        tops = [*self._offices(), *self._departments(), *self._communes()]
        tops += [*self._schools(), *self._health(), *self._public_services()]
        self._deal_out_staff(tops)
        units = [root]
        for unit in tops:
            units += [unit, *self._parts_of(unit)]
        return units

    def _deal_out_staff(self, tops: list[PlannedUnit]) -> None:
        wanted = []
        for unit in tops:
            staff = facts()["staff"][unit.sector]
            own = Random(f"staff of {unit.code}")  # noqa: S311
            wanted.append(max(own.gauss(staff["mean"], staff["deviation"]), staff["mean"] / 4))
        least = [facts()["staff"][unit.sector]["least"] for unit in tops]
        scale = self.size["people"] / sum(wanted)
        above = [max(want * scale - low, 0) for want, low in zip(wanted, least, strict=True)]
        for unit, staff in zip(tops, shares(self.size["people"], above, least), strict=True):
            unit.staff, unit.is_counted = staff, True

    # --- The units themselves -----------------------------------------------------------------------

    def _offices(self):
        lines = {"party_office": UnitLine.PARTY, "front_org": UnitLine.FRONT, "council_office": UnitLine.STATE}
        for sector, line in lines.items():
            for known in self.facts[sector][: self.counts[sector]]:
                parent = facts()["province"]["code"] if line == UnitLine.STATE else None
                leaders = _leaders(known["head"], known["deputy"], deputies=3)
                yield self._named(known, UnitKind(sector), line, parent, sector, leaders)

    def _departments(self):
        for known in self.facts["department"][: self.counts["department"]]:
            leaders = _leaders(known.get("head", "Giám đốc Sở"), known.get("deputy", "Phó Giám đốc Sở"), deputies=3)
            province = facts()["province"]["code"]
            yield self._named(known, UnitKind.DEPARTMENT, UnitLine.STATE, province, "department", leaders)

    def _named(self, known: dict, kind, line, parent, sector: str, leaders) -> PlannedUnit:
        names = known["code"], known["name"], known["short_name"]
        return PlannedUnit(*names, kind, line, parent, sector, aliases=tuple(known.get("aliases", ())), leaders=leaders)

    def _communes(self):
        listed = self._commune_names()
        abbreviated = Counter(_abbreviation(name) for _code, name, _ward in listed)
        for code, name, ward in listed[: self.counts["commune"]]:
            level = "phường" if ward else "xã"
            title = f"{level} {name}"
            aliases = [f"Ủy ban nhân dân {title}"]
            short = _abbreviation(name)
            if abbreviated[short] == 1:  # “xã T.Sơn” says nothing where there are two
                aliases += [f"UBND {level} {short}", f"{level.capitalize()} {short}"]
            leaders = _leaders(f"Chủ tịch UBND {level}", f"Phó Chủ tịch UBND {level}", deputies=2, elected=True)
            unit = PlannedUnit(
                code, f"UBND {title}", f"{level.capitalize()} {name}", UnitKind.COMMUNE, UnitLine.STATE,
                facts()["province"]["code"], "commune", aliases=tuple(aliases), leaders=leaders,
            )  # fmt: skip
            self.communes.append((unit, title))
            yield unit

    def _commune_names(self) -> list[tuple[str, str, bool]]:
        """Code, name, whether it is a ward: for as many communes as the largest size has, the known ones first."""
        commune = self.facts["commune"]
        known = [(one["code"], one["name"], one["ward"]) for one in commune["known"]]
        taken = {name for _code, name, _ward in known} | set(commune["real"])
        free = [f"{first} {second}" for first in commune["first"] for second in commune["second"]]
        free = [name for name in free if name not in taken]
        self.random.shuffle(free)
        wanted = sizes()["full"]["units"]["commune"] - len(known)
        wards = commune["wards"] - sum(ward for _code, _name, ward in known)
        return known + [(f"LG-X{n + 3:03d}", name, n < wards) for n, name in enumerate(free[:wanted])]

    def _schools(self):
        kinds = self.facts["school"]
        counts = shares(self.counts["school"], [kind["share"] for kind in kinds])
        for kind, count in zip(kinds, counts, strict=True):
            for number in range(count):
                commune, title = self.communes[number % len(self.communes)]
                place = title.split(" ", 1)[1]
                round_ = number // len(self.communes) + 1
                many = f"{kind['name']} số {round_} {place}" if round_ > 1 else f"{kind['name']} {place}"
                short = many.replace(kind["name"], kind["short_name"])
                aliases = [many.replace(kind["name"], alias) for alias in kind["aliases"]]
                yield PlannedUnit(
                    f"{commune.code}-{kind['suffix']}{round_}", many, short, UnitKind.SCHOOL, UnitLine.STATE,
                    kind.get("parent", commune.code), "school", "school", kind["job"], aliases=tuple(aliases),
                    leaders=_leaders("Hiệu trưởng", "Phó Hiệu trưởng", deputies=2),
                )  # fmt: skip

    def _health(self):
        named, regional = self.facts["health"]["named"], self.facts["health"]["regional"]
        for number in range(self.counts["health"]):
            if number < len(named):
                name = named[number]
            else:
                name = f"{regional} {self.communes[(number - len(named)) * 7 % len(self.communes)][1].split(' ', 1)[1]}"
            leaders = _leaders("Giám đốc", "Phó Giám đốc", deputies=3)
            leaders += [LeadingPost(title, SECOND_DEPUTY) for title in ["Trưởng khoa", "Phó Trưởng khoa"] * 6]
            yield PlannedUnit(
                f"LG-YT-{number + 1:02d}", name, name.replace("Trung tâm Y tế", "TTYT").replace("Bệnh viện", "BV"),
                UnitKind.HEALTH, UnitLine.STATE, "LG-YT", "health", "health", leaders=leaders,
            )  # fmt: skip

    def _public_services(self):
        for number, known in enumerate(self.facts["public_service"][: self.counts["public_service"]]):
            name = known["name"]
            head = "Trưởng ban" if name.startswith("Ban ") else "Giám đốc Trung tâm"
            deputy = "Phó Trưởng ban" if name.startswith("Ban ") else "Phó Giám đốc Trung tâm"
            yield PlannedUnit(
                f"LG-SN{number + 1:02d}", name, name.replace("Trung tâm", "TT").replace(" Lam Giang", ""),
                UnitKind.PUBLIC_SERVICE, UnitLine.STATE, known.get("parent", facts()["province"]["code"]),
                "public_service", leaders=_leaders(head, deputy, deputies=2),
            )  # fmt: skip

    # --- Their offices --------------------------------------------------------------------------------

    def _parts_of(self, unit: PlannedUnit) -> list[PlannedUnit]:
        if unit.kind == UnitKind.DEPARTMENT:
            return self._divisions(unit)
        if unit.kind == UnitKind.COMMUNE:
            return self._commune_offices(unit)
        return []

    def _divisions(self, unit: PlannedUnit) -> list[PlannedUnit]:
        own = Random(f"divisions of {unit.code}")  # noqa: S311
        names = self.facts["divisions"][: _around(own, *self.size["divisions"], least=1, most=8)]
        if unit.name.startswith("Văn phòng"):
            names = [name.replace("Văn phòng", "Phòng Hành chính - Quản trị") for name in names]
        agencies = self.facts["sub_departments"].get(unit.code, [])
        agencies = agencies[: _around(own, *self.size["sub_departments"], least=0, most=len(agencies))]
        at_top = min(len(unit.leaders), max(1, unit.staff // 12))
        weights = [own.uniform(0.7, 1.3) for _name in names] + [own.uniform(1.2, 2.2) for _name in agencies]
        dealt = shares(max(unit.staff - at_top, 0), weights)
        parts = []
        for place, (name, staff) in enumerate(zip([*names, *agencies], dealt, strict=True), start=1):
            agency = name in agencies
            number = place - len(names) if agency else place  # a larger size has more divisions, not other codes
            head = "Chi cục trưởng" if agency else "Chánh Văn phòng" if name == "Văn phòng" else "Trưởng phòng"
            deputy = "Phó Chi cục trưởng" if agency else "Phó " + head
            parts.append(
                PlannedUnit(
                    f"{unit.code}-{'CC' if agency else 'P'}{number}",
                    name if agency else f"{name} {unit.name}",
                    f"{_initials(name)} {unit.short_name}",
                    UnitKind.DIVISION,
                    UnitLine.STATE,
                    unit.code,
                    unit.sector,
                    staff=staff,
                    aliases=(name,),
                    leaders=_leaders(head, deputy, deputies=2 if staff > 9 else 1),
                )
            )
        unit.staff -= sum(dealt)
        return parts

    def _commune_offices(self, unit: PlannedUnit) -> list[PlannedUnit]:
        title = unit.name.removeprefix("UBND ")
        level, place = title.split(" ", 1)
        offices = self.facts["commune"]["offices"]
        at_top = min(len(unit.leaders), max(1, unit.staff // 9))
        dealt = shares(unit.staff - at_top, [office["share"] for office in offices])
        unit.staff = at_top
        parts = {}
        for office, staff in zip(offices, dealt, strict=True):
            name = office.get("in_wards", office["name"]) if level == "phường" else office["name"]
            leaders = _leaders(
                office["head"].format(level=level), office["deputy"].format(level=level),
                deputies=1, elected=office.get("elected", False),
            )  # fmt: skip
            parts[office["suffix"]] = PlannedUnit(
                f"{unit.code}-{office['suffix']}", f"{name} {title}", f"{office['short_name']} {place}",
                UnitKind(office["kind"]), UnitLine(office["line"]), unit.code, unit.sector,
                "one_stop" if office["kind"] == UnitKind.SERVICE_CENTRE else "office",
                staff=staff, aliases=(name, *office.get("aliases", ())), leaders=leaders,
            )  # fmt: skip
        for office in offices:
            if "held_by" in office:
                _hold_both(unit, parts, office, level)
        return list(parts.values())


def _hold_both(unit: PlannedUnit, parts: dict[str, PlannedUnit], office: dict, level: str) -> None:
    """The office's head is a leader of the commune, who holds that post beside the first."""
    part = parts[office["suffix"]]
    holder, rank = (unit, DEPUTY) if office["held_by"] == "deputy" else (parts[office["held_by"]], HEAD)
    for index, post in enumerate(holder.leaders):
        if post.rank == rank and post.also is None:
            holder.leaders[index] = replace(post, also=(part.code, office["head"].format(level=level)))
            part.leaders = [own for own in part.leaders if own.rank != HEAD]
            return


def _leaders(head: str, deputy: str, *, deputies: int, elected: bool = False) -> list[LeadingPost]:
    ranks = [DEPUTY] + [SECOND_DEPUTY] * (deputies - 1)
    return [LeadingPost(head, HEAD, elected), *(LeadingPost(deputy, rank, elected) for rank in ranks[:deputies])]


def _around(random: Random, mean: float, deviation: float, *, least: int, most: int) -> int:
    return min(max(round(random.gauss(mean, deviation)), least), most)


def _abbreviation(name: str) -> str:
    """“Thượng Sơn” as sheets shorten it: “T.Sơn”."""
    first, rest = name.split(" ", 1)
    return f"{first[0]}.{rest}"


def _initials(name: str) -> str:
    return "".join(word[0].upper() for word in name.replace("-", " ").split())
