"""Forms of the room's pages; apart from other forms because the page models themselves name them."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm


class CoursePageForm(WagtailAdminPageForm):
    def clean_code(self):
        """Certificates and imports know a course by its code."""
        code = self.cleaned_data["code"].strip()
        _require_free_code(type(self.instance), code, but=self.instance.pk)
        return code

    def clean(self):
        data = super().clean()
        if "modules" in self.formsets:
            _refuse_repeated_codes(self.formsets["modules"])
        return data


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
        field.error_messages["invalid_choice"] = _unknown_module(list(modules))


class CopyLessonForm(CopyForm):
    """Without aliases: a lesson belongs to one course, and evidence to one lesson."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)


class CopyCourseForm(CopyLessonForm):
    """The copy of a course is a course of its own, with a code of its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        code = self.page.specific_class._meta.get_field("code")
        self.fields["new_code"] = code.formfield(
            label=_("New code"), help_text=_("Certificates and imports know a course by its code.")
        )
        self.order_fields(["new_title", "new_code"])

    def clean_new_code(self):
        code = self.cleaned_data["new_code"].strip()
        _require_free_code(self.page.specific_class, code)
        return code


def modules_of(course) -> dict[str, str]:
    """Titles by code of the course's modules: the published ones and those of its latest draft."""
    if course is None:
        return {}
    course = course.specific
    titles = {module.code: module.title for module in course.modules.all()}
    if course.latest_revision_id and course.has_unpublished_changes:
        titles |= {module.code: module.title for module in course.get_latest_revision_as_object().modules.all()}
    return titles


def _require_free_code(model, code: str, but: int | None = None) -> None:
    holder = model.objects.exclude(pk=but).filter(code__iexact=code).first() if code else None
    if holder:
        raise forms.ValidationError(
            _("The course “%(title)s” has the code %(code)s already. Choose another code.")
            % {"title": holder.title, "code": holder.code}
        )


def _refuse_repeated_codes(modules) -> None:
    """Lessons name their module by its code, so within a course it is one module's only."""
    seen = set()
    for form in modules.forms:
        code = form.cleaned_data.get("code") if form.is_valid() and not form.cleaned_data.get("DELETE") else None
        if code and code in seen:
            form.add_error("code", _("Another module of this course has the code %(code)s.") % {"code": code})
        seen.add(code)


def _unknown_module(codes: list[str]) -> str:
    """A message for `ChoiceField`, which fills in %(value)s itself."""
    if not codes:
        return _("“%(value)s” is not a module of this course, which has no modules yet.")
    known = ", ".join(codes).replace("%", "%%")
    return _("“%%(value)s” is not a module of this course. Its modules: %(known)s.") % {"known": known}
