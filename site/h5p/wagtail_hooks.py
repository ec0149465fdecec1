"""The room's doors in Wagtail: its screens, its entries in the menu, the dialog that chooses an activity."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import MenuItem

from h5p import rules
from h5p.choosers import activity_chooser
from h5p.desk.urls import urlpatterns
from h5p.desk.work import work_of_h5p
from h5p.models import Content
from shared.desk import work


class _EntryFor(MenuItem):
    """An entry shown to those whom a rule lets in."""

    def __init__(self, *args, rule, **kwargs):
        super().__init__(*args, **kwargs)
        self.rule = rule

    def is_shown(self, request):
        return self.rule(request.user)


class _ActivityFinder(ModelAdminURLFinder):
    """Leads from a chosen activity to its screen. Wagtail's forms ask without a user; the screen checks its own."""

    edit_url_name = "h5p_activity"

    def construct_edit_url(self, instance):
        if self.user is not None and not rules.can_enter_desk(self.user):
            return None
        return reverse(self.edit_url_name, args=[instance.pk])


register_admin_url_finder(Content, _ActivityFinder)
work.register(work_of_h5p)


@hooks.register("register_admin_viewset")
def choosing_activities():
    return activity_chooser


@hooks.register("register_admin_urls")
def screens():
    return urlpatterns


@hooks.register("register_admin_menu_item")
def activities_in_the_menu():
    return _EntryFor(
        _("H5P activities"),
        reverse("h5p_activities"),
        name="h5p-activities",
        icon_name="form",
        order=125,
        rule=rules.can_enter_desk,
    )


@hooks.register("register_admin_menu_item")
def libraries_in_the_menu():
    return _EntryFor(
        _("H5P libraries"),
        reverse("h5p_libraries"),
        name="h5p-libraries",
        icon_name="folder-open-inverse",
        order=126,
        rule=rules.can_install_libraries,
    )
