from django.urls import path

from api import views

app_name = "api"
urlpatterns = [path("certificates/<str:code>/", views.certificate, name="certificate")]
