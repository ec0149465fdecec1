"""“My data”, under /tai-khoan/du-lieu/."""

from django.urls import path

from people.views import my_data

urlpatterns = [
    path("", my_data.my_data, name="my_data"),
    path("chi-tiet/", my_data.details, name="my_data_details"),
    path("tai-ve/", my_data.download, name="my_data_download"),
    path("yeu-cau/", my_data.ask, name="my_data_ask"),
    path("yeu-cau/<int:pk>/rut-lai/", my_data.withdraw, name="my_data_withdraw"),
]
