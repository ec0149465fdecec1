"""News of courses for the rooms above. Sent inside the transaction of the fact."""

from django.dispatch import Signal

course_completed = Signal()  # completion, certificate: a course was completed; None where it awards no certificate
