"""What other systems may send, as it stands in the OpenAPI document. A value that is left out changes nothing."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from people.domain.importing.entries import MOST_ENTRIES, Entry
from people.domain.importing.further_postings import MOST_POSTINGS, PostingEntry
from people.enums import EmploymentType, Gender, PositionGroup

_TEXTS = (
    "full_name", "staff_number", "national_id", "work_email", "phone", "birth_date",
    "unit_code", "position_title", "job_title", "grade",
)  # fmt: skip
_SETTLED = ("gender", "position_group", "employment_type", "is_manager")
_KEYS = ("staff_number", "national_id", "work_email")
_PARTICULARS = ("job_title", "grade", "position_group", "employment_type", "is_manager")

Text = Annotated[str, Field(max_length=500)]


class _Sent(BaseModel):
    """Unknown fields are refused, so that a misspelt one is not silently passed over."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    def said(self, names) -> dict:
        found = {name: getattr(self, name) for name in names}
        return {name: value for name, value in found.items() if value is not None and value != ""}


class PersonIn(_Sent):
    full_name: Annotated[Text, Field(description="Whole name as one text, NFC or NFD")]
    staff_number: Annotated[Text | None, Field(description="First key a person is recognised by")] = None
    national_id: Annotated[Text | None, Field(description="12 digits as text; second key; kept as a keyed hash")] = None
    work_email: Annotated[Text | None, Field(description="Third key")] = None
    phone: Text | None = None
    birth_date: date | None = None
    gender: Gender | None = None
    unit_code: Annotated[Text, Field(description="Code of a unit of the token's scope (see /units)")]
    position_title: Text | None = None
    job_title: Text | None = None
    grade: Text | None = None
    position_group: Annotated[PositionGroup | None, Field(description="Left out: follows from the position")] = None
    employment_type: EmploymentType | None = None
    is_manager: bool | None = None

    def entry(self, person_id: int | None = None) -> Entry:
        return Entry(self.said(_TEXTS), _plain(self.said(_SETTLED)), person_id)


class PersonAddressedIn(PersonIn):
    effective_on: Annotated[date | None, Field(description="Since when it is so; left out: today")] = None


class PeopleIn(_Sent):
    effective_on: Annotated[date | None, Field(description="Since when it is so; left out: today")] = None
    items: Annotated[list[PersonIn], Field(min_length=1, max_length=MOST_ENTRIES)]


class _PostingSaid(_Sent):
    unit_code: Text
    position_title: Annotated[str, Field(min_length=1, max_length=150)]
    valid_from: Annotated[date, Field(description="Since when the posting, or what is said of it, holds")]
    valid_to: Annotated[date | None, Field(description="First day on which it is held no longer")] = None
    job_title: Annotated[str | None, Field(max_length=150)] = None
    grade: Annotated[str | None, Field(max_length=100)] = None
    position_group: PositionGroup | None = None
    employment_type: EmploymentType | None = None
    is_manager: bool | None = None

    def posting_entry(self, person_id: int | None = None) -> PostingEntry:
        return PostingEntry(
            keys=self.said(_KEYS) if person_id is None else {},
            unit_code=self.unit_code,
            position_title=self.position_title,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            particulars=_plain(self.said(_PARTICULARS)),
            person_id=person_id,
        )


class PostingIn(_PostingSaid):
    staff_number: Annotated[Text | None, Field(description="Whose posting; one of the three keys is needed")] = None
    national_id: Text | None = None
    work_email: Text | None = None


class PostingAddressedIn(_PostingSaid):
    pass


class PostingsIn(_Sent):
    items: Annotated[list[PostingIn], Field(min_length=1, max_length=MOST_POSTINGS)]


def _plain(values: dict) -> dict:
    """Choices as the plain texts records hold."""
    return {name: getattr(value, "value", value) for name, value in values.items()}
