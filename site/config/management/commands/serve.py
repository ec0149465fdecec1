"""Serves the site with its worker and scheduler, all under one supervisor, until Ctrl-C."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import supervisor


class Command(BaseCommand):
    help = "Runs web server, Celery worker and scheduler together and stops them together."

    def add_arguments(self, parser):
        parser.add_argument("--set-up", action="store_true", help="bring the installation up to date first")

    def handle(self, set_up, **options):
        if set_up:
            call_command("set_up")
        if not supervisor.port_is_free(settings.HOST, settings.PORT):
            raise CommandError(
                f"Port {settings.PORT} on {settings.HOST} is in use. Stop what listens there or choose another: "
                f"PORT={settings.PORT + 1} ./run"
            )
        self._greet()
        raise SystemExit(supervisor.run(supervisor.programs()))

    def _greet(self) -> None:
        self.stdout.write(self.style.SUCCESS(f"\n{settings.SITE_NAME}: http://{settings.HOST}:{settings.PORT}/"))
        if settings.DEMO_CONTENT:
            from home.management.commands.load_demo import demo_password
            from people.demo import CAST

            self.stdout.write(f"Demo accounts, one password: {demo_password()}")
            for demo in CAST:
                self.stdout.write(f"  {demo.username:6} {demo.full_name}, {demo.position}")
        self.stdout.write("Ctrl-C stops everything.\n")
        self.stdout.flush()
