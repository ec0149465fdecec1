"""The libraries: the list, one library, and the decision about a replacement."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from h5p import queries, rules
from h5p.desk.access import DeskPage, RightNeeded
from h5p.domain import library_store
from h5p.enums import ProposalState
from h5p.models import ContentDependency, Library, LibraryDependency, LibraryProposal
from shared.desk.searching import FoldedSearch
from shared.errors import DomainError

_SHOWN = 20
_SHOWN_PROPOSALS = 5


def state_of(library: Library) -> str:
    """Switched off, restricted, or nothing to say."""
    states = []
    if library.waiting_proposals:
        states.append(_("a replacement waits"))
    if not library.enabled:
        states.append(_("switched off"))
    if library.restricted:
        states.append(_("restricted"))
    return ", ".join(states) or "–"


class LibrariesView(RightNeeded, FoldedSearch, generic.IndexView):
    right = rules.can_install_libraries
    model = Library
    page_title = gettext_lazy("H5P libraries")
    header_icon = "folder-open-inverse"
    index_url_name = "h5p_libraries"
    index_results_url_name = "h5p_libraries_results"
    results_template_name = "h5p/desk/libraries_results.html"
    default_ordering = "machine_name"
    paginate_by = 100
    permission_policy = None
    _show_breadcrumbs = True

    def get_base_queryset(self):
        return queries.libraries_for(self.request.user)

    @property
    def columns(self):
        return [
            TitleColumn("title", label=_("Library"), sort_key="title", url_name="h5p_library"),
            Column("machine_name", label=_("Machine name"), sort_key="machine_name"),
            Column("version", label=_("Version")),
            Column("license", label=_("Licence"), accessor=lambda library: library.license or _("not stated")),
            Column("used_by_contents", label=_("Activities"), sort_key="used_by_contents"),
            Column("used_by_libraries", label=_("Libraries")),
            Column("state", label=_("State"), accessor=state_of),
        ]

    def get_context_data(self, **kwargs):
        waiting = queries.proposals_for(self.request.user)
        return super().get_context_data(**kwargs) | {
            "proposals": list(waiting[:_SHOWN_PROPOSALS]),
            "proposal_count": waiting.count(),
            "without_libraries": not Library.objects.exists(),
            "may_install": True,
        }

    @property
    def header_buttons(self):
        return [HeaderButton(_("Import a package"), url=reverse("h5p_import"), icon_name="upload")]

    def get_breadcrumbs_items(self):
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.page_title}]


class LibraryView(DeskPage, TemplateView):
    """One library: what it is, who needs it, and what a manager may do with it."""

    right = rules.can_install_libraries
    template_name = "h5p/desk/library.html"
    header_icon = "folder-open-inverse"

    def dispatch(self, request, *args, **kwargs):
        self.library = get_object_or_404(queries.libraries_for(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return str(self.library)

    def get_trail(self):
        return [(reverse("h5p_libraries"), _("H5P libraries"))]

    def post(self, request, pk):
        action = request.POST.get("action")
        try:
            if action == "remove":
                library_store.remove(self.library, actor=request.user)
                messages.success(request, _("Removed: %(library)s") % {"library": self.library})
                return redirect("h5p_libraries")
            if action in {"enable", "disable"}:
                library_store.set_enabled(self.library, action == "enable", actor=request.user)
            elif action in {"restrict", "release"}:
                library_store.set_restricted(self.library, action == "restrict", actor=request.user)
            else:
                raise ValidationError(action)
        except DomainError as problem:
            messages.error(request, problem.message)
        except ValidationError:
            messages.error(request, _("Nothing was changed."))
        else:
            messages.success(request, _("Saved."))
        return redirect("h5p_library", pk)

    def get_context_data(self, **kwargs):
        library = self.library
        viewer = self.request.user
        heavy = queries.HEAVY_OF_LIBRARY
        uses = ContentDependency.objects.filter(library=library).values("content")
        used = queries.contents_for(viewer).filter(Q(pk__in=uses) | Q(main_library=library))
        needing = LibraryDependency.objects.filter(required=library).values("library")
        needed_by = Library.objects.filter(pk__in=needing).defer(*heavy)
        proposals = queries.proposals_for(viewer).filter(library=library)
        return super().get_context_data(**kwargs) | {
            "library": library,
            "contents": used[:_SHOWN],
            "needed_by": needed_by,
            "needs": library.dependencies.select_related("required").defer(*(f"required__{name}" for name in heavy)),
            "proposals": proposals,
            "is_used": library.used_by_contents or library.used_by_libraries or library.own_contents,
        }


class ReplacementsView(DeskPage, TemplateView):
    """All replacements that wait, each with what it changes; those ticked are approved one after the other.

    A package made with newer tools brings a score of them at once. Each stays bound to the files that were shown, and
    each is a transaction of its own: one that is refused takes none of the others with it.
    """

    right = rules.can_install_libraries
    template_name = "h5p/desk/replacements.html"
    page_title = gettext_lazy("Replacements that wait for approval")
    header_icon = "clipboard-list"

    def get_trail(self):
        return [(reverse("h5p_libraries"), _("H5P libraries"))]

    def post(self, request):
        chosen = queries.proposals_for(request.user).filter(pk__in=_numbers(request.POST.getlist("proposal")))
        approved = 0
        for proposal in chosen:
            try:
                library_store.approve(proposal, shown=request.POST.get(f"shown-{proposal.pk}", ""), actor=request.user)
            except DomainError as problem:
                messages.error(request, f"{proposal.library}: {problem.message}")
            else:
                approved += 1
        if approved:
            messages.success(request, ngettext("%d library replaced.", "%d libraries replaced.", approved) % approved)
        elif not chosen:
            messages.warning(request, _("Nothing was ticked, so nothing was changed."))
        return redirect("h5p_libraries" if approved else "h5p_replacements")

    def get_context_data(self, **kwargs):
        by_package: dict[str, list[LibraryProposal]] = {}
        for proposal in queries.proposals_for(self.request.user).order_by("source_package", "library__machine_name"):
            by_package.setdefault(proposal.source_package, []).append(proposal)
        return super().get_context_data(**kwargs) | {"packages": by_package.items()}


def _numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]


class ReplacementView(DeskPage, TemplateView):
    """What would change, file by file; approving is bound to exactly these files."""

    right = rules.can_install_libraries
    template_name = "h5p/desk/replacement.html"
    page_title = gettext_lazy("Replace a library")
    header_icon = "clipboard-list"

    def dispatch(self, request, *args, **kwargs):
        proposals = LibraryProposal.objects.select_related("library", "proposed_by", "decided_by").defer(
            *(f"library__{name}" for name in queries.HEAVY_OF_LIBRARY)
        )
        self.proposal = get_object_or_404(proposals, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_trail(self):
        return [(reverse("h5p_libraries"), _("H5P libraries"))]

    def post(self, request, pk):
        try:
            if "approve" in request.POST:
                library = library_store.approve(self.proposal, shown=request.POST.get("shown", ""), actor=request.user)
                messages.success(request, _("Installed: %(library)s") % {"library": library})
            else:
                library_store.refuse(self.proposal, actor=request.user)
                messages.success(request, _("The installed version stays."))
        except DomainError as problem:
            messages.error(request, problem.message)
            return redirect("h5p_replacement", pk)
        return redirect("h5p_libraries")

    def get_context_data(self, **kwargs):
        difference = self.proposal.difference
        changes = library_store.file_changes(self.proposal)
        return super().get_context_data(**kwargs) | {
            "proposal": self.proposal,
            "library": self.proposal.library,
            "changes": changes,
            "groups": [
                (_("More changed files") if changes else _("Changed files"), difference["changed"][len(changes) :]),
                (_("Added files"), difference["added"]),
                (_("Removed files"), difference["removed"]),
            ],
            "waits": self.proposal.state == ProposalState.WAITING,
        }
