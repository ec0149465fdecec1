"""The endpoints that write: people and postings by key, one or many, each request once and as a whole."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, NinjaAPI
from ninja.errors import HttpError

from api import reading, schemas, schemas_in
from api.domain import once, writing
from api.models import TokenScope
from api.problems import Forbidden, Refused, described
from api.security import Token
from people import rules
from people.domain.importing.entries import EntriesRefused, Fault
from people.domain.importing.intake import FARTHEST_AHEAD, FARTHEST_BACK

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=once.LONGEST_KEY,
        description="A fresh random text (such as a UUID) for each request; the same one when it is sent again",
    ),
]
_REFUSALS = described(400, 401, 403, 409, 422, 429)
_REFUSALS_OF_ONE = described(400, 401, 403, 404, 409, 422, 429)


def register(api: NinjaAPI) -> None:
    """Adds the endpoints; on the API itself, because reading and writing share addresses."""
    usual = {"auth": Token(TokenScope.PEOPLE_WRITE), "tags": ["people: write"]}
    people, postings = {"response": schemas.PeopleWritten} | usual, {"response": schemas.PostingsWritten} | usual
    api.post("/persons", openapi_extra=_REFUSALS, **people)(write_persons)
    api.put("/persons/{int:person_id}", openapi_extra=_REFUSALS_OF_ONE, **people)(write_person)
    api.post("/postings", openapi_extra=_REFUSALS, **postings)(write_postings)
    api.put("/persons/{int:person_id}/postings", openapi_extra=_REFUSALS_OF_ONE, **postings)(write_posting)


def write_persons(request, response: HttpResponse, sent: schemas_in.PeopleIn, key: Key):
    """Creates people, changes their records and moves them to another unit, as an import of a list does.

    Recognised by staff number, else national ID, else work e-mail, never by name alone. The posting meant is the
    primary one. All items are written, or none.
    """
    day = _day(sent.effective_on)

    def act() -> dict:
        return writing.write_people(request.auth, [item.entry() for item in sent.items], day)

    return _once(request, response, key, act)


def write_person(request, response: HttpResponse, person_id: int, sent: schemas_in.PersonAddressedIn, key: Key):
    """The same for one person on record, addressed by the id that lists and answers give: keys may be corrected."""
    day = _day(sent.effective_on)
    _must_be_there(request, person_id)

    def act() -> dict:
        return writing.write_people(request.auth, [sent.entry(person_id)], day)

    return _once(request, response, key, act, is_single=True)


def write_postings(request, response: HttpResponse, sent: schemas_in.PostingsIn, key: Key):
    """Begins postings held beside the primary one, changes their particulars, and ends postings by `valid_to`.

    A posting is recognised by person, unit and position. The primary posting moves by `/persons`.
    """

    def act() -> dict:
        return writing.write_postings(request.auth, [item.posting_entry() for item in sent.items])

    return _once(request, response, key, act)


def write_posting(request, response: HttpResponse, person_id: int, sent: schemas_in.PostingAddressedIn, key: Key):
    """The same for one posting of a person addressed by id."""
    _must_be_there(request, person_id)

    def act() -> dict:
        return writing.write_postings(request.auth, [sent.posting_entry(person_id)])

    return _once(request, response, key, act, is_single=True)


def _once(request, response: HttpResponse, key: str, act: Callable[[], dict], *, is_single: bool = False) -> dict:
    """Acts once for each key of the token. The owner's right is asked at every call: roles end."""
    token = request.auth
    if token.unit is None or not rules.can_keep_people_of(token.owner, token.unit):
        raise Forbidden(_("The owner of this token does not keep the records of its unit. Ask an administrator."))
    digest = once.digest_of(request.method, request.path, request.body)
    try:
        answer, was_given = once.once(token, key, digest, act)
    except EntriesRefused as refusal:
        raise Refused(refusal, is_single=is_single) from refusal
    if was_given:
        response["Idempotent-Replayed"] = "true"
    return answer


def _day(sent: date | None) -> date:
    today = timezone.localdate()
    day = sent or today
    if not today - FARTHEST_BACK <= day <= today + FARTHEST_AHEAD:
        words = _("The effective date must lie within the last ten years or the next twelve months.")
        raise Refused(EntriesRefused([Fault(0, "effective_on", "day_impossible", words)]), is_single=True)
    return day


def _must_be_there(request, person_id: int) -> None:
    if not reading.persons(request.auth).filter(pk=person_id).exists():
        raise HttpError(404, _("Nobody of this token's scope has this id."))
