"""The same stage as the tests of the courses: attempts are taken at the quizzes of the starter courses."""

from tests.courses.conftest import (  # noqa: F401
    _forget_questions,
    cast,
    course,
    own_database,
    site,
    stage,
    starter,
)
