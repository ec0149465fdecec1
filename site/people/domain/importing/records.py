"""The records a batch of rows is compared with: a few queries a batch, however many rows and people there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from people import national_id
from people.models import Person, Posting
from people.sheets.cells.text import folded, name_key
from people.sheets.draft import Draft

_PERSON_COLUMNS = (
    "pk", "username", "full_name", "sort_key", "staff_number", "work_email", "phone", "birth_date", "gender",
    "national_id_hash", "national_id_encrypted", "is_active", "is_superuser", "restricted_at", "erased_at",
)  # fmt: skip
_POSTING_COLUMNS = (
    "pk", "person_id", "unit_id", "position_title", "job_title", "grade", "position_group", "employment_type",
    "is_manager", "is_primary", "valid_from", "valid_to",
)  # fmt: skip


@dataclass(slots=True)
class PostingFacts:
    pk: int
    person_id: int
    unit_id: int
    position_title: str
    job_title: str
    grade: str
    position_group: str
    employment_type: str
    is_manager: bool
    is_primary: bool
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to > day)


@dataclass(slots=True)
class PersonFacts:
    pk: int
    username: str
    full_name: str
    sort_key: str
    staff_number: str | None
    work_email: str
    phone: str
    birth_date: date | None
    gender: str
    national_id_hash: str
    national_id_encrypted: str
    is_active: bool
    is_superuser: bool
    restricted_at: object
    erased_at: object
    postings: list[PostingFacts] = field(default_factory=list)

    @property
    def is_hidden(self) -> bool:
        """Restricted or erased at the person's request: no list of HR shows the record, none may write to it."""
        return self.restricted_at is not None or self.erased_at is not None


class Records:
    """People found by the keys of a batch, and namesakes of those rows no key was found for."""

    def __init__(self, drafts: Iterable[Draft]):
        drafts = list(drafts)
        self._people: dict[int, PersonFacts] = {}
        self.by_staff_number: dict[str, PersonFacts] = {}
        self.by_national_id: dict[str, PersonFacts] = {}
        self.by_email: dict[str, PersonFacts] = {}
        self.by_username: dict[str, PersonFacts] = {}
        self.by_phone: dict[str, list[PersonFacts]] = defaultdict(list)
        self._by_name: dict[str, list[PersonFacts]] = defaultdict(list)
        self._by_bare_name: dict[str, list[PersonFacts]] = defaultdict(list)
        self._load(_with_keys(drafts))
        self._load(_with_names([draft for draft in drafts if not self._knows(draft)]))
        self._load_postings()

    def person(self, pk: int) -> PersonFacts | None:
        return self._people.get(pk)

    def namesakes(self, full_name: str) -> list[PersonFacts]:
        """People of this name; a name typed without any mark means all that look so without theirs."""
        found = self._by_name.get(name_key(full_name), [])
        return found or (self._by_bare_name.get(folded(full_name), []) if full_name.isascii() else [])

    def also(self, pks: Iterable[int]) -> None:
        """Loads further people by id: those a human has named."""
        missing = [pk for pk in pks if pk not in self._people]
        if missing:
            self._load(Q(pk__in=missing))
            self._load_postings(missing)

    def _knows(self, draft: Draft) -> bool:
        values = draft.values
        return bool(
            self.by_staff_number.get(values.get("staff_number", "").casefold())
            or self.by_national_id.get(hash_of(draft))
            or self.by_email.get(values.get("work_email", ""))
        )

    def _load(self, condition: Q | None) -> None:
        if condition is None:
            return
        for row in Person.objects.filter(condition).order_by("pk").values_list(*_PERSON_COLUMNS):
            if row[0] in self._people:
                continue
            person = PersonFacts(*row)
            self._people[person.pk] = person
            self.by_username[person.username.casefold()] = person
            if person.staff_number:
                self.by_staff_number.setdefault(person.staff_number.casefold(), person)
            if person.national_id_hash:
                self.by_national_id[person.national_id_hash] = person
            if person.work_email:
                self.by_email[person.work_email.lower()] = person
            if person.phone:
                self.by_phone[person.phone].append(person)
            self._by_name[person.sort_key].append(person)
            self._by_bare_name[folded(person.full_name)].append(person)

    def _load_postings(self, pks: Iterable[int] | None = None) -> None:
        wanted = list(self._people if pks is None else pks)
        if not wanted:
            return
        rows = Posting.objects.filter(person__in=wanted).order_by("valid_from", "pk").values_list(*_POSTING_COLUMNS)
        for row in rows:
            posting = PostingFacts(*row)
            self._people[posting.person_id].postings.append(posting)


def hash_of(draft: Draft) -> str:
    """The keyed hash of the row's national ID, "" if it has none; computed once."""
    values = draft.values
    if "national_id" in values and "national_id_hash" not in values:
        values["national_id_hash"] = national_id.keyed_hash(values["national_id"])
    return values.get("national_id_hash", "")


def _with_keys(drafts: list[Draft]) -> Q | None:
    """Condition: any key or telephone of the rows. Staff numbers and sign-in names in the spellings people use."""
    condition = Q()
    for key, name in (("staff_number", "staff_number"), ("username", "username")):
        found = {draft.values[key] for draft in drafts if key in draft.values}
        spellings = found | {text.upper() for text in found} | {text.lower() for text in found}
        if spellings:
            condition |= Q(**{f"{name}__in": spellings})
    for key, values in (
        ("national_id_hash", {hash_of(draft) for draft in drafts}),
        ("work_email", {draft.values.get("work_email", "") for draft in drafts}),
        ("phone", {draft.values.get("phone", "") for draft in drafts}),
    ):
        if values := values - {""}:
            condition |= Q(**{f"{key}__in": values})
    return condition or None


def _with_names(drafts: list[Draft]) -> Q | None:
    names = {draft.values["full_name"] for draft in drafts if "full_name" in draft.values}
    if not names:
        return None
    condition = Q(sort_key__in={name_key(name) for name in names})
    for name in names:
        if name.isascii():
            condition |= Q(search_key__startswith=folded(name))
    return condition
