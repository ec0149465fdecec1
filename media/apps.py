from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "media"
    verbose_name = _("Press office")

    def ready(self):
        from media import personal_data, receivers, tasks  # noqa: F401  receivers listen, tasks register outbox handlers
        from media.renditions import forget_camera_data

        forget_camera_data()
        personal_data.declare()
