"""What pages of the site ask for. Frames and files have addresses of their own: h5p.content_urls."""

from django.urls import path

from h5p.views import activities

app_name = "h5p"
urlpatterns = [
    path("activity/<uuid:uuid>/open/", activities.open_activity, name="open"),
    path("activity/<uuid:uuid>/results/", activities.results, name="results"),
    path("report/", activities.report, name="report"),
    path("state/", activities.save_state, name="state"),
]
