from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self):
        from courses import personal_data, receivers, tasks  # noqa: F401  receivers listen, tasks register outbox handlers
        from courses.domain import told
        from courses.domain.reminding import telling, urging

        personal_data.declare()
        for topics in (told, telling, urging):
            topics.declare()
