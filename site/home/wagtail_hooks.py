"""What holds for the whole editing desk: its menu and look, who may have a file, and deletions in bulk."""

from django.contrib.auth import get_user_model
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from home import rules
from home.desk import files, menu
from shared.desk import work
from shared.desk.deletion import explain_refusal
from shared.domain.dependents import dependents_of


@hooks.register("register_admin_urls")
def addresses_of_the_desk():
    return [*menu.urlpatterns, *files.urlpatterns]


@hooks.register("register_admin_menu_item")
def stories_in_the_menu():
    return menu.press_entries()[0]


@hooks.register("register_admin_menu_item")
def campaigns_in_the_menu():
    return menu.press_entries()[1]


hooks.register("construct_main_menu", menu.tidy_main_menu)
hooks.register("construct_help_menu", menu.tidy_help_menu)


@hooks.register("construct_homepage_panels")
def work_first(request, panels):
    panels.insert(0, work.WorkPanel())


@hooks.register("construct_homepage_summary_items", order=1000)  # after those that fill it
def no_numbers_that_nobody_works_with(request, items):
    """How many pages and files there are says nothing to those who came for their own work."""
    items.clear()


@hooks.register("insert_global_admin_css")
def colours_of_the_desk():
    return format_html('<link rel="stylesheet" href="{}">', static("home/desk.css"))


@hooks.register("before_serve_document")
def ask_who_is_there(document, request: HttpRequest):
    """Files of the lessons need sign-in as the lessons do."""
    return None if rules.can_download(request.user, document) else redirect_to_login(request.get_full_path())


@hooks.register("before_bulk_action")
def explain_bulk_deletion(request, action_type, objects, action):
    """Of files and snippets; pages and people have rooms that know them better."""
    if action_type != "delete" or not objects or action.model in {Page, get_user_model()}:
        return None
    return _explain(request, objects, action.next_url)


@hooks.register("before_delete_snippet")
def explain_snippet_deletion(request, snippets):
    if not snippets:
        return None
    return _explain(request, snippets, snippets[0].snippet_viewset.menu_url)


def _explain(request, things, back: str):
    model = type(things[0])
    if model in {get_image_model(), get_document_model()}:
        kinds = [kind for thing in things for kind in files.what_needs(thing)]
        reason = files.why_needed()
    else:
        kinds = dependents_of(model._default_manager.filter(pk__in=[thing.pk for thing in things]))
        reason = _("Other records still need it.")
    if not kinds:
        return None
    return explain_refusal(request, things, kinds, reasons=[reason], back=back or reverse("wagtailadmin_home"))
