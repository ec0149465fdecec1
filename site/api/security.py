"""Who asks: a token in force, for what it was issued, and not too often."""

from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from api.domain import tokens
from api.models import TokenScope
from api.problems import Forbidden, TooMany


class Token(HttpBearer):
    """Lets through tokens of one scope; every call with a known token counts against its limit."""

    def __init__(self, scope: TokenScope):
        super().__init__()
        self.scope = scope

    def authenticate(self, request, token: str):
        found = tokens.recognise(token)
        if found is None:
            return None
        wait = tokens.seconds_to_wait(found)
        if wait:
            raise TooMany(wait)
        if not found.may(self.scope):
            words = _("This token may not do this (“%(scope)s”). An administrator can allow it.")
            raise Forbidden(words % {"scope": self.scope.value})
        return found
