"""On which devices an account is signed in: allauth's list."""

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession


def note_device(sender, request, user, **kwargs) -> None:
    """Adds the device of a session that has just begun; its key is new, so nothing has to be looked up."""
    longest = UserSession._meta.get_field("user_agent").max_length
    UserSession.objects.create(
        user=user,
        session_key=request.session.session_key,
        ip=get_adapter().get_client_ip(request),
        user_agent=request.headers.get("User-Agent", "")[:longest],
    )
