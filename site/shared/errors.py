"""Errors of the domain: what happened, why, and what to do next, in words for the person who reads them."""


class DomainError(Exception):
    """An action refused by a rule of the domain. `message` is translated text that may be shown as it is."""

    def __init__(self, message):
        self.message = message
        super().__init__(message)

    def __str__(self):
        return str(self.message)
