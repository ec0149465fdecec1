"""Giving letters to the mail server over one connection, and telling apart what certainly failed from what may have
arrived."""

import smtplib

from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend


class Unreachable(Exception):
    """The mail server does not answer. Nothing was handed over; the pass ends here."""


class NotTaken(Exception):
    """This letter was certainly not taken. `is_final`: the server will never take it."""

    def __init__(self, problem: Exception, is_final: bool):
        self.problem, self.is_final = problem, is_final
        super().__init__(type(problem).__name__)


class Unclear(Exception):
    """The line broke after the text had begun to go out: the server may have taken the letter."""


class Line:
    """An open connection to the mail server; used as a context."""

    def __init__(self):
        self.backend = get_connection()
        self._text_begun = False

    def __enter__(self):
        return self

    def __exit__(self, *_problem):
        self.backend.close()

    def hand_over(self, message) -> None:
        """Raises Unreachable, NotTaken or Unclear; otherwise the server has the letter."""
        self._connect()
        self._text_begun = False
        try:
            self.backend.send_messages([message])
        except smtplib.SMTPRecipientsRefused as problem:
            codes = [code for code, _text in problem.recipients.values()]
            raise NotTaken(problem, is_final=all(code >= 500 for code in codes)) from problem
        except smtplib.SMTPResponseException as problem:
            raise NotTaken(problem, is_final=problem.smtp_code >= 500) from problem
        except (OSError, smtplib.SMTPException) as problem:
            self._drop()
            if self._text_begun:
                raise Unclear(type(problem).__name__) from problem
            raise NotTaken(problem, is_final=False) from problem

    def _connect(self) -> None:
        try:
            is_new = self.backend.open()
        except (OSError, smtplib.SMTPException) as problem:
            raise Unreachable(type(problem).__name__) from problem
        if is_new and isinstance(self.backend, EmailBackend):
            self._notice_texts(self.backend.connection)

    def _notice_texts(self, smtp: smtplib.SMTP) -> None:
        """From the DATA command on a broken line leaves it open whether the server has the letter."""
        give_text = smtp.data

        def data(text):
            self._text_begun = True
            return give_text(text)

        smtp.data = data

    def _drop(self) -> None:
        """A broken line is given up; the next letter opens another."""
        try:
            self.backend.close()
        except (OSError, smtplib.SMTPException):
            self.backend.connection = None
