from django.db import models
from django.utils.translation import gettext_lazy as _


class Preference(models.Model):
    """What a person does not want by e-mail, and the number that makes their calendar's address theirs.

    pii: a person's choice; deleted with the account's other convenience data.
    """

    person = models.OneToOneField("people.Person", models.CASCADE, primary_key=True, related_name="+")
    without = models.JSONField(default=list, help_text="Keys of optional topics that are not sent by e-mail.")
    calendar_serial = models.PositiveIntegerField(default=0, help_text="Raised when the old address shall not work.")

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")

    def __str__(self):
        return str(self.person_id)
