from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = _("Quizzes")

    def ready(self):
        from quizzes import personal_data, tasks  # noqa: F401  tasks register outbox handlers
        from quizzes.models import Accommodation, Question, Quiz, QuizSection, SectionDraw, SectionQuestion
        from shared import content_version

        personal_data.declare()
        content_version.watch(Quiz, QuizSection, SectionQuestion, SectionDraw, Question, Accommodation)
