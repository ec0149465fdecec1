"""What the API says, as it stands in the OpenAPI document."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema


class UnitOut(Schema):
    code: str
    name: str
    kind: str
    line: str
    parent_code: str | None
    active_from: date
    active_to: date | None

    @staticmethod
    def resolve_parent_code(unit):
        return unit.places[0].parent.code if unit.places else None


class PostingOut(Schema):
    id: int
    unit_code: str
    position_title: str
    position_group: str
    employment_type: str
    is_manager: bool
    is_primary: bool
    valid_from: date

    @staticmethod
    def resolve_unit_code(posting):
        return posting.unit.code


class PersonOut(Schema):
    id: int
    staff_number: str | None
    full_name: str
    work_email: str
    is_active: bool
    postings: list[PostingOut]

    @staticmethod
    def resolve_postings(person):
        return person.held


class _OfPerson(Schema):
    id: int
    person_id: int
    staff_number: str | None

    @staticmethod
    def resolve_staff_number(row):
        return row.person.staff_number


class ObligationOut(_OfPerson):
    course_code: str
    cycle: int
    obliged_from: date
    obliged_to: date | None
    due_on: date
    fulfilled_on: date | None

    @staticmethod
    def resolve_course_code(row):
        return row.course.code


class CompletionOut(_OfPerson):
    course_code: str
    edition: int
    completed_at: datetime
    duration_minutes: int
    unit_name: str
    position_title: str

    @staticmethod
    def resolve_course_code(row):
        return row.course.code

    @staticmethod
    def resolve_edition(row):
        return row.edition.number


class CertificateOut(_OfPerson):
    code: str
    register_number: str
    issuer: str
    course_code: str
    state: str
    issued_at: datetime
    revoked_at: datetime | None

    @staticmethod
    def resolve_course_code(row):
        return row.completion.course.code


class UnitsOut(Schema):
    items: list[UnitOut]
    next: str | None


class PersonsOut(Schema):
    items: list[PersonOut]
    next: str | None


class ObligationsOut(Schema):
    items: list[ObligationOut]
    next: str | None


class CompletionsOut(Schema):
    items: list[CompletionOut]
    next: str | None


class CertificatesOut(Schema):
    items: list[CertificateOut]
    next: str | None


class WarningOut(Schema):
    """What was taken in another way than it was said, or ought to be looked at."""

    field: str
    code: str
    what: str


class PersonWritten(Schema):
    person_id: int
    outcome: Literal["created", "changed", "moved", "unchanged"]
    warnings: list[WarningOut]


class PeopleWritten(Schema):
    """`items` stand in the order they were sent. HR sees the write as an import of this number and can undo it."""

    import_id: int | None
    items: list[PersonWritten]


class PostingWritten(Schema):
    posting_id: int
    person_id: int
    outcome: Literal["created", "changed", "ended", "unchanged"]


class PostingsWritten(Schema):
    items: list[PostingWritten]
