"""What the desk's registers have in common: rows are added and looked at, never edited or deleted."""

from django.urls import path
from wagtail.admin.viewsets.model import ModelViewSet


class RegisterViewSet(ModelViewSet):
    """A list, a form for a new row and a page to look at one; no address for editing or deleting exists at all."""

    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = True

    def get_common_view_kwargs(self, **kwargs):
        absent = ("edit_url_name", "delete_url_name", "history_url_name", "usage_url_name")
        return super().get_common_view_kwargs(**kwargs) | dict.fromkeys(absent)

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
        ]

    def register_admin_url_finder(self):
        """There is no edit page to find."""
