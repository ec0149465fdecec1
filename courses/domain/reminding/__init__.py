"""Reminders of what must be learnt: a ladder of steps, and what HR officers urge in their own words.

`ladder.queue_due` writes down, set-wise, which steps have come for whom; `telling` says at the moment of sending what
is still true of them. What has been told is remembered by `notices`, so a night left out is made up for by the next.
"""
