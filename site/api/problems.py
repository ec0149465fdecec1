"""Refusals in words, as problem+json (RFC 9457): what is wrong, where, and what to do."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.responses import NinjaJSONEncoder

from api.domain import tokens
from api.domain.once import KeyUsedBefore
from api.paging import BadCursor
from people.domain.importing.entries import EntriesRefused
from shared.errors import DomainError

_FIELD_OF_COLUMN = {"unit": "unit_code", "division": "unit_code", "section": "unit_code"}


class TooMany(Exception):
    def __init__(self, seconds: int):
        self.seconds = seconds


class Forbidden(Exception):
    """The token is in force but not for this."""

    def __init__(self, message):
        self.message = message


class Refused(Exception):
    """Faults of a write, told by the place of each value in the request's body."""

    def __init__(self, refusal: EntriesRefused, *, is_single: bool):
        self.refusal, self.is_single = refusal, is_single


def problem(status: int, title: str, **more) -> HttpResponse:
    body = NinjaJSONEncoder(ensure_ascii=False).encode(
        {"type": "about:blank", "title": str(title), "status": status} | more
    )
    return HttpResponse(body, status=status, content_type="application/problem+json")


def install(api) -> None:
    """Registers the answers with the API."""
    for kind, answer in (
        (AuthenticationError, _unknown_token),
        (Forbidden, lambda request, fault: problem(403, fault.message)),
        (TooMany, _too_many),
        (BadCursor, _bad_cursor),
        (ValidationError, _invalid),
        (KeyUsedBefore, _key_used),
        (Refused, _refused),
        (DomainError, lambda request, fault: problem(409, fault.message)),
        (HttpError, lambda request, fault: problem(fault.status_code, str(fault))),
    ):
        api.add_exception_handler(kind, answer)


def _unknown_token(request, fault):
    answer = problem(401, _("A token in force is needed: “Authorization: Bearer …”."))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _too_many(request, fault):
    words = _("At most %(most)s calls a minute. Wait %(seconds)s seconds.")
    answer = problem(429, words % {"most": tokens.CALLS_A_MINUTE, "seconds": fault.seconds})
    answer["Retry-After"] = str(fault.seconds)
    return answer


def _bad_cursor(request, fault):
    return problem(400, _("The cursor is not one of a page of this list. Begin without one."))


def _invalid(request, fault):
    errors = [{"where": _place(one["loc"]), "code": one["type"], "what": one["msg"]} for one in fault.errors]
    if any(one["loc"][:1] == ("header",) for one in fault.errors):
        title = _("Send the header “Idempotency-Key” with 1 to 255 characters, another one for every new request.")
        return problem(400, title, errors=errors)
    return problem(422, _("The request cannot be understood."), errors=errors)


def _place(loc: tuple) -> list:
    """Where in the request: without the names of our own parameters."""
    kind, *steps = loc
    if kind == "body" and steps and steps[0] == "sent":
        steps = steps[1:]
    return [kind, *map(str, steps)] if kind != "body" else [str(step) for step in steps]


def _key_used(request, fault):
    return problem(
        422,
        _("This Idempotency-Key was given to another request. Nothing was written: send this one with its own key."),
    )


def _refused(request, fault):
    errors = [
        {
            "where": _place_of(one.position, one.column, fault.is_single),
            "code": one.code,
            "what": str(one.message),
        }
        for one in fault.refusal.faults
    ]
    if fault.refusal.are_doubts_only:
        return problem(
            409,
            _("Nothing was written: whether these are people on record has to be decided by a human."),
            detail=_(
                "Send the staff number, national ID or work e-mail the person is on record with, or address the record "
                "by its id. Otherwise leave these items out and have the HR officer import them as a list, where both "
                "are shown side by side."
            ),
            errors=errors,
        )
    title = _("Nothing was written. Correct what is named below and send the whole request again.")
    return problem(422, title, errors=errors)


def _place_of(position: int, column: str, is_single: bool) -> list[str]:
    field = _FIELD_OF_COLUMN.get(column, column)
    place = [field] if field else []
    return place if is_single else ["items", str(position), *place]


# --- what the OpenAPI document says of them ---------------------------------------------------------------

_WORDS = {
    400: "The cursor or the Idempotency-Key is missing or malformed.",
    401: "No token in force.",
    403: "The token may not do this.",
    404: "Nobody of the token's scope has this id.",
    409: "A human has to decide who is meant, or records changed at the same moment. Nothing was written.",
    422: "Faults in the request, each with its place. Nothing was written.",
    429: "Too many calls; see Retry-After.",
}
_BODY = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "What happened and what to do."},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "what"],
                "properties": {
                    "where": {
                        "type": "array",
                        "items": {"type": "string"},
                        "description": "Steps into the request, such as items, 3, work_email; items count from 0.",
                    },
                    "code": {"type": "string", "description": "For programs; stays the same in every language."},
                    "what": {"type": "string", "description": "What is wrong and what to do, for people."},
                },
            },
        },
    },
}


def described(*statuses: int) -> dict:
    """The refusals an operation may answer with, for the OpenAPI document."""
    content = {"application/problem+json": {"schema": _BODY}}
    return {"responses": {status: {"description": _WORDS[status], "content": content} for status in statuses}}
