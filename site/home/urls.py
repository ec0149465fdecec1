from django.urls import path

from home.views import health, language, pages, search

urlpatterns = [
    path("", pages.front_page, name="front_page"),
    path("tim-kiem/", search.search, name="search"),
    path("ngon-ngu/", language.set_language, name="set_language"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
