"""To whom the addresses of quizzes are open: the learner alone, never HR or heads of units."""

from shared.access import PUBLIC, one_of_mine

DOORS = {
    "quizzes:attempt": one_of_mine("attempt"),
    "quizzes:question": one_of_mine("attempt"),
    "quizzes:all": one_of_mine("attempt"),
    "quizzes:save": one_of_mine("attempt"),
    "quizzes:submit": one_of_mine("attempt"),
    "quizzes:service_worker": PUBLIC,
}
