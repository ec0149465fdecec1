from django.urls import path

from reports import overview_views, urging_views, views
from reports.documents import views as documents
from reports.exports import views as exports
from reports.packs import views as packs
from reports.schedules import views as schedules

app_name = "reports"

urlpatterns = [
    path("", views.completions, name="completions"),
    path("tong-quan/", overview_views.overview, name="overview"),
    path("tong-quan/don-vi.xlsx", overview_views.units_xlsx, name="units_xlsx"),
    path("tong-quan/don-vi.csv", overview_views.units_csv, name="units_csv"),
    path("khoa-hoc-cung-phu-trach/", overview_views.shared_courses, name="shared_courses"),
    path("xuat.xlsx", views.export_xlsx, name="export_xlsx"),
    path("xuat.csv", views.export_csv, name="export_csv"),
    path("nguoi/<int:pk>/", views.person, name="person"),
    path("don-doc/", urging_views.urge, name="urge"),
    path("don-doc/da-gui/", urging_views.urgings, name="urgings"),
    path("tong-hop/", views.aggregates, name="aggregates"),
    path("tong-hop/xuat.xlsx", views.aggregates_xlsx, name="aggregates_xlsx"),
    path("bao-cao/", documents.reports, name="documents"),
    path("bao-cao/<slug:kind>/", documents.report, name="document"),
    path("bao-cao/<slug:kind>/tep.<slug:extension>", documents.report_file, name="document_file"),
    path("tep-da-xuat/", exports.exports, name="exports"),
    path("tep-da-xuat/dat/", exports.order, name="order"),
    path("tep-da-xuat/<int:pk>/", exports.export, name="export"),
    path("tep-da-xuat/<int:pk>/tien-do/", exports.progress, name="export_progress"),
    path("tep-da-xuat/<int:pk>/tai/", exports.download, name="export_download"),
    path("tep-da-xuat/<int:pk>/xoa/", exports.remove, name="export_remove"),
    path("gui-hang-thang/", schedules.schedules, name="schedules"),
    path("gui-hang-thang/<int:pk>/dung/", schedules.stop, name="schedule_stop"),
    path("ho-so-kiem-tra/", packs.packs, name="packs"),
]
