"""Banks, question kinds, quizzes, attempts and grading. Knows nothing of courses."""
