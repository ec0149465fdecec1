"""Holidays and exchanged days, from which the due days of requests follow. Kept by administrators."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from people.domain.privacy import working_days
from people.forms.privacy import SpecialDayForm
from people.models import SpecialDay
from shared.desk.refusals import TellsRefusals


class _SetsDay(TellsRefusals):
    """Saves through the domain; what is refused there is told beside the day."""

    refused_field = "day"

    def save_instance(self):
        values = self.form.cleaned_data
        stored = self.form.instance if self.form.instance.pk else None
        return working_days.set_day(
            values["day"], values["occasion"], values["is_worked"], actor=self.request.user, stored=stored
        )


class SpecialDayCreateView(_SetsDay, generic.CreateView):
    pass


class SpecialDayEditView(_SetsDay, generic.EditView):
    pass


class SpecialDayDeleteView(generic.DeleteView):
    def delete_action(self):
        working_days.delete_day(self.object, actor=self.request.user)


class SpecialDayViewSet(ModelViewSet):
    model = SpecialDay
    name = "special_days"
    url_prefix = "ngay-nghi"
    icon = "calendar"
    menu_label = _("Holidays")
    menu_name = "holidays"
    menu_order = 60
    menu_hook = "register_people_menu_item"
    list_display = ["day", "occasion", BooleanColumn("is_worked", label=_("worked"))]
    list_filter: list[str] = []
    copy_view_enabled = False
    inspect_view_enabled = False
    add_view_class = SpecialDayCreateView
    edit_view_class = SpecialDayEditView
    delete_view_class = SpecialDayDeleteView

    def get_form_class(self, for_update=False):
        return SpecialDayForm
