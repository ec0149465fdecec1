"""The list of activities, one activity, its export and deletion."""

import tempfile

from django.db import transaction
from django.db.models import ProtectedError
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import ReferenceIndex

from h5p import queries, rules
from h5p.choosers import state_of
from h5p.desk.access import DeskPage, RightNeeded
from h5p.desk.forms import HostsForm
from h5p.domain import contents
from h5p.domain.exporting import export_content
from h5p.models import Content, Library
from h5p.player.poster import poster_of
from h5p.player.types import type_of
from h5p.totals import totals_of
from shared.desk.searching import FoldedSearch
from shared.errors import DomainError
from shared.text.fold import drop_marks


class ActivitiesView(RightNeeded, FoldedSearch, generic.IndexView):
    """All activities; the search does not mind marks."""

    right = rules.can_enter_desk
    model = Content
    page_title = gettext_lazy("H5P activities")
    header_icon = "form"
    index_url_name = "h5p_activities"
    index_results_url_name = "h5p_activities_results"
    results_template_name = "h5p/desk/activities_results.html"
    default_ordering = "-updated_at"
    paginate_by = 50
    permission_policy = None
    _show_breadcrumbs = True

    def get_base_queryset(self):
        return queries.contents_for(self.request.user)

    @property
    def columns(self):
        return [
            TitleColumn("title", label=_("Title"), sort_key="title", url_name="h5p_activity"),
            Column("type", label=_("Type"), accessor=type_of, sort_key="main_library_name"),
            Column("state", label=_("State"), accessor=state_of),
            Column("places", label=_("Used on pages"), accessor=lambda content: content.places),
            DateColumn("updated_at", label=_("Changed"), sort_key="updated_at"),
        ]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = list(context["object_list"])
        places = _places({str(row.pk) for row in rows})
        for row in rows:
            row.places = places.get(str(row.pk), 0)
        return context | {
            "without_libraries": not Library.objects.exists(),
            "may_install": rules.can_install_libraries(self.request.user),
        }

    @property
    def header_buttons(self):
        if not rules.can_enter_desk(self.request.user):
            return []
        return [HeaderButton(_("Import a package"), url=reverse("h5p_import"), icon_name="upload")]

    def get_breadcrumbs_items(self):
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.page_title}]


class ActivityView(DeskPage, TemplateView):
    """One activity: played in the real player, where it comes from, what it needs, where it is used."""

    right = rules.can_enter_desk
    template_name = "h5p/desk/activity.html"
    header_icon = "form"

    def dispatch(self, request, *args, **kwargs):
        self.content = get_object_or_404(queries.contents_for(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return self.content.title

    def get_trail(self):
        return [(reverse("h5p_activities"), _("H5P activities"))]

    def post(self, request, pk):
        """Which other sites it may load from."""
        if not rules.can_create_content(request.user):
            return redirect("h5p_activity", pk)
        form = HostsForm(request.POST, content=self.content)
        if form.is_valid():
            contents.allow_hosts(self.content, form.cleaned_data["hosts"], actor=request.user)
            messages.success(request, _("Saved. The activity loads only from the sites that are ticked."))
        return redirect("h5p_activity", pk)

    def get_context_data(self, **kwargs):
        uses = self.content.dependencies.select_related("library").order_by("weight")
        heavy = (f"library__{name}" for name in queries.HEAVY_OF_LIBRARY)
        return super().get_context_data(**kwargs) | {
            "content": self.content,
            "state": state_of(self.content),
            "type": type_of(self.content),
            "blocked_hosts": self.content.blocked_hosts,
            "libraries": list({use.library_id: use.library for use in uses.defer(*heavy)}.values()),
            "usages": _usages(self.content),
            "hosts_form": HostsForm(content=self.content) if self.content.allowable_hosts else None,
            "may_create": rules.can_create_content(self.request.user),
            "may_install": rules.can_install_libraries(self.request.user),
            "poster": poster_of(self.content),
            "license": self.content.metadata.get("license", ""),
            "totals": totals_of(self.content),
        }


class ExportView(RightNeeded, View):
    """The activity as a file for this and other platforms."""

    right = rules.can_enter_desk

    def get(self, request, pk):
        content = get_object_or_404(queries.contents_for(request.user), pk=pk)
        file = tempfile.TemporaryFile(suffix=".h5p")  # noqa: SIM115  closed by the response
        try:
            export_content(content, file)
        except DomainError as problem:
            file.close()
            messages.error(request, problem.message)
            return redirect("h5p_activity", pk)
        file.seek(0)
        name = slugify(drop_marks(content.title))[:80] or str(content.uuid)
        return FileResponse(file, as_attachment=True, filename=f"{name}.h5p", content_type="application/zip")


class DeleteActivityView(DeskPage, TemplateView):
    """Asks before it deletes; an activity that is used or was played stays."""

    right = rules.can_create_content
    template_name = "h5p/desk/delete_activity.html"
    page_title = gettext_lazy("Delete the activity")
    header_icon = "bin"

    def dispatch(self, request, *args, **kwargs):
        self.content = get_object_or_404(queries.contents_for(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_trail(self):
        activity = (reverse("h5p_activity", args=[self.content.pk]), self.content.title)
        return [(reverse("h5p_activities"), _("H5P activities")), activity]

    def post(self, request, pk):
        if _usages(self.content):
            messages.error(request, _("The activity is used on pages. Take it out of them first."))
            return redirect("h5p_activity", pk)
        try:
            with transaction.atomic():
                contents.delete_content(self.content, actor=request.user)
        except ProtectedError:
            messages.error(request, _("Learners have played this activity; their records keep it."))
            return redirect("h5p_activity", pk)
        messages.success(request, _("Deleted: %(title)s") % {"title": self.content.title})
        return redirect("h5p_activities")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"content": self.content}


def _usages(content: Content) -> list:
    """Pages and other things whose texts hold the activity."""
    return [thing for thing, _references in ReferenceIndex.get_references_to(content).group_by_source_object()]


def _places(keys: set[str]) -> dict[str, int]:
    """How many things hold each of the activities, by primary key as text; one query."""
    found: dict[str, set] = {}
    rows = ReferenceIndex.objects.filter(
        to_content_type=ReferenceIndex._get_base_content_type(Content), to_object_id__in=keys
    ).values_list("to_object_id", "base_content_type", "object_id")
    for key, kind, holder in rows:
        found.setdefault(key, set()).add((kind, holder))
    return {key: len(holders) for key, holders in found.items()}
