"""Who administers the site, and the requests about personal data a viewer may answer."""

from django.db.models import Q, QuerySet

from people.enums import RequestKind, Role
from people.models import DataRequest, Person

from .persons import kept_people_for
from .roles import grants_in_force, roles_of


def administrators() -> QuerySet[Person]:
    """Everybody who can administer the site and sign in today; accounts for emergencies do not count."""
    granted = grants_in_force().filter(role=Role.ADMINISTRATOR).values("person")
    return Person.objects.filter(
        Q(is_superuser=True) | Q(pk__in=granted), is_active=True, emergency_account__isnull=True
    )


def data_requests_for(viewer: Person) -> QuerySet[DataRequest]:
    """The requests `viewer` may see and answer: `rules.can_answer_request`.

    Administrators all; HR officers what is to be corrected about others whose records they keep.
    """
    requests = DataRequest.objects.all()
    if not viewer.is_authenticated:
        return requests.none()
    if viewer.is_superuser or Role.ADMINISTRATOR in roles_of(viewer):
        return requests
    if Role.HR_OFFICER not in roles_of(viewer):
        return requests.none()
    kept = kept_people_for(viewer).exclude(pk=viewer.pk).order_by()
    return requests.filter(kind=RequestKind.CORRECT, person__in=kept.values("pk"))
