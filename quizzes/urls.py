from django.urls import path

from quizzes import views

app_name = "quizzes"
urlpatterns = [
    path("<int:attempt_id>/", views.attempt, name="attempt"),
    path("<int:attempt_id>/cau/<int:number>/", views.question, name="question"),
    path("<int:attempt_id>/tat-ca/", views.all_questions, name="all"),
    path("<int:attempt_id>/luu/", views.save, name="save"),
    path("ngoai-tuyen.js", views.service_worker, name="service_worker"),
    path("<int:attempt_id>/nop-bai/", views.submit, name="submit"),
]
