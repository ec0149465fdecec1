from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.completions, name="completions"),
    path("xuat.xlsx", views.export_xlsx, name="export_xlsx"),
    path("xuat.csv", views.export_csv, name="export_csv"),
    path("nguoi/<int:pk>/", views.person, name="person"),
]
