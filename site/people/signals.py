"""News of people and organisation for the rooms above. Sent inside the transaction of the change."""

from django.dispatch import Signal

postings_changed = Signal()  # person_id: somebody's postings were begun, changed, ended or corrected
people_imported = Signal()  # people_import: a list was applied or taken back, however many people it concerned
units_changed = Signal()  # unit_ids: these units began, moved, were merged, divided or closed
