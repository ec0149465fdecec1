from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("<int:notice_id>/", views.open_notice, name="open"),
    path("da-doc/", views.read_all, name="read_all"),
    path("lua-chon/", views.preferences, name="preferences"),
    path("thoi-nhan/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("lich/<str:token>.ics", views.calendar, name="calendar"),
    path("thu/", views.my_letters, name="my_letters"),
    path("thu/<int:person_id>/", views.letters_of, name="letters_of"),
]
