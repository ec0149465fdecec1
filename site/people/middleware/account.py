from django.contrib.auth.middleware import AuthenticationMiddleware
from django.utils.functional import SimpleLazyObject

from people.sign_in.sessions import account_of


class AccountMiddleware(AuthenticationMiddleware):
    """`request.user`, found with the session in one query when it is first asked for."""

    def process_request(self, request):
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _known(request))


def _known(request):
    if not hasattr(request, "_cached_user"):  # where Django's own sign-in and sign-out look, too
        request._cached_user = account_of(request)
    return request._cached_user
