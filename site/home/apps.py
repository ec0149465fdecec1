from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self):
        from django.contrib.auth.signals import user_logged_in
        from wagtail.models import Site

        from home import context_processors, personal_data
        from shared import addresses
        from shared.desk import slugs

        personal_data.declare()
        slugs.install()
        user_logged_in.connect(context_processors.remember_doors, dispatch_uid="home.remember_doors")
        for signal in (post_save, post_delete):
            signal.connect(addresses.forget, sender=Site, dispatch_uid=f"forget addresses {id(signal)}")
