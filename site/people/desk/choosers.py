from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from people.enums import Role
from people.models import Person, Posting, Unit, UnitPlacement
from people.queries import current_on, roles_of
from shared.desk.searching import FoldedChooseResultsView, FoldedChooseView

# Whose work it is to link an account to something: exemplary officials, units and their heads.
CHOOSING_ROLES = frozenset({Role.PRESS_OFFICER, Role.ADMINISTRATOR})


class _ChooseUnit:
    """Units that have not ended, each with its code and the unit above: many offices bear the same name."""

    def get_object_list(self):
        today = timezone.localdate()
        above = UnitPlacement.objects.filter(current_on(today), unit=OuterRef("pk"))
        open_ones = Unit.objects.filter(Q(active_to__isnull=True) | Q(active_to__gt=today))
        return open_ones.annotate(parent_name=Subquery(above.values("parent__name")[:1]))

    @property
    def columns(self):
        return [*super().columns, Column("parent_name", label=_("Part of")), Column("code", label=_("Code"))]


class ChooseUnitView(_ChooseUnit, FoldedChooseView):
    pass


class ChooseUnitResultsView(_ChooseUnit, FoldedChooseResultsView):
    pass


class UnitChooserViewSet(ChooserViewSet):
    model = Unit
    name = "unit_chooser"
    icon = "group"
    choose_one_text = _("Choose a unit")
    choose_another_text = _("Choose another unit")
    edit_item_text = _("Open this unit")
    choose_view_class = ChooseUnitView
    choose_results_view_class = ChooseUnitResultsView


class _MayChoosePeople:
    """Only those whose work it is: most authors have no reason to browse the names of their colleagues."""

    def dispatch(self, request, *args, **kwargs):
        if not (request.user.is_superuser or roles_of(request.user) & CHOOSING_ROLES):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class _ChoosePerson(_MayChoosePeople):
    """Names and units only."""

    def get_object_list(self):
        return with_units(Person.objects.filter(is_active=True, is_superuser=False))

    @property
    def columns(self):
        return [*super().columns, Column("unit_name", label=_("Unit"))]


class ChoosePersonView(_ChoosePerson, FoldedChooseView):
    pass


class ChoosePersonResultsView(_ChoosePerson, FoldedChooseResultsView):
    pass


class ChosenPersonView(_MayChoosePeople, chooser.ChosenView):
    pass


class ChosenPeopleView(_MayChoosePeople, chooser.ChosenMultipleView):
    pass


class PersonChooserViewSet(ChooserViewSet):
    model = Person
    name = "person_chooser"
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    edit_item_text = _("Open this account")
    choose_view_class = ChoosePersonView
    choose_results_view_class = ChoosePersonResultsView
    chosen_view_class = ChosenPersonView
    chosen_multiple_view_class = ChosenPeopleView


def with_units(people):
    """Adds `unit_name`, the unit of the primary posting held today, in the same query."""
    today = timezone.localdate()
    held = Posting.objects.filter(current_on(today), person=OuterRef("pk"), is_primary=True)
    return people.annotate(unit_name=Subquery(held.values("unit__name")[:1]))
