"""The room's doors in Wagtail."""

from wagtail import hooks

from quizzes.viewsets import QuizChooserViewSet, QuizViewSet


@hooks.register("register_admin_viewset")
def quizzes_of_the_desk():
    return [QuizViewSet(), QuizChooserViewSet()]
