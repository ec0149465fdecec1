"""What the viewer asks of the directory, read from the address. It makes the page, the files and the links alike."""

from dataclasses import dataclass, field, fields

from django.db import models
from django.http import Http404, QueryDict
from django.utils.http import urlencode
from django.utils.translation import pgettext_lazy

from people.enums import EmploymentType, PositionGroup
from people.unit_tree import UnitNode, UnitTree
from shared.text.fold import fold

_LONGEST_SEARCH = 120


class Service(models.TextChoices):
    """The values of `cong_tac`. Without one: those who serve, or will from a day already recorded."""

    COMING = "sap-nhan", pgettext_lazy("staff", "Begins later")
    LEFT = "da-thoi", pgettext_lazy("staff", "Holds no posting any more")
    ALL = "tat-ca", pgettext_lazy("staff", "All, those who left included")


class AccountState(models.TextChoices):
    """The values of `tai_khoan`."""

    NEVER_USED = "chua-dang-nhap", pgettext_lazy("account", "Never signed in")
    ACTIVE = "dang-dung", pgettext_lazy("account", "Active")
    RESTING = "tam-ngung", pgettext_lazy("account", "Resting: unused for long")
    CLOSED = "da-dong", pgettext_lazy("account", "Closed")


class Manager(models.TextChoices):
    """The values of `quan_ly`."""

    YES = "co", pgettext_lazy("staff", "Leaders and managers")
    NO = "khong", pgettext_lazy("staff", "All others")


_ADDRESS_NAMES = {
    "unit": "don_vi",
    "group": "nhom",
    "employment": "loai",
    "manager": "quan_ly",
    "service": "cong_tac",
    "account": "tai_khoan",
    "text": "q",
}


@dataclass(frozen=True)
class Filters:
    """Checked filters. `ignored` names the parts of the address that made no sense and were left out."""

    unit: UnitNode | None = None
    group: PositionGroup | None = None
    employment: EmploymentType | None = None
    manager: Manager | None = None
    service: Service | None = None
    account: AccountState | None = None
    text: str = ""
    ignored: list[str] = field(default_factory=list)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the unit narrows the list."""
        return any(getattr(self, name) for name in _ADDRESS_NAMES if name != "unit")

    def parts(self, **changes) -> dict[str, str]:
        """These filters with some changed, as an address or the hidden fields of a form hold them."""
        chosen = {one.name: getattr(self, one.name) for one in fields(self)} | changes
        parts = {key: chosen[name] for name, key in _ADDRESS_NAMES.items() if chosen[name]}
        return {key: str(value.pk if isinstance(value, UnitNode) else value) for key, value in parts.items()}

    def address(self, **changes) -> str:
        """The part of an address after "?"."""
        return urlencode(self.parts(**changes))


def read_filters(sent: QueryDict, tree: UnitTree) -> Filters:
    """Checks what was sent. A unit outside the tree is not found; nonsense is ignored and named."""
    ignored: list[str] = []
    return Filters(
        unit=_unit(sent, tree, ignored),
        group=_choice(sent, "nhom", PositionGroup, ignored),
        employment=_choice(sent, "loai", EmploymentType, ignored),
        manager=_choice(sent, "quan_ly", Manager, ignored),
        service=_choice(sent, "cong_tac", Service, ignored),
        account=_choice(sent, "tai_khoan", AccountState, ignored),
        text=_text(sent, ignored),
        ignored=ignored,
    )


def _unit(sent: QueryDict, tree: UnitTree, ignored: list[str]) -> UnitNode | None:
    value = sent.get("don_vi", "").strip()
    if not value:
        return None
    if not (value.isascii() and value.isdecimal()):
        ignored.append(_shown("don_vi", value))
        return None
    unit = tree.nodes.get(int(value[:18]))
    if unit is None:
        raise Http404
    return unit


def _choice(sent: QueryDict, name: str, choices, ignored: list[str]):
    value = sent.get(name, "").strip()
    if not value:
        return None
    try:
        return choices(value)
    except ValueError:
        ignored.append(_shown(name, value))
        return None


def _text(sent: QueryDict, ignored: list[str]) -> str:
    text = " ".join(sent.get("q", "").replace("\x00", "").split())
    if text and (len(text) > _LONGEST_SEARCH or not fold(text)):
        ignored.append(_shown("q", text))
        return ""
    return text


def _shown(name: str, value: str) -> str:
    return f"{name}={value[:30]}"
