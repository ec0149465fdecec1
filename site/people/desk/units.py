"""The units: the list, creating one, renaming one."""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from people.desk.forms import NewUnitForm, RenameUnitForm
from people.desk.log import LogView
from people.domain import units
from people.models import Unit, UnitClosure, UnitPlacement
from shared.desk.deletion import GuardedDeleteView
from shared.desk.searching import FoldedSearch
from shared.domain.dependents import Dependents, dependents_of


class UnitIndexView(FoldedSearch, generic.IndexView):
    def get_base_queryset(self):
        above = UnitPlacement.objects.filter(unit=OuterRef("pk"), valid_to__isnull=True)
        return super().get_base_queryset().annotate(parent_name=Subquery(above.values("parent__name")[:1]))


class UnitCreateView(generic.CreateView):
    def save_instance(self):
        return units.create_unit(actor=self.request.user, **self.form.cleaned_data)


class UnitEditView(generic.EditView):
    page_title = gettext_lazy("Renaming")

    def save_instance(self):
        data = self.form.cleaned_data
        return units.rename_unit(self.object, data["name"], data["short_name"], actor=self.request.user)


class UnitDeleteView(GuardedDeleteView):
    """Only a unit nothing depends on yet can go: one entered by mistake."""

    def get_dependents(self):
        """Its own place in the tree goes with it; units placed below it hold it."""
        holding = dependents_of(Unit.objects.filter(pk=self.object.pk), ignore=(UnitClosure, UnitPlacement))
        below = UnitPlacement.objects.filter(parent=self.object).count()
        return [*holding, Dependents(UnitPlacement, below)] if below else holding

    def get_reasons(self):
        return [_("Positions, roles, courses and training records speak of this unit and are kept.")]

    def delete_action(self):
        units.delete_unit(self.object, actor=self.request.user)


class UnitViewSet(ModelViewSet):
    model = Unit
    name = "units"
    icon = "group"
    menu_label = gettext_lazy("Units")
    menu_name = "units"
    menu_order = 20
    menu_hook = "register_people_menu_item"
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "name",
        Column("code", label=gettext_lazy("Code"), sort_key="code"),
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("parent_name", label=gettext_lazy("Part of")),
        DateColumn("active_from", label=gettext_lazy("Since"), sort_key="active_from"),
    ]
    list_filter = ["kind", "line"]
    ordering = "name"
    index_view_class = UnitIndexView
    add_view_class = UnitCreateView
    edit_view_class = UnitEditView
    delete_view_class = UnitDeleteView
    history_view_class = LogView

    def get_form_class(self, for_update=False):
        return RenameUnitForm if for_update else NewUnitForm

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**kwargs) | {"usage_url_name": None}

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]
