from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"
    verbose_name = "API"

    def ready(self):
        from api import personal_data, receivers, tasks  # noqa: F401  receivers listen, tasks register outbox handlers
        from api.domain.webhooks import told

        personal_data.declare()
        told.declare()
