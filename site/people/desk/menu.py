"""The administrators' menu entries for what else stands under People and units: the log, requests, holidays."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from people import rules
from people.desk.log import WholeLogView


class ForAdministrators(MenuItem):
    def is_shown(self, request):
        return rules.can_administer_people(request.user)


def log_menu_item():
    return ForAdministrators(_("Log of changes"), reverse("people_log"), name="log", icon_name="history", order=40)


def requests_menu_item():
    """The list stands on the HR desk, where HR officers answer what is theirs."""
    return ForAdministrators(
        _("Data requests"), reverse("people:data_requests"), name="data-requests", icon_name="help", order=50
    )


def log_urls():
    return [
        path("nhat-ky/", WholeLogView.as_view(), name="people_log"),
        path("nhat-ky/results/", WholeLogView.as_view(results_only=True), name="people_log_results"),
    ]
