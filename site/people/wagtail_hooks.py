"""The room's doors in Wagtail."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from people.desk.account import to_the_account_page
from people.desk.choosers import PersonChooserViewSet, UnitChooserViewSet
from people.desk.idle import idle_style, idle_watch
from people.desk.menu import log_menu_item, log_urls, requests_menu_item
from people.desk.policies import AdministratorsOnly, PersonPolicy
from people.desk.special_days import SpecialDayViewSet
from people.desk.units import UnitViewSet
from people.desk.work import work_of_record_keepers
from people.models import AuditEntry, Person, SpecialDay, Unit
from shared.desk import work

work.register(work_of_record_keepers)
register_permission_policy(Person, PersonPolicy(Person), exact_class=True)
register_permission_policy(Unit, AdministratorsOnly(Unit), exact_class=True)
register_permission_policy(AuditEntry, AdministratorsOnly(AuditEntry), exact_class=True)
register_permission_policy(SpecialDay, AdministratorsOnly(SpecialDay), exact_class=True)


class PeopleGroup(ViewSetGroup):
    """The menu “People and units”; the list of people itself stands where Wagtail had its users."""

    items = (UnitViewSet, SpecialDayViewSet)
    menu_label = _("People and units")
    menu_name = "people-and-units"
    menu_icon = "group"
    menu_order = 300
    submenu_hook = "register_people_menu_item"

    def get_submenu_items(self):
        """Every item registers itself under `submenu_hook`."""
        return []


@hooks.register("register_admin_viewset")
def people_of_the_desk():
    return [PeopleGroup(), UnitChooserViewSet(), PersonChooserViewSet()]


hooks.register("register_account_menu_item", to_the_account_page)
hooks.register("insert_global_admin_css", idle_style)
hooks.register("insert_global_admin_js", idle_watch)
hooks.register("register_people_menu_item", log_menu_item)
hooks.register("register_people_menu_item", requests_menu_item)
hooks.register("register_admin_urls", log_urls)


@hooks.register("before_bulk_action")
def no_bulk_work_on_people(request, action_type, people, action):
    """Wagtail's bulk actions know neither our rules nor our log: accounts are changed one by one."""
    if action.model is not Person:
        return None
    messages.error(request, _("Accounts are changed, deactivated and given roles one by one. Nothing was changed."))
    return redirect("wagtailusers_users:index")
