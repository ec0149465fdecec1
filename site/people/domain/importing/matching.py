"""Whose record a row is about: by staff number, then national ID, then work e-mail. Never by name alone.

A key decides only if no other key of the row speaks against it. A row without a key on record whose name is known
in the same unit or with the same birth date is doubtful: a human decides.
"""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from people.domain.importing.records import PersonFacts, Records, hash_of
from people.domain.importing.scope import Scope
from people.enums import RowDecision
from people.sheets.cells.text import folded
from people.sheets.draft import Draft
from people.sheets.problems import Problem


@dataclass
class Match:
    """The person found (None: nobody), what speaks against it, and who else may be meant."""

    person: PersonFacts | None = None
    problems: list[Problem] = field(default_factory=list)
    candidates: list[PersonFacts] = field(default_factory=list)
    is_doubtful: bool = False


class Matcher:
    def __init__(self, records: Records, scope: Scope):
        self.records, self.scope = records, scope

    def match(self, draft: Draft, unit_id: int | None, decision: str = "", chosen: int | None = None) -> Match:
        """`decision` and `chosen` are what a human said about a doubtful row."""
        found = self._by_keys(draft)
        if found.problems and any(problem.level == "refused" for problem in found.problems):
            return found
        if found.person is not None:
            return self._checked(found, draft, decision)
        if decision == RowDecision.SAME and chosen is not None:
            return self._chosen(found, draft, chosen)
        if decision != RowDecision.NEW:
            found.candidates = self._namesakes(draft, unit_id)
            if found.candidates:
                found.is_doubtful = True
                found.problems.append(Problem("namesake", "full_name"))
        return found

    def _by_keys(self, draft: Draft) -> Match:
        values, records = draft.values, self.records
        by_number = records.by_staff_number.get(values.get("staff_number", "").casefold())
        by_id = records.by_national_id.get(hash_of(draft)) if hash_of(draft) else None
        by_email = records.by_email.get(values.get("work_email", "")) if "work_email" in values else None
        by_username = records.by_username.get(values["username"].casefold()) if "username" in values else None
        match = Match(by_number or by_id)
        if by_number and by_id and by_number is not by_id:
            match.problems.append(self._of_other("staff_number_of_other", "staff_number", by_number))
            match.problems.append(self._of_other("national_id_of_other", "national_id", by_id))
        if match.person is None and by_email is not None:
            if self._speaks_for(by_email, draft):
                match.person = by_email
            else:
                match.problems.append(self._of_other("email_of_other", "work_email", by_email))
        elif by_email is not None and by_email is not match.person:
            match.problems.append(self._of_other("email_of_other", "work_email", by_email))
        if "username" in values:
            self._by_username(match, by_username, draft)
        return match

    def _by_username(self, match: Match, by_username: PersonFacts | None, draft: Draft) -> None:
        """The sign-in name is the last key: it stands in our own exports, for people who have no other."""
        if by_username is None:
            match.problems.append(Problem("username_unknown", "username"))
        elif match.person is None and self._speaks_for(by_username, draft):
            match.person = by_username
        elif match.person is not by_username:
            match.problems.append(self._of_other("username_of_other", "username", by_username))

    def _speaks_for(self, person: PersonFacts, draft: Draft) -> bool:
        """Whether a weak key may decide: the name is like, and no stronger key of the row is another one's."""
        number, keyed = draft.values.get("staff_number"), hash_of(draft)
        if number and person.staff_number and number.casefold() != person.staff_number.casefold():
            return False
        if keyed and person.national_id_hash and keyed != person.national_id_hash:
            return False
        return are_alike(draft.values.get("full_name", ""), person.full_name)

    def _checked(self, match: Match, draft: Draft, decision: str) -> Match:
        """The person a key found, unless out of scope or of quite another name."""
        person = match.person
        if not self.scope.holds(person):
            return Match(None, [*match.problems, Problem("person_outside_scope", _strongest(draft))])
        if not are_alike(draft.values.get("full_name", ""), person.full_name):
            if decision == RowDecision.NEW:
                return Match(None, [*match.problems, Problem("decision_new_impossible", _strongest(draft))])
            if decision != RowDecision.SAME:
                match.is_doubtful, match.candidates = True, [person]
                match.problems.append(Problem("other_name", "full_name", {"name": person.full_name}))
        return match

    def _chosen(self, match: Match, draft: Draft, chosen: int) -> Match:
        """The person a human named, among those who were offered."""
        self.records.also([chosen])
        person = self.records.person(chosen)
        if person is None or not self.scope.holds(person):
            match.problems.append(Problem("person_outside_scope", "full_name"))
        else:
            match.person = person
        return match

    def _namesakes(self, draft: Draft, unit_id: int | None) -> list[PersonFacts]:
        number, keyed = draft.values.get("staff_number"), hash_of(draft)
        born = draft.values.get("birth_date")
        found = []
        for person in self.records.namesakes(draft.values.get("full_name", "")):
            if number and person.staff_number:
                continue  # two numbers, two people
            if keyed and person.national_id_hash and keyed != person.national_id_hash:
                continue
            same_unit = any(
                posting.unit_id == unit_id and (posting.valid_to is None or posting.valid_to > self.scope.today)
                for posting in person.postings
            )
            same_birth = bool(born and person.birth_date and date.fromisoformat(born) == person.birth_date)
            if (same_unit or same_birth) and self.scope.holds(person):
                found.append(person)
        return found

    def _of_other(self, code: str, column: str, person: PersonFacts) -> Problem:
        return Problem(code, column, {"whom": self.whom(person)})

    def whom(self, person: PersonFacts) -> str:
        """The name of somebody whose key a row uses; only of people the importer may see."""
        return person.full_name if self.scope.holds(person) else str(_("somebody outside the scope"))

    def shares_phone(self, draft: Draft, person: PersonFacts | None) -> Problem | None:
        """A warning if the number is on record for somebody else."""
        phone = draft.values.get("phone")
        others = [other for other in self.records.by_phone.get(phone, ()) if other is not person] if phone else []
        if not others or (person is not None and person.phone == phone):
            return None
        return self._of_other("phone_of_other", "phone", others[0])


def are_alike(one: str, other: str) -> bool:
    """Whether two names may be one person's, written differently: the given name or half of the words agree."""
    first, second = folded(one).split(), folded(other).split()
    if not first or not second:
        return not first
    common = len(set(first) & set(second))
    return (first[-1] == second[-1] and common * 3 >= max(len(first), len(second))) or common * 2 > max(
        len(first), len(second)
    )


def _strongest(draft: Draft) -> str:
    return next((key for key in ("staff_number", "national_id", "work_email") if key in draft.values), "full_name")
