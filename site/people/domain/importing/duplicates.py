"""Keys that stand twice in one file: who keeps them, and which rows repeat a person."""

from collections import defaultdict

from people.domain.importing.records import hash_of
from people.sheets.cells.text import folded, name_key
from people.sheets.draft import Draft
from people.sheets.problems import Problem

_TWICE = {"staff_number": "staff_number_twice", "national_id_hash": "national_id_twice", "work_email": "email_twice"}
_COLUMN = {"staff_number": "staff_number", "national_id_hash": "national_id", "work_email": "work_email"}
_MOST_NAMED = 5


class FileIndex:
    """All rows of a file by their keys, names and telephones; positions count from 0 over all sheets.

    Of two rows that give one key to different people the first keeps it (an e-mail address: the one whose name it
    holds); the other is refused. A key that is already on record for somebody is judged by the record instead.
    """

    def __init__(self, drafts: list[Draft]):
        self.drafts = drafts
        self._holders: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._names: dict[str, list[int]] = defaultdict(list)
        for position, draft in enumerate(drafts):
            for key, value in _keys(draft):
                self._holders[key, value].append(position)
            if "phone" in draft.values:
                self._holders["phone", draft.values["phone"]].append(position)
            if "full_name" in draft.values:
                self._names[name_key(draft.values["full_name"])].append(position)

    def repeated(self, position: int) -> list[Problem]:
        """What is wrong with a row because of other rows of the file."""
        draft, problems = self.drafts[position], []
        for key, value in _keys(draft):
            holders = self._holders[key, value]
            if len(holders) == 1:
                continue
            keeper = self._keeper(key, value, holders)
            if position == keeper:
                continue
            if key != "work_email" and self._same_person(position, keeper):
                return [Problem("repeated_row", _COLUMN[key], {"rows": str(self.drafts[keeper].number)})]
            problems.append(Problem(_TWICE[key], _COLUMN[key], {"rows": self._numbers(holders, position)}))
        return problems

    def shares_phone(self, position: int) -> Problem | None:
        phone = self.drafts[position].values.get("phone")
        holders = self._holders["phone", phone] if phone else []
        if len(holders) < 2:
            return None
        return Problem("phone_twice", "phone", {"rows": self._numbers(holders, position)})

    def repeats_posting_of(self, position: int) -> bool:
        """Whether an earlier row speaks of the same person: then this one may only be about another posting."""
        return any(
            self._holders[key, value][0] < position and self._same_person(position, self._holders[key, value][0])
            for key, value in _keys(self.drafts[position])
            if key != "work_email"
        )

    def namesakes(self, position: int) -> list[int]:
        """Other rows of the same name, one of which has no key, with the same unit texts or the same birth date."""
        draft = self.drafts[position]
        if "full_name" not in draft.values:
            return []
        return [
            other
            for other in self._names[name_key(draft.values["full_name"])]
            if other != position
            and not (draft.has_key and self.drafts[other].has_key)
            and _shares(draft, self.drafts[other])
        ]

    def _keeper(self, key: str, value: str, holders: list[int]) -> int:
        if key == "work_email":
            fitting = [position for position in holders if _fits(value, self.drafts[position])]
            if len(fitting) == 1:
                return fitting[0]
        return holders[0]

    def _same_person(self, one: int, other: int) -> bool:
        first, second = self.drafts[one].values, self.drafts[other].values
        if name_key(first.get("full_name", "")) != name_key(second.get("full_name", "")):
            return False
        births = {values["birth_date"] for values in (first, second) if "birth_date" in values}
        return len(births) < 2

    def _numbers(self, holders: list[int], without: int) -> str:
        numbers = [str(self.drafts[position].number) for position in holders if position != without]
        return ", ".join(numbers[:_MOST_NAMED]) + (" …" if len(numbers) > _MOST_NAMED else "")


def _keys(draft: Draft) -> list[tuple[str, str]]:
    keys = []
    if "staff_number" in draft.values:
        keys.append(("staff_number", draft.values["staff_number"].casefold()))
    if keyed := hash_of(draft):
        keys.append(("national_id_hash", keyed))
    if "work_email" in draft.values:
        keys.append(("work_email", draft.values["work_email"]))
    return keys


def _shares(one: Draft, other: Draft) -> bool:
    first, second = one.values, other.values
    if first.get("birth_date") and first.get("birth_date") == second.get("birth_date"):
        return True
    return all(first.get(key) == second.get(key) for key in ("unit", "division", "section", "unit_code"))


def _fits(address: str, draft: Draft) -> bool:
    """Whether the address holds the given name: “lan.nt@…” and Nông Thị Lan."""
    words = folded(draft.values.get("full_name", "")).split()
    return bool(words) and words[-1] in folded(address.partition("@")[0]).replace(" ", "")
