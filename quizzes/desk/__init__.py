"""The screens of banks, questions, quizzes, tags and marking in the Wagtail admin; one subject a file.

Foreign formats (GIFT, QTI, Moodle XML) belong into `quizzes/formats/`, each a module that turns a file into sources
of questions (`quizzes.kinds.base`) and back; statistics of questions belong on `question.QuestionView`.
"""
