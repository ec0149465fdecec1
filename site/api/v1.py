"""The endpoints for other systems: a token, pages by cursor, writes once by key, errors as problem+json (RFC 9457)."""

from typing import Annotated

from ninja import NinjaAPI, Query

from api import problems, reading, schemas, writes
from api.models import TokenScope
from api.paging import LARGEST, page_of
from api.problems import described
from api.security import Token
from people.domain import audit

api = NinjaAPI(
    title="Nêu Gương",
    version="1.1.0",
    description=(
        "What the owner of a token may read and, if the token is for it, write. Lists come in pages: follow `next` "
        "until it is null. Writes create or change by key (upsert), all of a request or nothing."
    ),
    auth=Token(TokenScope.READ),
    docs_url=None,  # its page would load scripts from another host
    urls_namespace="api_v1",
)
problems.install(api)
Cursor = Annotated[str, Query(max_length=60, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=LARGEST)]
_REFUSALS = described(400, 401, 403, 422, 429)


def _page(request, name: str, rows, cursor: str, limit: int) -> dict:
    """One page, entered in the log: who took which list away."""
    token = request.auth
    page = page_of(rows(token), cursor, limit)
    audit.record(token.owner, f"api.{name}", token, rows=len(page["items"]))
    return page


@api.get("/units", response=schemas.UnitsOut, tags=["organisation"], openapi_extra=_REFUSALS)
def list_units(request, cursor: Cursor = "", limit: Limit = 100):
    """Units of the token's scope with their superior unit today."""
    return _page(request, "units", reading.units, cursor, limit)


@api.get("/persons", response=schemas.PersonsOut, tags=["organisation"], openapi_extra=_REFUSALS)
def list_persons(request, cursor: Cursor = "", limit: Limit = 100):
    """People whose staff record the owner reads, with the postings they hold today."""
    return _page(request, "persons", reading.persons, cursor, limit)


@api.get("/obligations", response=schemas.ObligationsOut, tags=["training"], openapi_extra=_REFUSALS)
def list_obligations(request, cursor: Cursor = "", limit: Limit = 100):
    """What is or was asked of the people counted in the token's units today."""
    return _page(request, "obligations", reading.obligations, cursor, limit)


@api.get("/completions", response=schemas.CompletionsOut, tags=["training"], openapi_extra=_REFUSALS)
def list_completions(request, cursor: Cursor = "", limit: Limit = 100):
    """Completions of what was asked, with unit and position at that time; no scores."""
    return _page(request, "completions", reading.completions, cursor, limit)


@api.get("/certificates", response=schemas.CertificatesOut, tags=["training"], openapi_extra=_REFUSALS)
def list_certificates(request, cursor: Cursor = "", limit: Limit = 100):
    """The certificates of those completions."""
    return _page(request, "certificates", reading.certificates, cursor, limit)


writes.register(api)
