from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "shared"

    def ready(self):
        from shared import content_version
        from shared.search import indexing

        indexing.install()
        content_version.connect()
