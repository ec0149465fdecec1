"""Group sessions as who holds them sees them: the list, the people of the unit, the form."""

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import CoursePage, GroupAttendance, GroupSession, LessonPage
from people.forms.fields import TextField
from people.models import Person, Unit
from people.queries import kept_units_for, people_in, subtree_of, units_headed_by
from people.unit_tree import tree_of


def held_units_for(viewer: Person) -> QuerySet[Unit]:
    """The units for which the viewer may hold a session: whose records they keep, or that they head."""
    ids = set(kept_units_for(viewer).values_list("pk", flat=True))
    ids |= set(units_headed_by(viewer).values_list("pk", flat=True))
    return Unit.objects.filter(pk__in=ids)


def sessions_for(viewer: Person) -> QuerySet[GroupSession]:
    """The sessions of units the viewer may hold one for: `rules.can_hold_session`."""
    return GroupSession.objects.filter(unit__in=held_units_for(viewer)).select_related("course", "unit", "lesson")


def people_of(session: GroupSession) -> QuerySet[Person]:
    """Everybody posted in the session's unit or below it, by given name, with whether they are present."""
    present = GroupAttendance.objects.filter(session=session, person=OuterRef("pk"))
    people = people_in(subtree_of([session.unit_id]).values("pk"))
    return people.annotate(is_present=Exists(present)).order_by("sort_key", "pk")


class SessionForm(forms.Form):
    """What is taken together, and for which unit."""

    course = forms.ModelChoiceField(label=_("Course"), queryset=CoursePage.objects.none(), empty_label="—")
    lesson = forms.ModelChoiceField(
        label=_("Only this lesson"), queryset=LessonPage.objects.none(), required=False, empty_label=_("All lessons")
    )
    place = TextField(label=_("Place"), max_length=200, required=False)

    def __init__(self, *args, viewer: Person, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
        nodes = tree_of(held_units_for(viewer), timezone.localdate()).open_units()
        self.fields["course"].queryset = CoursePage.objects.live().order_by("path")
        self.fields["lesson"].queryset = LessonPage.objects.live().order_by("path")
        self.fields["unit"] = forms.TypedChoiceField(
            label=_("Unit"),
            coerce=lambda pk: Unit.objects.get(pk=pk),
            choices=[("", "—"), *((str(node.pk), node.indented) for node in nodes)],
        )
        self.order_fields(["unit", "course", "lesson", "place"])

    def clean(self):
        data = super().clean()
        course, lesson = data.get("course"), data.get("lesson")
        if course and lesson and not lesson.path.startswith(course.path):
            self.add_error("lesson", _("This lesson belongs to another course."))
        return data
