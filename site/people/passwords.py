"""How passwords are kept, and which ones may be chosen."""

import base64
import secrets

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from nacl.exceptions import InvalidkeyError
from nacl.pwhash import argon2id


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane: the first choice of OWASP's password storage cheat sheet.

    One lane because a log-in should not occupy several cores of a small server. Computed by libsodium, which uses
    the processor's vectors: the same hashes for little more than half the CPU (decision 0036). Both ways of asking,
    a right and a wrong name, take it, so that their time tells nothing.
    """

    time_cost = 2
    memory_cost = 19456
    parallelism = 1

    def salt(self):
        """16 random bytes, as they stand in the hash."""
        return _base64(secrets.token_bytes(argon2id.SALTBYTES))

    def encode(self, password, salt):
        self._check_encode_args(password, salt)
        raw = base64.b64decode(f"{salt}==")
        found = argon2id.kdf(32, password.encode(), raw, self.time_cost, self.memory_cost * 1024)
        rule = f"argon2id$v=19$m={self.memory_cost},t={self.time_cost},p={self.parallelism}"
        return f"{self.algorithm}${rule}${salt}${_base64(found)}"

    def verify(self, password, encoded):
        _algorithm, rest = encoded.split("$", 1)
        if self.decode(encoded)["parallelism"] != 1:
            return super().verify(password, encoded)  # libsodium knows one lane only
        try:
            return argon2id.verify(f"${rest}".encode(), password.encode())
        except InvalidkeyError:
            return False

    def must_update(self, encoded):
        now, wanted = self.decode(encoded), self.params()
        return len(now["salt"]) < argon2id.SALTBYTES or (now["time_cost"], now["memory_cost"], now["parallelism"]) != (
            wanted.time_cost,
            wanted.memory_cost,
            wanted.parallelism,
        )


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode().rstrip("=")


class LongEnough:
    """At least PASSWORD_LENGTH characters, or PASSWORD_LENGTH_WITH_SECOND_FACTOR where a second factor is set up."""

    def validate(self, password, user=None):
        shortest = shortest_password(user)
        if len(password) < shortest:
            raise ValidationError(self._words(shortest), code="password_too_short")

    def get_help_text(self):
        return self._words(settings.PASSWORD_LENGTH)

    def _words(self, shortest):
        return _("The password needs at least %(count)d characters. Several words in a row are easy to remember.") % {
            "count": shortest
        }


class NotLikeThePerson(UserAttributeSimilarityValidator):
    """Not the person's own name, numbers or address."""

    def __init__(self):
        super().__init__(("username", "full_name", "staff_number", "work_email", "phone"))

    def get_help_text(self):
        return _("Not the name, staff number, telephone or e-mail address.")


def shortest_password(person) -> int:
    """The least number of characters a password of this person may have today."""
    if person is not None and person.pk and is_mfa_enabled(person, ["totp", "webauthn"]):
        return settings.PASSWORD_LENGTH_WITH_SECOND_FACTOR
    return settings.PASSWORD_LENGTH
