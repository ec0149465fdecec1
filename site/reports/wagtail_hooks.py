"""The room's doors in Wagtail."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from people.desk.policies import AdministratorsOnly
from reports.models import GradeBand
from reports.viewsets import GradeBandViewSet

register_permission_policy(GradeBand, AdministratorsOnly(GradeBand), exact_class=True)


@hooks.register("register_admin_viewset")
def bands_of_the_desk():
    return [GradeBandViewSet()]
