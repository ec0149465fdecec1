"""The room's doors in Wagtail."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from people.desk.account import to_the_account_page
from people.desk.choosers import PersonChooserViewSet, UnitChooserViewSet
from people.desk.policies import AdministratorsOnly, PersonPolicy
from people.desk.units import UnitViewSet
from people.models import Person, Unit

register_permission_policy(Person, PersonPolicy(Person), exact_class=True)
register_permission_policy(Unit, AdministratorsOnly(Unit), exact_class=True)


class PeopleGroup(ViewSetGroup):
    """The menu “People and units”; the list of people itself stands where Wagtail had its users."""

    items = (UnitViewSet,)
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


@hooks.register("before_bulk_action")
def no_bulk_work_on_people(request, action_type, people, action):
    """Wagtail's bulk actions know neither our rules nor our log: accounts are changed one by one."""
    if action.model is not Person:
        return None
    messages.error(request, _("Accounts are changed, deactivated and given roles one by one. Nothing was changed."))
    return redirect("wagtailusers_users:index")
