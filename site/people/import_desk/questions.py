"""Names of units a list uses and nobody knows: what the preview asks about each of them, and what is answered."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import ngettext

from people.domain.importing import UnitChoice
from people.domain.importing.unit_choices import UnitName, unit_names_of
from people.domain.importing.unit_offers import UnitOffers
from people.enums import ImportState, RowKind
from people.import_desk.findings import Reason
from people.models import PeopleImport, Person
from people.sheets.problems import message_of
from people.sheets.vocabulary import LABELS
from shared.tables import grouped

MOST_ASKED, _NEAREST, _FOUND = 12, 4, 8
_LONGEST_SEARCH = 120
_EXPLAINED = frozenset({"unit_abolished", "unit_closed", "unit_closed_replaced"})  # the others speak for themselves


@dataclass(frozen=True)
class Option:
    """A unit that may be meant."""

    pk: int
    name: str
    code: str
    is_chosen: bool


@dataclass
class Question:
    """One name of the list: which unit is it?"""

    reference: str
    label: str
    found: str
    within: str
    why: str
    rows: str
    address: str
    is_decided: bool
    can_be_remembered: bool
    is_remembered: bool = False
    text: str = ""
    found_nothing: bool = False
    options: list[Option] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Nothing chosen: the rows stay out."""
        return not any(option.is_chosen for option in self.options)


@dataclass
class Questions:
    """What is asked now; `more` further names follow when these are decided on."""

    seen: int
    asked: list[Question]
    decided: list[Question]
    more: int

    def __bool__(self) -> bool:
        return bool(self.asked or self.decided)


def questions_of(people_import: PeopleImport, viewer: Person, sent: QueryDict | None = None) -> Questions | None:
    """Nothing to ask: no query but one. `sent` is what was chosen and searched for, but not noted yet."""
    if people_import.state != ImportState.READY:
        return None
    if not people_import.counts.get(RowKind.REFUSED.value) and not people_import.unit_choices:
        return None
    names = unit_names_of(people_import)
    if not names:
        return None
    offers = UnitOffers(people_import, viewer)
    asked = [name for name in names if not name.is_decided]
    questions = [_question(name, people_import, offers, sent) for name in asked[:MOST_ASKED]]
    decided = [_question(name, people_import, offers, sent) for name in names if name.is_decided]
    return Questions(people_import.staging_round, questions, decided, max(0, len(asked) - MOST_ASKED))


def _question(name: UnitName, people_import: PeopleImport, offers: UnitOffers, sent: QueryDict | None) -> Question:
    chosen = _chosen(name, people_import, sent)
    text = sent.get(f"q-{name.reference}", "").strip()[:_LONGEST_SEARCH] if sent else ""
    searched = offers.search(text, _FOUND)
    near = offers.near(name.found, name.below, _NEAREST) if not name.is_decided else []
    shown = dict.fromkeys(pk for pk in (*near, *searched, chosen) if pk in offers)
    reason = urlencode(Reason(name.code, name.found).sent)
    return Question(
        name.reference,
        str(LABELS.get(name.column, "")),
        name.found,
        offers.label(name.below) if name.below in offers.lookup.all.units else "",
        message_of(name.code, name.params) if name.code in _EXPLAINED else "",
        ngettext("{n} row", "{n} rows", name.rows).format(n=grouped(name.rows)),
        reason,
        name.is_decided,
        name.can_be_remembered,
        bool(sent and sent.get(f"nho-{name.reference}")),
        text,
        bool(text) and not searched,
        [Option(pk, offers.label(pk), offers.units[pk].code, pk == chosen) for pk in shown],
    )


def _chosen(name: UnitName, people_import: PeopleImport, sent: QueryDict | None) -> int | None:
    if sent is not None:
        return _unit(sent.get(f"u-{name.reference}", ""))
    return people_import.unit_choices.get(name.reference, {}).get("unit") if name.is_decided else None


def _unit(sent: str) -> int | None:
    return int(sent) if sent.isdecimal() and len(sent) < 16 else None


def choices_of(sent: QueryDict) -> tuple[list[UnitChoice], int]:
    """(the decisions that were sent, the number of the reading they were made on)."""
    references = [key[2:] for key in sent if key.startswith("u-") and len(key) < 40][:200]
    choices = [UnitChoice(one, _unit(sent[f"u-{one}"]), bool(sent.get(f"nho-{one}"))) for one in references]
    return choices, _unit(sent.get("seen", "")) or 0
