"""To whom the addresses of the API are open."""

from people import rules
from shared.access import PUBLIC, Door, everybody


def _nobody(actor) -> bool:
    """Browsers and their sessions: these addresses ask for a token. What it opens: tests/api."""
    return False


DOORS = {
    "api:certificate": Door(everybody, shows=frozenset({"name"})),
    "api_v1:openapi-json": PUBLIC,
    "api_v1:*": Door(_nobody),
    "api_tokens:*": Door(rules.can_administer_people, shows=frozenset({"name"})),
    "webhooks:*": Door(rules.can_administer_people),
}
