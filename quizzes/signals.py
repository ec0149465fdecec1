"""News from the examination room. Receivers run inside the transaction that graded the attempt."""

from django.dispatch import Signal

# Sent with attempt=Attempt once, when an attempt has been graded.
attempt_graded = Signal()

# Sent with attempt=Attempt, was_passed=bool and change=ScoreChange when a decision about a question changed a result.
attempt_regraded = Signal()
