"""Forms of the room's pages; apart from other forms because the page models themselves name them."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm


class CoursePageForm(WagtailAdminPageForm):
    def clean_code(self):
        """Certificates and imports know a course by its code."""
        code = self.cleaned_data["code"].strip()
        others = type(self.instance).objects.exclude(pk=self.instance.pk)
        holder = others.filter(code__iexact=code).first() if code else None
        if holder:
            raise forms.ValidationError(
                _("The course “%(title)s” has the code %(code)s already. Choose another code.")
                % {"title": holder.title, "code": holder.code}
            )
        return code

    def clean(self):
        data = super().clean()
        modules = self.formsets.get("modules")
        if modules is not None:
            _refuse_repeated_codes(modules)
        return data

    def is_valid(self):
        """The inline forms are cleaned beside this one; a repeated code is shown on the second of them."""
        return super().is_valid() and not any(form.errors for form in self.formsets["modules"].forms)


def _refuse_repeated_codes(modules) -> None:
    """Lessons name their module by its code, so within a course it must be one module's only."""
    seen = set()
    for form in modules.forms:
        if not form.is_valid() or form.cleaned_data.get("DELETE"):
            continue
        code = form.cleaned_data.get("code")
        if code in seen:
            form.add_error("code", _("Another module of this course has the code %(code)s.") % {"code": code})
        seen.add(code)


class LessonPageForm(WagtailAdminPageForm):
    """The module is chosen among those of the course, its unpublished changes included."""

    module_code = forms.ChoiceField(
        label=gettext_lazy("Module"),
        required=False,
        help_text=gettext_lazy("The heading of the course under which the lesson stands."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        modules = modules_of(self.parent_page)
        field = self.fields["module_code"]
        field.choices = [("", _("No module"))] + [(code, f"{code} · {title}") for code, title in modules.items()]
        known = ", ".join(modules)
        field.error_messages["invalid_choice"] = (
            _("The course has no module with the code %(value)s. Its modules: %(known)s.")
            if modules
            else _("The course has no module with the code %(value)s; it has no modules yet.")
        ).replace("%(known)s", known)


def modules_of(course) -> dict[str, str]:
    """Titles by code of the course's modules: the published ones and those of its latest draft."""
    if course is None:
        return {}
    course = course.specific
    titles = {module.code: module.title for module in course.modules.all()}
    if course.latest_revision_id and course.has_unpublished_changes:
        titles |= {module.code: module.title for module in course.get_latest_revision_as_object().modules.all()}
    return titles
