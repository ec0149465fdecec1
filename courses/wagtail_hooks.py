"""The room's doors in Wagtail."""

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from courses import desk, doubts_desk
from courses.choosers import directive_chooser
from courses.desk_work import work_of_course_authors
from courses.models import CourseIndexPage, CoursePage, Directive, LearningPath, ReminderStep
from courses.viewsets import CoursePageViewSet, DirectiveViewSet, LearningPathViewSet, ReminderStepViewSet
from people.desk.log import vocabulary
from people.desk.policies import AdministratorsOnly
from people.enums import Role
from people.queries import roles_of
from shared.desk import work

AUTHOR_ROLES = frozenset({Role.COURSE_AUTHOR, Role.ADMINISTRATOR})


work.register(work_of_course_authors)
vocabulary.rows(CoursePage, "title", "course")
vocabulary.rows(LearningPath, "title", "path")
vocabulary.rows(Directive, "number", "directive")
register_permission_policy(ReminderStep, AdministratorsOnly(ReminderStep), exact_class=True)


@hooks.register("register_admin_viewset")
def courses_of_the_desk():
    return [DirectiveViewSet(), LearningPathViewSet(), CoursePageViewSet(), ReminderStepViewSet(), directive_chooser]


def open_catalogue(request):
    """The explorer of the courses; its address does not depend on which page the catalogue is."""
    catalogue = CourseIndexPage.objects.first()
    if catalogue is None:
        return redirect("wagtailadmin_home")
    return redirect("wagtailadmin_explore", catalogue.pk)


@hooks.register("register_admin_urls")
def addresses_of_the_courses():
    return [path("courses/", open_catalogue, name="desk_courses"), *doubts_desk.urlpatterns]


class CoursesMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_superuser or bool(roles_of(request.user) & AUTHOR_ROLES)


@hooks.register("register_admin_menu_item")
def courses_in_the_menu():
    return CoursesMenuItem(_("Courses"), reverse("desk_courses"), name="courses", icon_name="folder-open-1", order=110)


hooks.register("register_admin_menu_item", doubts_desk.menu_item)


@hooks.register("before_delete_page")
def explain_page_deletion(request, page):
    return desk.refuse_deletion(request, [page], reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


@hooks.register("before_move_page")
def explain_page_move(request, page, destination):
    return desk.refuse_move(request, page, destination)


@hooks.register("before_bulk_action")
def explain_bulk_action_on_pages(request, action_type, pages, action):
    if action.model is not Page or not pages:
        return None
    if action_type == "delete":
        return desk.refuse_deletion(request, pages, action.next_url)
    if action_type == "move":
        destination = action.cleaned_form.cleaned_data["chooser"]
        refusals = (desk.refuse_move(request, page, destination) for page in pages)
        return next((refusal for refusal in refusals if refusal), None)
    return None
