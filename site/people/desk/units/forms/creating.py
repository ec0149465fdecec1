from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from people.models import Unit

from .base import unit_field


class NewUnitForm(forms.ModelForm):
    parent = unit_field(
        gettext_lazy("Part of"),
        gettext_lazy("The unit directly above. Leave empty for a unit that stands on its own."),
        required=False,
    )
    basis = forms.CharField(
        label=gettext_lazy("Basis"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Number and date of the decision, if the unit begins by one."),
    )

    class Meta:
        model = Unit
        fields = ("code", "name", "short_name", "kind", "line", "active_from")
        widgets = {"active_from": AdminDateInput}
        error_messages = {"code": {"unique": gettext_lazy("Another unit has this code. Codes are never used twice.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["code", "name", "short_name", "parent", "kind", "line", "active_from", "basis"])
        self.fields["active_from"].initial = timezone.localdate()
        self.fields["active_from"].help_text = _("From this day on the unit exists and its people are counted.")

    def clean(self):
        data = super().clean()
        parent, start = data.get("parent"), data.get("active_from")
        if parent and start and start < parent.active_from:
            message = _("%(unit)s exists only from %(day)s on.")
            day = parent.active_from.strftime("%d/%m/%Y")
            self.add_error("active_from", message % {"unit": parent, "day": day})
        if parent and parent.active_to:
            message = _("%(unit)s is closed from %(day)s on; choose another unit.")
            self.add_error("parent", message % {"unit": parent, "day": f"{parent.active_to:%d/%m/%Y}"})
        return data
