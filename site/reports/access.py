"""To whom the reports of the HR desk are open."""

from people import rules
from people.models import Posting
from people.queries import postings_in, report_units_for
from reports.packs.asking import can_make_packs
from reports.urging import can_urge
from shared.access import Door, own


def _counted_in_scope(actor, person) -> bool:
    """Posted today in a unit whose records the actor reads: `reports.record.training_record`."""
    return Posting.objects.filter(
        pk__in=postings_in(report_units_for(actor)).filter(person=person).values("pk")
    ).exists()


DOORS = {
    "reports:completions": Door(rules.can_see_reports),
    "reports:overview": Door(rules.can_see_reports),
    "reports:units_xlsx": Door(rules.can_see_reports),
    "reports:units_csv": Door(rules.can_see_reports),
    "reports:shared_courses": Door(rules.can_see_reports),
    "reports:export_xlsx": Door(rules.can_see_reports),
    "reports:export_csv": Door(rules.can_see_reports),
    "reports:person": Door(rules.can_see_reports, "person", _counted_in_scope),
    "reports:documents": Door(rules.can_see_reports),
    "reports:document": Door(rules.can_see_reports),
    "reports:document_file": Door(rules.can_see_reports),
    "reports:exports": Door(rules.can_see_reports),
    "reports:order": Door(rules.can_see_reports),
    **{
        f"reports:{name}": Door(rules.can_see_reports, "export", own)
        for name in ("export", "export_progress", "export_download", "export_remove")
    },
    "reports:schedules": Door(rules.can_see_reports),
    "reports:schedule_stop": Door(rules.can_see_reports, "schedule", own),
    "reports:packs": Door(can_make_packs),
    "reports:urge": Door(can_urge),
    "reports:urgings": Door(can_urge),
    "reports:aggregates": Door(rules.can_see_aggregates),
    "reports:aggregates_xlsx": Door(rules.can_see_aggregates),
}
