"""What can be wrong with a question or an answer, in words for the person who wrote it.

Messages are English message ids with %(name)s places; `gettext_noop` marks them for makemessages. A caller
with an active language shows `gettext(error.template) % error.params`; `error.message` is the English text.
"""


def gettext_noop(message: str) -> str:
    """Marks a message for translation and returns it unchanged."""
    return message


class _DescribedError(ValueError):
    """An error with a place (`field`), a translatable `template` and its `params`."""

    def __init__(self, field: str, message: str, params: dict[str, object] | None = None):
        super().__init__(field, message, params)
        self.field = field
        self.template = message
        self.params = params or {}

    @property
    def message(self) -> str:
        return self.template % self.params

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class QuestionError(_DescribedError):
    """One fault of a question. `field` is its path in the source, such as `options[2].id`."""


class QuestionErrors(ValueError):
    """All faults found in one question, in `errors`; iterating gives them one by one."""

    def __init__(self, errors: list[QuestionError]):
        super().__init__(errors)
        self.errors = errors

    def __iter__(self):
        return iter(self.errors)

    def __len__(self) -> int:
        return len(self.errors)

    def __str__(self) -> str:
        return "\n".join(map(str, self.errors))


class AnswerError(_DescribedError):
    """A posted answer that cannot be read. `field` is the name of the form field."""


class UnknownKindError(LookupError):
    """No question kind has this name."""
