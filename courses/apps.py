from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self):
        from wagtail.images import get_image_model
        from wagtail.models import Page, PageViewRestriction

        from courses import personal_data, receivers, tasks  # noqa: F401  receivers listen, tasks register outbox handlers
        from courses.domain import told
        from courses.domain.reminding import telling, urging
        from courses.models import CoursePage, LessonPage
        from courses.queries import documents_wait_for_owner
        from people.sign_in.sessions import tell_of_owners
        from shared import content_version

        personal_data.declare()
        for topics in (told, telling, urging):
            topics.declare()
        tell_of_owners("documents_wait", documents_wait_for_owner)
        content_version.watch(Page, PageViewRestriction, CoursePage, LessonPage, get_image_model())
