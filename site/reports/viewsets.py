"""The room's part of the Wagtail menu: the bands of the classification of results."""

from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from reports.documents import grading
from reports.models import GradeBand


class _SavesBand:
    def save_instance(self):
        return grading.set_band(self.form.save(commit=False), actor=self.request.user)


class GradeBandCreateView(_SavesBand, generic.CreateView):
    pass


class GradeBandEditView(_SavesBand, generic.EditView):
    pass


class GradeBandDeleteView(generic.DeleteView):
    def delete_action(self):
        grading.delete_band(self.object, actor=self.request.user)


class GradeBandViewSet(ModelViewSet):
    model = GradeBand
    name = "grade_bands"
    url_prefix = "muc-xep-loai"
    icon = "order"
    menu_label = gettext_lazy("Classification bands")
    menu_name = "grade-bands"
    menu_order = 68
    menu_hook = "register_people_menu_item"
    list_display = ["label", "from_points"]
    list_filter: list[str] = []
    copy_view_enabled = False
    inspect_view_enabled = False
    add_view_class = GradeBandCreateView
    edit_view_class = GradeBandEditView
    delete_view_class = GradeBandDeleteView
    panels = [FieldPanel("label"), FieldPanel("from_points")]
