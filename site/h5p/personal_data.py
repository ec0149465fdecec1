"""What the room of H5P enters in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from people.personal_data import EDITING, DataClass, Fate, Holding, deletes, not_personal, register

PRACTICE = DataClass(
    key="practice",
    label=_("Practice in lessons"),
    what=_("Results and unfinished answers of interactive activities."),
    why=_("To go on where one stopped and to see one's own progress. Nobody else sees the answers."),
    kept=_("Results as long as training records; unfinished answers until they are replaced."),
    place=43,
)


def declare() -> None:
    register(
        PRACTICE,
        Holding(
            "h5p.Play",
            Fate.KEPT,
            person=("person",),
            shows={
                "content__title": _("Activity"),
                "number": _("Attempt"),
                "opened_at": _("Begun"),
                "finished_at": _("Finished"),
                "raw": _("Score"),
                "max": _("Out of"),
            },
        ),
        Holding(
            "h5p.PlayRow",
            Fate.DELETED,
            person=("play__person",),
            shows={"play__content__title": _("Activity"), "description": _("Question"), "response": _("Answer")},
            erase=deletes("h5p.PlayRow", "play__person"),
        ),
        Holding(
            "h5p.Statement", Fate.DELETED, person=("play__person",), erase=deletes("h5p.Statement", "play__person")
        ),
        Holding(
            "h5p.SavedState",
            Fate.DELETED,
            person=("person",),
            shows={"content__title": _("Activity"), "saved_at": _("Saved")},
            erase=deletes("h5p.SavedState"),
        ),
    )
    register(
        EDITING,
        Holding("h5p.Content", Fate.KEPT),
        Holding("h5p.Library", Fate.KEPT),
        Holding("h5p.LibraryProposal", Fate.KEPT),
        Holding("h5p.PackageUpload", Fate.KEPT),
    )
    not_personal("Names of libraries, not of people.", "h5p.LibraryDependency")
