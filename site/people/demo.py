"""The fictional province of Lam Giang, twelve demo accounts and 600 people beside them: all made up ("minh họa")."""

import contextlib
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from people.domain import persons, roles, units
from people.enums import EmploymentType, PositionGroup, Role, UnitKind, UnitLine
from people.models import Person, Unit
from people.province import loading

SINCE = date(2025, 7, 1)
PROVINCE = "LG"

# code: (name, short name, parent, kind, line)
UNITS = {
    PROVINCE: ("Tỉnh Lam Giang", "Lam Giang", None, UnitKind.PROVINCE, UnitLine.STATE),
    "LG-NV": ("Sở Nội vụ", "Sở NV", PROVINCE, UnitKind.DEPARTMENT, UnitLine.STATE),
    "LG-VHTTDL": ("Sở Văn hóa, Thể thao và Du lịch", "Sở VHTTDL", PROVINCE, UnitKind.DEPARTMENT, UnitLine.STATE),
    "LG-KHCN": ("Sở Khoa học và Công nghệ", "Sở KHCN", PROVINCE, UnitKind.DEPARTMENT, UnitLine.STATE),
    "LG-TS": ("UBND xã Thượng Sơn", "Xã Thượng Sơn", PROVINCE, UnitKind.COMMUNE, UnitLine.STATE),
    "LG-TS-PVHCC": (
        "Trung tâm Phục vụ hành chính công xã Thượng Sơn",
        "TTPVHCC Thượng Sơn",
        "LG-TS",
        UnitKind.SERVICE_CENTRE,
        UnitLine.STATE,
    ),
    "LG-TS-VHXH": (
        "Phòng Văn hóa - Xã hội xã Thượng Sơn",
        "VH-XH Thượng Sơn",
        "LG-TS",
        UnitKind.DIVISION,
        UnitLine.STATE,
    ),
    "LG-KL": ("UBND phường Khe Luông", "Phường Khe Luông", PROVINCE, UnitKind.COMMUNE, UnitLine.STATE),
    "LG-TU": ("Văn phòng Tỉnh ủy Lam Giang", "VPTU", None, UnitKind.PARTY_OFFICE, UnitLine.PARTY),
    "LG-MTTQ": (
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lam Giang",
        "UBMTTQ tỉnh",
        None,
        UnitKind.FRONT_ORG,
        UnitLine.FRONT,
    ),
}


@dataclass(frozen=True)
class Demo:
    """One demo account: who, where, and with which roles (role, unit)."""

    username: str
    full_name: str
    unit: str
    position: str
    roles: tuple = ()
    group: PositionGroup = PositionGroup.PROFESSIONAL
    is_manager: bool = False
    employment: EmploymentType = EmploymentType.CIVIL_SERVANT
    staff_number: str = field(default="")


CAST = (
    Demo("lan", "Nông Thị Lan", "LG-TS-PVHCC", "Công chức Bộ phận Một cửa", group=PositionGroup.ONE_STOP),
    Demo("minh", "Đặng Quang Minh", "LG-KL", "Chuyên viên"),
    Demo("hung", "Vũ Mạnh Hùng", "LG-TS", "Công chức Văn phòng", ((Role.HR_OFFICER, "LG-TS"),)),
    Demo("binh", "Triệu Thanh Bình", "LG-KL", "Công chức Văn phòng", ((Role.HR_OFFICER, "LG-KL"),)),
    Demo("hoa", "Ma Thị Hòa", "LG-TS", "Chủ tịch UBND xã", group=PositionGroup.LEADER, is_manager=True,
         employment=EmploymentType.OFFICIAL),
    Demo("tam", "Lương Minh Tâm", "LG-NV", "Chuyên viên chính", ((Role.COURSE_AUTHOR, PROVINCE),)),
    Demo("thao", "Bế Phương Thảo", "LG-VHTTDL", "Chuyên viên báo chí", ((Role.PRESS_OFFICER, PROVINCE),)),
    Demo("quang", "Hoàng Đức Quang", "LG-NV", "Giám đốc Sở", ((Role.REVIEWER, PROVINCE), (Role.SIGNATORY, "LG-NV")),
         group=PositionGroup.LEADER, is_manager=True),
    Demo("mai", "Lục Ngọc Mai", "LG-MTTQ", "Chuyên viên", ((Role.OBSERVER, PROVINCE),)),
    Demo("son", "Đinh Hải Sơn", "LG-NV", "Thanh tra viên", ((Role.INSPECTOR, PROVINCE),)),
    Demo("ha", "Sầm Thu Hà", "LG-NV", "Văn thư", ((Role.CLERK, "LG-NV"),), group=PositionGroup.SUPPORT),
    Demo("an", "Chu Thành An", "LG-KHCN", "Chuyên viên", ((Role.ADMINISTRATOR, PROVINCE),)),
)  # fmt: skip
HEADS = {"LG-TS": "hoa", "LG-NV": "quang"}
SEED = 1847  # of the people beside the cast


@transaction.atomic
def load_units() -> None:
    """Creates the demo units; twice changes nothing."""
    for code, (name, short_name, parent, kind, line) in UNITS.items():
        if Unit.objects.filter(code=code).exists():
            continue
        above = Unit.objects.get(code=parent) if parent else None
        units.create_unit(code, name, parent=above, active_from=SINCE, short_name=short_name, kind=kind, line=line)


def load_cast(password: str) -> None:
    """Creates the demo accounts with one password; accounts that exist are left as they are."""
    for number, demo in enumerate(CAST, start=1):
        if not Person.objects.filter(username=demo.username).exists():
            _load_person(demo, f"LG{number:04d}", password)
    with transaction.atomic():
        for code, username in HEADS.items():
            Unit.objects.filter(code=code, head__isnull=True).update(head=Person.objects.get(username=username))


@transaction.atomic
def _load_person(demo: Demo, staff_number: str, password: str) -> None:
    person = persons.create_person(
        demo.username,
        demo.full_name,
        password,
        staff_number=staff_number,
        work_email=f"{demo.username}@lamgiang.example",
    )
    persons.post(
        person,
        Unit.objects.get(code=demo.unit),
        demo.position,
        since=SINCE,
        position_group=demo.group,
        is_manager=demo.is_manager,
        employment_type=demo.employment,
    )
    for role, unit in demo.roles:
        roles.grant_role(person, role, Unit.objects.get(code=unit), actor=None)


def load_people() -> None:
    """Creates the small province around the cast, whose units and heads stay theirs; twice changes nothing.

    Who made that province with another seed keeps it.
    """
    with contextlib.suppress(loading.AnotherSeed):
        loading.load_province("small", SEED, into_existing=True)
