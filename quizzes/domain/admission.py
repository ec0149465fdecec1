"""What is asked at the door of a quiz before an attempt begins: the place, the code, the statement of honesty."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from quizzes.domain import access_codes, networks
from quizzes.models import Quiz
from shared.errors import DomainError


class NotAdmitted(DomainError):
    """`field` names what was missing or wrong: "network", "code" or "honour"."""

    def __init__(self, field: str, message: str):
        self.field = field
        super().__init__(message)


@dataclass(frozen=True)
class Entry:
    """What somebody who wants to begin brings along."""

    address: str = ""
    code: str = ""
    honour_accepted: bool = False


def admit(quiz: Quiz, entry: Entry) -> None:
    """Raises NotAdmitted with what to do."""
    if not networks.is_inside(entry.address, quiz.networks):
        raise NotAdmitted("network", outside())
    if quiz.access_code_digest and not access_codes.matches(entry.code, quiz.access_code_digest):
        raise NotAdmitted("code", _("This is not the access code. The supervisor of the examination has it."))
    if quiz.honour_statement and not entry.honour_accepted:
        raise NotAdmitted("honour", _("Please confirm the statement before beginning."))


def outside() -> str:
    return _("This quiz can only be taken in the places set for it. Please use a computer there.")
