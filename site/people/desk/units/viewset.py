from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from people.desk.log import LogView
from people.desk.units.changes import CloseView, MergeView, MoveView, RenameView, SplitView
from people.desk.units.details import AliasesView, HeadView
from people.desk.units.forms import NewUnitForm
from people.desk.units.page import UnitPageView
from people.desk.units.tree import UnitTreeView
from people.domain import units
from people.models import Unit, UnitAlias, UnitChange, UnitClosure, UnitName, UnitPlacement
from shared.desk.deletion import GuardedDeleteView
from shared.domain.dependents import Dependents, dependents_of

# What belongs to the unit alone and goes with it.
OWN = (UnitAlias, UnitChange, UnitClosure, UnitName, UnitPlacement)


class UnitCreateView(generic.CreateView):
    def save_instance(self):
        return units.create_unit(actor=self.request.user, **self.form.cleaned_data)

    def get_success_url(self):
        return reverse("units:edit", args=[self.object.pk])


class UnitDeleteView(GuardedDeleteView):
    """Only a unit nothing depends on yet can go: one entered by mistake."""

    def get_dependents(self):
        """Its own place in the tree goes with it; units placed below it hold it, and changes of others that name it."""
        holding = dependents_of(Unit.objects.filter(pk=self.object.pk), ignore=OWN)
        below = UnitPlacement.objects.filter(parent=self.object).count()
        named = UnitChange.objects.filter(other=self.object).exclude(unit=self.object).count()
        rows = [Dependents(UnitPlacement, below), Dependents(UnitChange, named)]
        return [*holding, *(kind for kind in rows if kind.count)]

    def get_reasons(self):
        return [_("Positions, roles, courses and training records speak of this unit and are kept.")]

    def delete_action(self):
        units.delete_unit(self.object, actor=self.request.user)


class UnitViewSet(ModelViewSet):
    """List and edit screen are our own: the tree, and the page of one unit."""

    model = Unit
    name = "units"
    icon = "group"
    menu_label = gettext_lazy("Units")
    menu_name = "units"
    menu_order = 20
    menu_hook = "register_people_menu_item"
    copy_view_enabled = False
    add_view_class = UnitCreateView
    delete_view_class = UnitDeleteView
    history_view_class = LogView

    def get_form_class(self, for_update=False):
        return NewUnitForm

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**kwargs) | {"usage_url_name": None}

    def get_urlpatterns(self):
        ours = {"index", "index_results", "edit", "usage"}
        return [
            path("", UnitTreeView.as_view(), name="index"),
            path("edit/<int:pk>/", UnitPageView.as_view(), name="edit"),
            path("rename/<int:pk>/", RenameView.as_view(), name="rename"),
            path("move/<int:pk>/", MoveView.as_view(), name="move"),
            path("merge/<int:pk>/", MergeView.as_view(), name="merge"),
            path("split/<int:pk>/", SplitView.as_view(), name="split"),
            path("close/<int:pk>/", CloseView.as_view(), name="close"),
            path("head/<int:pk>/", HeadView.as_view(), name="head"),
            path("aliases/<int:pk>/", AliasesView.as_view(), name="aliases"),
            *(pattern for pattern in super().get_urlpatterns() if pattern.name not in ours),
        ]
