from django.apps import AppConfig


class H5PConfig(AppConfig):
    name = "h5p"
    verbose_name = "H5P"

    def ready(self):
        from h5p import checks, personal_data, receivers, tasks  # noqa: F401  checks run, tasks register outbox handlers

        personal_data.declare()
