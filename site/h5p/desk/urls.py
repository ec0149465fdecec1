"""Addresses of the screens, under the admin's own."""

from django.urls import path

from h5p.desk import activities, imports, libraries

urlpatterns = [
    path("h5p/", activities.ActivitiesView.as_view(), name="h5p_activities"),
    path("h5p/results/", activities.ActivitiesView.as_view(results_only=True), name="h5p_activities_results"),
    path("h5p/activities/<int:pk>/", activities.ActivityView.as_view(), name="h5p_activity"),
    path("h5p/activities/<int:pk>/export/", activities.ExportView.as_view(), name="h5p_export"),
    path("h5p/activities/<int:pk>/delete/", activities.DeleteActivityView.as_view(), name="h5p_delete_activity"),
    path("h5p/import/", imports.ImportView.as_view(), name="h5p_import"),
    path("h5p/import/<uuid:pk>/", imports.ReportView.as_view(), name="h5p_upload"),
    path("h5p/libraries/", libraries.LibrariesView.as_view(), name="h5p_libraries"),
    path("h5p/libraries/results/", libraries.LibrariesView.as_view(results_only=True), name="h5p_libraries_results"),
    path("h5p/libraries/<int:pk>/", libraries.LibraryView.as_view(), name="h5p_library"),
    path("h5p/replacements/", libraries.ReplacementsView.as_view(), name="h5p_replacements"),
    path("h5p/replacements/<int:pk>/", libraries.ReplacementView.as_view(), name="h5p_replacement"),
]
