from django.urls import path

from courses.views import certificates, learning, pages

urlpatterns = [
    path("khoa-hoc/<slug:course_slug>/<slug:lesson_slug>/", pages.lesson_at, name="lesson"),
    path("viec-hoc/", learning.my_learning, name="my_learning"),
    path("viec-hoc/<int:course_id>/bat-dau/", learning.start_course, name="start_course"),
    path("viec-hoc/<int:course_id>/bai/<int:lesson_id>/xong/", learning.finish_lesson, name="finish_lesson"),
    path("viec-hoc/<int:course_id>/bai-kiem-tra/", learning.start_quiz, name="start_quiz"),
    path("bai-kiem-tra/<int:attempt_id>/ket-qua/", learning.quiz_result, name="quiz_result"),
    path("giay-xac-nhan/", certificates.my_certificates, name="my_certificates"),
    path("giay-xac-nhan/<str:code>.pdf", certificates.certificate_pdf, name="certificate_pdf"),
    path("xac-minh/", certificates.verify, name="verify"),
    path("xac-minh/<str:code>/", certificates.verify, name="verify_certificate"),
]
