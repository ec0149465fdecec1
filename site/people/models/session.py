from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class Session(AbstractBaseSession):
    """What the server remembers of one browser, and whose it is, so that one query finds both.

    pii: that somebody is signed in; goes when the sign-in ends.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, null=True, related_name="+")

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    @classmethod
    def get_session_store_class(cls):
        from people.sign_in.sessions import SessionStore

        return SessionStore
