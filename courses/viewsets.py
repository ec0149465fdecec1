"""The room's part of the Wagtail menu: directives; and how courses are copied."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.actions.copy_page import CopyPageAction
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageViewSet

from courses.domain import directives
from courses.domain.reminding import steps
from courses.models import CoursePage, Directive, LearningPath, ReminderStep
from shared.desk.columns import DayColumn
from shared.desk.deletion import GuardedDeleteView
from shared.desk.searching import FoldedSearch


class DirectiveIndexView(FoldedSearch, generic.IndexView):
    pass


class _SavesDirective:
    def save_instance(self):
        return directives.save_directive(self.form.save(commit=False), self.form.changed_data, actor=self.request.user)


class DirectiveCreateView(_SavesDirective, generic.CreateView):
    pass


class DirectiveEditView(_SavesDirective, generic.EditView):
    pass


class DirectiveDeleteView(GuardedDeleteView):
    def get_reasons(self):
        return [
            _("Courses were assigned because of this directive, and that must stay readable."),
            _("If it is not in force any more, give it the day until which it was valid."),
        ]

    def delete_action(self):
        directives.delete_directive(self.object, actor=self.request.user)


class DirectiveViewSet(ModelViewSet):
    model = Directive
    name = "directives"
    icon = "doc-full"
    menu_label = gettext_lazy("Directives")
    menu_name = "directives"
    menu_order = 130
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "number",
        Column("title", label=gettext_lazy("Title"), sort_key="title"),
        Column("issuer", label=gettext_lazy("Issuer"), sort_key="issuer"),
        DateColumn("issued_on", label=gettext_lazy("Issued on"), sort_key="issued_on"),
        DayColumn("valid_to", label=gettext_lazy("Valid to"), sort_key="valid_to"),
        DateColumn("checked_on", label=gettext_lazy("Last checked on"), sort_key="checked_on"),
    ]
    index_view_class = DirectiveIndexView
    add_view_class = DirectiveCreateView
    edit_view_class = DirectiveEditView
    delete_view_class = DirectiveDeleteView
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("number", help_text=gettext_lazy("As printed, for example 05/CT-UBND.")),
                FieldPanel("title"),
                FieldPanel("issuer"),
                FieldPanel("signer", help_text=gettext_lazy("As printed on the document.")),
            ],
            heading=gettext_lazy("The document"),
        ),
        FieldRowPanel([FieldPanel("issued_on"), FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldPanel("summary", help_text=gettext_lazy("What it asks of whom, in a few sentences.")),
        FieldPanel("file", help_text=gettext_lazy("The signed document as PDF, at most 10 MB.")),
        FieldPanel(
            "quiz", help_text=gettext_lazy("If given, the document is confirmed only after the quiz is passed.")
        ),
        FieldPanel(
            "checked_on", help_text=gettext_lazy("The day on which somebody last made sure that it is in force.")
        ),
    ]


class PathIndexView(FoldedSearch, generic.IndexView):
    pass


class LearningPathViewSet(ModelViewSet):
    """Learning paths: the courses in their order."""

    model = LearningPath
    name = "learning_paths"
    icon = "list-ol"
    menu_label = gettext_lazy("Learning paths")
    menu_name = "learning_paths"
    menu_order = 120
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "title",
        Column("code", label=gettext_lazy("Code")),
        Column("in_order", label=gettext_lazy("In order")),
    ]
    index_view_class = PathIndexView
    panels = [
        FieldPanel("code"),
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("owner_unit"),
        FieldPanel("in_order"),
        InlinePanel("path_courses", label=gettext_lazy("Course"), heading=gettext_lazy("Courses"), min_num=1),
    ]


class CopyCourseView(CopyView):
    """As Wagtail's, with the code of the copy."""

    def form_valid(self, form):
        data, user = form.cleaned_data, self.request.user
        parent = data["new_parent_page"] or self.parent_page
        may_publish = parent.permissions_for_user(user).can_publish_subpage()
        course = CopyPageAction(
            page=self.page,
            recursive=data.get("copy_subpages"),
            to=parent,
            update_attrs={"title": data["new_title"], "slug": data["new_slug"], "code": data["new_code"]},
            keep_live=may_publish and data.get("publish_copies"),
            user=user,
        ).execute()
        messages.success(self.request, _("“%(title)s” was copied.") % {"title": self.page.title})
        return redirect(self.next_url) if self.next_url else redirect("wagtailadmin_explore", course.pk)


class _SavesStep:
    def save_instance(self):
        return steps.set_step(self.form.save(commit=False), actor=self.request.user)


class ReminderStepCreateView(_SavesStep, generic.CreateView):
    pass


class ReminderStepEditView(_SavesStep, generic.EditView):
    pass


class ReminderStepDeleteView(generic.DeleteView):
    def delete_action(self):
        steps.delete_step(self.object, actor=self.request.user)


class ReminderStepViewSet(ModelViewSet):
    model = ReminderStep
    name = "reminder_steps"
    url_prefix = "nhac-hoc"
    icon = "mail"
    menu_label = gettext_lazy("Reminders")
    menu_name = "reminders"
    menu_order = 65
    menu_hook = "register_people_menu_item"
    list_display = ["__str__", "days", BooleanColumn("is_active", label=gettext_lazy("in use"))]
    list_filter: list[str] = []
    copy_view_enabled = False
    inspect_view_enabled = False
    add_view_class = ReminderStepCreateView
    edit_view_class = ReminderStepEditView
    delete_view_class = ReminderStepDeleteView
    panels = [FieldPanel("kind"), FieldPanel("days"), FieldPanel("is_active")]


class CoursePageViewSet(PageViewSet):
    model = CoursePage
    copy_view_class = CopyCourseView
