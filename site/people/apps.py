from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People and organisation")

    def ready(self):
        from people import receivers, tasks  # noqa: F401  receivers listen, tasks register outbox handlers
        from people.domain.privacy import holdings
        from people.models import Person, Posting, Unit, UnitClosure
        from people.queries import held_by_owner
        from people.sign_in.sessions import tell_of_owners
        from shared import content_version

        holdings.declare()
        tell_of_owners("held_today", held_by_owner)  # what a learner has to learn depends on it
        tell_of_owners(content_version.VERSION, content_version.current_version)
        content_version.watch(Unit, UnitClosure, Posting)  # who issues and signs certificates
        content_version.watch(Person, columns=("full_name",))
