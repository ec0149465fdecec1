"""What the room of reports enters in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from people.personal_data import DataClass, Fate, Holding, Retention, deletes, not_personal, register
from reports.exports import keeping

EXPORTS = DataClass(
    key="exports",
    label=_("Exported files"),
    what=_("Who had which file made from the training records, with which filters; the file itself for some days."),
    why=_("To hand long lists over when they are ready, and to know who took them away."),
    kept=_("The file a week unless the site has set another time; that there was one, a year."),
    place=72,
    retention=Retention("exports", 365, keeping.remove_rows),
)


def declare() -> None:
    register(
        EXPORTS,
        Holding(
            "reports.Export",
            Fate.KEPT,
            person=("asked_by",),
            shows={"title": _("File"), "asked_at": _("Asked for"), "state": _("State")},
        ),
        Holding(
            "reports.ScheduleRun",
            Fate.DELETED,
            person=("schedule__person",),
            erase=deletes("reports.ScheduleRun", "schedule__person"),
        ),
        Holding(
            "reports.Schedule",
            Fate.DELETED,
            person=("person",),
            shows={"report": _("Report"), "unit__name": _("Unit"), "created_at": _("Set up")},
            erase=deletes("reports.Schedule"),
        ),
    )
    not_personal("Names of bands of results, not of people.", "reports.GradeBand")
    not_personal("Counts by unit and kind of people, without names.", "reports.PresentFigures", "reports.MonthFigures")
