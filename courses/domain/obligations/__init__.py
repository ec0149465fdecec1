"""What rules mean for people: obligations, written by a handful of statements however many people there are.

`evaluate_rules` (all rules over everybody, every night), `evaluate_rule` (a new or retired one), `evaluate_people`
(somebody joined, moved, was promoted, left or came back) run the same statements over different people and rules.
All may run twice. `fulfil` and `recognise` are what completing a course and approving an equivalent do at once.
"""

from .evaluating import evaluate_people, evaluate_rule, evaluate_rules, evaluate_unit
from .fulfilling import due_cycle, fulfil, recognise
from .rounds import Round, rounds_on

__all__ = [
    "Round",
    "due_cycle",
    "evaluate_people",
    "evaluate_rule",
    "evaluate_rules",
    "evaluate_unit",
    "fulfil",
    "recognise",
    "rounds_on",
]
