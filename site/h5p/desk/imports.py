"""Importing: upload a package, read the report of its check, decide."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from h5p import queries, rules
from h5p.desk.access import DeskPage
from h5p.desk.forms import DecisionForm, UploadForm
from h5p.domain import uploads
from h5p.domain.importing import PackageRefused
from h5p.domain.reports import counts_by_action
from h5p.enums import LibraryAction, UploadState
from h5p.models import Content, Library
from h5p.player.types import type_name
from shared.errors import DomainError

_RECENT = 10
_LACKING = {"missing-main-library", "missing-required-library"}
_SAID_IN_THE_TABLE = {"library-differs", "library-replacement-waits"}


class ImportView(DeskPage, FormView):
    right = rules.can_enter_desk
    template_name = "h5p/desk/upload.html"
    page_title = gettext_lazy("Import an H5P package")
    header_icon = "upload"
    form_class = UploadForm

    def get_trail(self):
        return [(reverse("h5p_activities"), _("H5P activities"))]

    @property
    def replaced(self) -> Content | None:
        """The activity a new revision is imported for, if somebody came from its page."""
        wanted = self.request.GET.get("replace", "")
        return queries.contents_for(self.request.user).filter(pk=wanted).first() if wanted.isdigit() else None

    def form_valid(self, form):
        file = form.cleaned_data["package"]
        try:
            upload = uploads.receive(file.chunks(), file.name, actor=self.request.user, replace=self.replaced)
        except DomainError as problem:
            form.add_error("package", problem.message)
            return self.form_invalid(form)
        return redirect("h5p_upload", upload.pk)

    def get_context_data(self, **kwargs):
        viewer = self.request.user
        return super().get_context_data(**kwargs) | {
            "replaced": self.replaced,
            "without_libraries": not Library.objects.exists(),
            "may_install": rules.can_install_libraries(viewer),
            "waiting": queries.waiting_uploads_for(viewer)[:_RECENT],
        }


class ReportView(DeskPage, TemplateView):
    """The report of one package; confirming and discarding."""

    right = rules.can_enter_desk
    template_name = "h5p/desk/report.html"
    header_icon = "clipboard-list"

    def dispatch(self, request, *args, **kwargs):
        self.upload = get_object_or_404(queries.uploads_for(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return _("Check of %(file)s") % {"file": self.upload.file_name}

    def get_trail(self):
        return [
            (reverse("h5p_activities"), _("H5P activities")),
            (reverse("h5p_import"), _("Import an H5P package")),
        ]

    def form(self, data=None) -> DecisionForm:
        viewer = self.request.user
        return DecisionForm(data, upload=self.upload, viewer=viewer, contents=queries.contents_for(viewer))

    def post(self, request, pk):
        try:
            if "discard" in request.POST:
                uploads.discard(self.upload, actor=request.user)
                messages.success(request, _("The package was discarded. Nothing of it was imported."))
                return redirect("h5p_activities")
            return self._confirm(request)
        except PackageRefused as refused:
            messages.error(request, refused.message)
        except DomainError as problem:
            messages.error(request, problem.message)
        return redirect("h5p_upload", pk)

    def _confirm(self, request):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        report = uploads.confirm(
            self.upload,
            with_content=rules.can_create_content(request.user),
            install_libraries=form.cleaned_data.get("install_libraries", False),
            replace=form.cleaned_data.get("replace"),
            actor=request.user,
        )
        if report.content_id is None:
            messages.success(request, _("The libraries were installed."))
            return redirect("h5p_libraries")
        content = Content.objects.only("pk", "title").get(uuid=report.content_id)
        done = _("This package was imported before: %(title)s") if report.unchanged else _("Imported: %(title)s")
        messages.success(request, done % {"title": content.title})
        return redirect("h5p_activity", content.pk)

    def get_context_data(self, **kwargs):
        report = self.upload.report
        waits = self.upload.state == UploadState.CHECKED
        labels = dict(LibraryAction.choices)
        language = "vi" if (get_language() or "vi").startswith("vi") else "en"
        return super().get_context_data(**kwargs) | {
            "upload": self.upload,
            "report": report,
            "type": type_name(report["main_library"]),
            "errors": [one | {"text": one[language]} for one in report["errors"]],
            "warnings": [
                one | {"text": one[language]} for one in report["warnings"] if one["code"] not in _SAID_IN_THE_TABLE
            ],
            "libraries": [one | {"what": labels[one["action"]]} for one in _changes_first(report["libraries"])],
            "counts": [(labels[action], count) for action, count in counts_by_action(report).items()],
            "form": kwargs.get("form") or (self.form() if waits else None),
            "waits": waits,
            "may_create": rules.can_create_content(self.request.user),
            "may_install": rules.can_install_libraries(self.request.user),
            "needs_manager": any(one["code"] == "install-needs-manager" for one in report["errors"]),
            "lacks_libraries": bool(_LACKING & {one["code"] for one in report["errors"]}),
        }


def _changes_first(libraries: list[dict]) -> list[dict]:
    """The libraries an import does something with before those that stay as they are."""
    return sorted(libraries, key=lambda one: one["action"] == LibraryAction.SAME)
