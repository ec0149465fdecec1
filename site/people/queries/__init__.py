"""Which units, people, postings and accounts a viewer may see. Every list in every room starts here.

`x_for(viewer)` is scoped to who looks; `people.rules` holds the answer for one thing, and the two agree.
"""

from .accounts import accounts_for, managed_accounts_for
from .dates import current_on, held_on, not_over_on
from .imports import imports_for
from .persons import (
    count_in_subtree,
    kept_people_for,
    people_for,
    people_in,
    people_in_subtree,
    people_whose_national_id_shows_for,
    serving_people,
    similar_people,
)
from .postings import (
    Held,
    held_by_owner,
    held_today,
    kept_postings_for,
    postings_for,
    postings_in,
    primary_posting,
    report_postings_for,
)
from .privacy import administrators, data_requests_for
from .roles import grants_in_force, roles_of, unit_heads
from .units import (
    heads_units,
    kept_units_for,
    observed_units_for,
    readable_units_for,
    report_units_for,
    reviewed_units_for,
    sealed_units_for,
    signed_units_for,
    subtree_of,
    units_for,
    units_headed_by,
)

__all__ = [
    "Held",
    "accounts_for",
    "administrators",
    "count_in_subtree",
    "current_on",
    "data_requests_for",
    "grants_in_force",
    "heads_units",
    "held_by_owner",
    "held_on",
    "held_today",
    "imports_for",
    "kept_people_for",
    "kept_postings_for",
    "kept_units_for",
    "managed_accounts_for",
    "not_over_on",
    "observed_units_for",
    "people_for",
    "people_in",
    "people_in_subtree",
    "people_whose_national_id_shows_for",
    "postings_for",
    "postings_in",
    "primary_posting",
    "readable_units_for",
    "report_postings_for",
    "report_units_for",
    "reviewed_units_for",
    "roles_of",
    "sealed_units_for",
    "serving_people",
    "signed_units_for",
    "similar_people",
    "subtree_of",
    "unit_heads",
    "units_for",
    "units_headed_by",
]
