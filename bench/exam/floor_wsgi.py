"""The floor's one view, served by granian."""

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse, HttpResponseForbidden
from django.urls import path


def view(request):
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bench_counter SET value = value + 1 WHERE person = %s", [request.user.pk])
    return HttpResponse("saved")


def alive(request):
    return HttpResponse("alive")


urlpatterns = [path("", view), path("alive/", alive)]
application = get_wsgi_application()
