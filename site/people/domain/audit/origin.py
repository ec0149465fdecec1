"""Where a change comes from: the address of the actor's computer, as long as a request is being answered.

`people.middleware.RequestOriginMiddleware` enters the request; tasks and commands have no address.
"""

import ipaddress
from contextlib import contextmanager
from contextvars import ContextVar

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied

_request: ContextVar = ContextVar("request_being_answered", default=None)


@contextmanager
def answering(request):
    """In this block changes come from the computer that sent `request`."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def address() -> str:
    """The address as text, IPv4 where it is one; "" outside a request or where nothing trustworthy is known.

    Found as allauth finds it for its limits on sign-ins: behind proxies by ALLAUTH_TRUSTED_PROXY_COUNT or
    ALLAUTH_TRUSTED_CLIENT_IP_HEADER, so that nobody writes an address of their choice into the log.
    """
    request = _request.get()
    if request is None:
        return ""
    try:
        found = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (ValueError, PermissionDenied, ImproperlyConfigured):
        return ""
    return str(getattr(found, "ipv4_mapped", None) or found)
