"""News of this room for the rooms above it."""

from django.dispatch import Signal

activity_finished = Signal()
"""A learner finished an activity, or reached what its completion rule asks for.

Sent with `person_id`, `content_id` and `context` (id of the lesson page as text) after the play was stored.
"""

content_changed = Signal()
"""An activity has another revision. Sent with `content_id` inside the transaction of the change."""
