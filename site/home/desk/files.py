"""No photograph or document is deleted while a published page shows it."""

from django.http import JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.documents.views.documents import DeleteView as DocumentDeleteView
from wagtail.documents.views.multiple import DeleteView as UploadedDocumentDeleteView
from wagtail.images.views.images import DeleteView as ImageDeleteView
from wagtail.images.views.multiple import DeleteView as UploadedImageDeleteView
from wagtail.models import Page

from home.queries import live_pages_with
from shared.desk.deletion import GuardedDeleteView, WayOut
from shared.domain.dependents import Dependents, dependents_of


def what_needs(file) -> list[Dependents]:
    """What forbids deleting the file: published pages, and rows that protect it."""
    pages = live_pages_with(file).count()
    protecting = dependents_of(type(file)._default_manager.filter(pk=file.pk))
    return [Dependents(Page, pages), *protecting] if pages else protecting


def why_needed() -> str:
    return _("It is part of published pages. Take it out of them or unpublish them first, then delete it.")


class _UsedFile(GuardedDeleteView):
    def get_dependents(self):
        return what_needs(self.object)

    def get_reasons(self):
        return [why_needed()]

    def get_ways_out(self):
        return [WayOut(_("See where it is used"), reverse(self.usage_url_name, args=[self.object.pk]))]


class UsedDocumentDeleteView(_UsedFile, DocumentDeleteView):
    """In the place of Wagtail's."""


class UsedImageDeleteView(_UsedFile, ImageDeleteView):
    """In the place of Wagtail's."""


class _UploadedFile:
    """The delete link of the screen on which several files were uploaded."""

    def post(self, request, *args, **kwargs):
        file = self.get_model().objects.filter(pk=kwargs[self.pk_url_kwarg]).first()
        if file and what_needs(file):
            return JsonResponse({"success": False, "error_message": why_needed()}, status=409)
        return super().post(request, *args, **kwargs)


class GuardedUploadedDocumentDeleteView(_UploadedFile, UploadedDocumentDeleteView):
    pass


class GuardedUploadedImageDeleteView(_UploadedFile, UploadedImageDeleteView):
    pass


# Under the addresses of the views they replace: our room is asked before Wagtail's.
urlpatterns = [
    path("images/<int:image_id>/delete/", UsedImageDeleteView.as_view()),
    path("images/multiple/<int:image_id>/delete/", GuardedUploadedImageDeleteView.as_view()),
    path("documents/delete/<int:document_id>/", UsedDocumentDeleteView.as_view()),
    path("documents/multiple/<int:doc_id>/delete/", GuardedUploadedDocumentDeleteView.as_view()),
]
