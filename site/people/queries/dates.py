"""Conditions on dated rows: `valid_from` inclusive, `valid_to` exclusive, no `valid_to` means open."""

from datetime import date

from django.db.models import Q


def not_over_on(day: date, prefix: str = "") -> Q:
    """Condition: a dated row holds on `day` or will hold later."""
    return Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})


def current_on(day: date, prefix: str = "") -> Q:
    """Condition: a dated row holds on `day`."""
    return Q(**{f"{prefix}valid_from__lte": day}) & not_over_on(day, prefix)


def held_on(day: date, prefix: str = "") -> Q:
    """As `current_on`, for rows that may also be without a beginning."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    return begun & not_over_on(day, prefix)
