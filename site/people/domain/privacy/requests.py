"""Requests of people about their own data: made, answered, withdrawn; each step is kept.

Who may answer which: `people.rules.can_answer_request`, the list is `people.queries.data_requests_for`.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.domain import audit
from people.domain.privacy import restriction, working_days
from people.enums import RequestKind, RequestState
from people.models import DataRequest, DataRequestStep, Person
from shared.errors import DomainError
from shared.text.fold import to_nfc_lines

_NEEDS_WORDS = (RequestKind.CORRECT, RequestKind.OBJECT)


@transaction.atomic
def make(person: Person, kind: RequestKind, text: str = "", *, actor: Person) -> DataRequest:
    """Enters a request; `actor` is the person, or the administrator who has it on paper.

    Raises DomainError when the same is already being asked for, or when it does not say what about.
    """
    text = to_nfc_lines(text)
    if kind in _NEEDS_WORDS and not text:
        raise DomainError(_("Say what is to be corrected, or what use is objected to."))
    now = timezone.now()
    try:
        with transaction.atomic():
            request = DataRequest.objects.create(
                person=person,
                kind=kind,
                text=text,
                received_at=now,
                due_on=working_days.due_after(timezone.localdate(now), working_days.special_days()),
            )
    except IntegrityError:
        raise DomainError(_("The same has been asked for already and is being worked on.")) from None
    _note(request, actor, "received")
    audit.record(actor, "data_request.received", request, about=person, kind=kind)
    return request


@transaction.atomic
def note(request: DataRequest, text: str, *, actor: Person) -> DataRequestStep:
    """Adds to the answer log what was done or found out. Raises DomainError without words."""
    if not text.strip():
        raise DomainError(_("Write down what was done."))
    return _note(request, actor, "noted", text)


@transaction.atomic
def answer(request: DataRequest, granted: bool, text: str, *, actor: Person) -> DataRequest:
    """Closes the request with an answer the person reads. Restricting takes effect with it.

    Erasing is not answered here: `erasure.erase` closes the request itself. Raises DomainError for a request
    answered in the meantime or an answer without words.
    """
    request = _open(request)
    text = to_nfc_lines(text)
    if not text:
        raise DomainError(_("The person reads the answer: say what was done, or why it was not."))
    if granted and request.kind == RequestKind.ERASE:
        raise DomainError(_("Erase the data from the preview; that answers the request."))
    if granted and request.kind == RequestKind.RESTRICT:
        restriction.restrict(request.person, actor=actor)
    return close(request, RequestState.GRANTED if granted else RequestState.REFUSED, text, actor=actor)


@transaction.atomic
def withdraw(request: DataRequest, *, actor: Person) -> DataRequest:
    """The person does not ask any more. Raises DomainError once it is answered."""
    return close(_open(request), RequestState.WITHDRAWN, "", actor=actor)


def close(request: DataRequest, state: RequestState, text: str, *, actor: Person | None) -> DataRequest:
    """Writes the outcome; the caller has locked the request and holds the transaction."""
    request.state, request.answer = state, text
    request.answered_at, request.answered_by = timezone.now(), actor
    request.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    _note(request, actor, str(state), text)
    audit.record(actor, f"data_request.{state}", request, about=request.person, kind=request.kind)
    return request


def _open(request: DataRequest) -> DataRequest:
    stored = DataRequest.objects.select_for_update().get(pk=request.pk)
    if not stored.is_open:
        raise DomainError(_("This request has been answered in the meantime."))
    return stored


def _note(request: DataRequest, actor: Person | None, action: str, text: str = "") -> DataRequestStep:
    return DataRequestStep.objects.create(request=request, actor=actor, action=action, text=to_nfc_lines(text))
