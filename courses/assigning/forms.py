"""What an officer chooses for a rule."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.domain.assignment import Target
from courses.enums import DueKind, ManagerScope, Recurrence
from courses.models import Assignment, CoursePage, Directive, LearningPath
from people.enums import EmploymentType, PositionGroup
from people.forms.fields import DayField
from people.models import Person, Unit
from people.queries import kept_units_for
from people.unit_tree import UnitTree, tree_of

_COURSE, _PATH = "khoa", "lo-trinh"


class UnitChoices(forms.CheckboxSelectMultiple):
    """The tree of the viewer's units as boxes to tick."""

    template_name = "courses/assigning/unit_choices.html"
    option_template_name = "django/forms/widgets/input.html"
    depths: dict[str, int] = {}  # by value: how far below the top of the list a unit stands

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["depth"] = min(self.depths.get(str(value), 0), 5)
        return option


class RuleForm(forms.Form):
    """A rule for units the viewer keeps. What is asked, of whom, until when, and because of what."""

    what = forms.ChoiceField(label=_("Course or learning path"))
    units = forms.TypedMultipleChoiceField(
        label=_("Units"), coerce=int, widget=UnitChoices, error_messages={"required": _("Choose at least one unit.")}
    )
    with_subtree = forms.BooleanField(
        label=_("With all units below"), required=False, help_text=_("People who join later are asked as well.")
    )
    position_groups = forms.MultipleChoiceField(
        label=_("Position groups"),
        choices=PositionGroup,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all of them."),
    )
    employment_types = forms.MultipleChoiceField(
        label=_("Employment types"),
        choices=EmploymentType,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all of them."),
    )
    managers = forms.ChoiceField(label=_("Leaders and staff"), choices=ManagerScope, initial=ManagerScope.ANY)
    due_kind = forms.ChoiceField(label=_("Until when"), choices=DueKind, initial=DueKind.FIXED)
    due_on = DayField(label=_("Due on"), required=False, help_text=_("For a fixed day, and for the yearly window."))
    due_days = forms.IntegerField(
        label=_("Number of days"), required=False, min_value=1, max_value=1000, help_text=_("For the other two.")
    )
    recurrence = forms.ChoiceField(label=_("How often"), choices=Recurrence, initial=Recurrence.NONE)
    window_opens_on = DayField(
        label=_("Every year from"),
        required=False,
        help_text=_("The first window, up to the day above. Later years follow by themselves."),
    )
    newcomer_days = forms.IntegerField(
        label=_("Days for whoever comes later"), min_value=0, max_value=365, initial=30, required=False
    )
    target_percent = forms.IntegerField(
        label=_("Target, percent"),
        min_value=1,
        max_value=100,
        initial=90,
        required=False,
        help_text=_("Reports measure the completion rate against it. Empty: no target."),
    )
    active_from = DayField(label=_("Asks from"), required=False)
    directive = forms.ModelChoiceField(
        label=_("Because of"), queryset=Directive.objects.none(), required=False, empty_label=_("No document")
    )

    def __init__(self, *args, viewer: Person, **kwargs):
        kwargs["initial"] = {"active_from": timezone.localdate(), "with_subtree": True} | kwargs.get("initial", {})
        super().__init__(*args, auto_id="%s", **kwargs)
        self.tree: UnitTree = tree_of(kept_units_for(viewer), timezone.localdate())
        self.fields["units"].choices = [(node.pk, node.name) for node in self.tree.open_units()]
        self.fields["units"].widget.depths = {str(node.pk): node.depth for node in self.tree.open_units()}
        self.fields["directive"].queryset = Directive.objects.all()
        self.fields["directive"].label_from_instance = lambda found: f"{found.number} · {found.title}"
        self.fields["what"].choices = [("", "—"), *_things_to_ask()]

    def clean(self):
        data = super().clean()
        today = timezone.localdate()
        fixed, yearly = data.get("due_kind") == DueKind.FIXED, data.get("recurrence") == Recurrence.YEARLY
        if yearly and not fixed:
            self.add_error("due_kind", _("A yearly rule has a fixed day: the end of its window."))
        if fixed and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Give the day."))
        if not fixed and not data.get("due_days") and "due_days" not in self.errors:
            self.add_error("due_days", _("Give the number of days."))
        if fixed and not yearly and data.get("due_on") and data["due_on"] < today:
            self.add_error("due_on", _("This day is over. Nobody can be asked for something in the past."))
        if yearly and not data.get("window_opens_on") and "window_opens_on" not in self.errors:
            self.add_error("window_opens_on", _("Give the day on which the window opens."))
        if yearly and data.get("window_opens_on") and data.get("due_on"):
            if data["window_opens_on"] > data["due_on"]:
                self.add_error("window_opens_on", _("The window opens before it closes."))
            elif (data["due_on"] - data["window_opens_on"]).days >= 365:
                self.add_error("due_on", _("A window is shorter than a year."))
        if data.get("active_from") and data["active_from"] < today:
            self.add_error("active_from", _("A rule asks from today on at the earliest."))
        return data

    def targets(self) -> list[Target]:
        found = Unit.objects.in_bulk(self.cleaned_data["units"])
        return [Target(found[pk], self.cleaned_data["with_subtree"]) for pk in self.cleaned_data["units"]]

    def rule(self) -> Assignment:
        """The rule as chosen, not stored. Asked for by the highest of its units."""
        data, fixed = self.cleaned_data, self.cleaned_data["due_kind"] == DueKind.FIXED
        kind, _sep, pk = data["what"].partition("-id-")
        yearly = data["recurrence"] == Recurrence.YEARLY
        highest = min(data["units"], key=lambda unit: self.tree.nodes[unit].depth)
        return Assignment(
            course=CoursePage.objects.get(pk=pk) if kind == _COURSE else None,
            path=LearningPath.objects.get(pk=pk) if kind == _PATH else None,
            position_groups=data["position_groups"],
            employment_types=data["employment_types"],
            managers=data["managers"],
            due_kind=data["due_kind"],
            due_on=data["due_on"] if fixed else None,
            due_days=None if fixed else data["due_days"],
            recurrence=data["recurrence"],
            window_opens_on=data["window_opens_on"] if yearly else None,
            newcomer_days=data["newcomer_days"] or 0,
            target_percent=data["target_percent"],
            active_from=data["active_from"] or timezone.localdate(),
            directive=data["directive"],
            owner_unit_id=highest,
        )


def values_of(rule: Assignment) -> dict:
    """A stored rule as the form's first values, for another one like it."""
    kind, pk = (_COURSE, rule.course_id) if rule.course_id else (_PATH, rule.path_id)
    targets = list(rule.units.all())
    names = ("position_groups", "employment_types", "managers", "due_kind", "due_on", "due_days", "recurrence")
    return {
        name: getattr(rule, name)
        for name in (*names, "window_opens_on", "newcomer_days", "target_percent", "directive")
    } | {
        "what": f"{kind}-id-{pk}",
        "units": [target.unit_id for target in targets],
        "with_subtree": all(target.with_subtree for target in targets),
    }


def _things_to_ask() -> list:
    courses = CoursePage.objects.live().order_by("path").values_list("pk", "title")
    paths = LearningPath.objects.values_list("pk", "title")
    groups = [(_("Courses"), [(f"{_COURSE}-id-{pk}", title) for pk, title in courses])]
    if paths:
        groups.append((_("Learning paths"), [(f"{_PATH}-id-{pk}", title) for pk, title in paths]))
    return groups
