from django.core.management.base import BaseCommand

from home.domain.site_setup import set_up_site


class Command(BaseCommand):
    help = "Creates the pages and groups every site starts with. Running it again changes nothing."

    def handle(self, **options):
        set_up_site()
