"""What the screens of units have in common: administrators only, and the way back."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views import generic

from people import rules
from people.models import Unit


class AdministratorsView(generic.WagtailAdminTemplateMixin):
    """A screen that administrators alone may open."""

    header_icon = "group"

    def dispatch(self, request, *args, **kwargs):
        if not rules.can_administer_people(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class OneUnitView(AdministratorsView):
    """A screen of one unit."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.pk = kwargs["pk"]

    def dispatch(self, request, *args, **kwargs):
        if rules.can_administer_people(request.user):
            self.unit = get_object_or_404(Unit.objects.select_related("head", "replaced_by"), pk=self.pk)
        return super().dispatch(request, *args, **kwargs)

    @property
    def unit_url(self) -> str:
        return reverse("units:edit", args=[self.unit.pk])

    def get_page_subtitle(self):
        return self.unit.name

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("units:index"), "label": _("Units")},
            {"url": self.unit_url, "label": self.unit.name},
            {"url": "", "label": self.get_page_title(), "sublabel": self.unit.name},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"unit": self.unit, "unit_url": self.unit_url}
