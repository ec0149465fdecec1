from django.contrib.auth.backends import ModelBackend

from people.models import Person
from people.sign_in.accounts import find_account
from people.sign_in.sessions import owner_at_hand
from shared.prepared import prepared

_account = prepared(lambda pk: Person.objects.filter(pk=pk), int)


class OneFieldBackend(ModelBackend):
    """A password with any name of the account: sign-in name, staff number, work e-mail, telephone.

    Unknown names, accounts without a password and closed ones cost the same work as a wrong password.
    """

    def authenticate(self, request, username=None, password=None, **others):
        if not password:
            return None
        person = request.account_asked_for if hasattr(request, "account_asked_for") else find_account(username)
        if person is None:
            Person().set_password(password)
            return None
        right = person.check_password(password)
        return person if right and self.user_can_authenticate(person) else None

    def get_user(self, user_id):
        """The account of a session, asked for by every request; None if it is gone or closed."""
        person = owner_at_hand(int(user_id)) or next(iter(_account(int(user_id))), None)
        return person if person and self.user_can_authenticate(person) else None
