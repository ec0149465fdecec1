from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = _("Notices")

    def ready(self):
        from notices import personal_data
        from notices.queries import unread_of_owner
        from people.sign_in.sessions import tell_of_owners

        personal_data.declare()
        tell_of_owners("unread_notices", unread_of_owner)  # the bell stands on every page
