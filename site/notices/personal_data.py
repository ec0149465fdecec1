"""What the room of notices enters in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from people.personal_data import DataClass, Fate, Holding, Retention, deletes, register, removes

NOTICES = DataClass(
    key="notices",
    label=_("Notices"),
    what=_("News about one's own learning: courses assigned, certificates issued."),
    why=_("To tell people what concerns them."),
    kept=_("Half a year unless the province has set another time."),
    place=50,
    retention=Retention("notices", 183, removes("notices.Notice", "created_at")),
)
LETTERS = DataClass(
    key="letters",
    label=_("Letters sent"),
    what=_("What was told to whom by e-mail, on which day, and whether the mail server took it. Not the text."),
    why=_("To be able to show who was reminded, and to remind nobody twice."),
    kept=_("Two years unless the province has set another time."),
    place=52,
    retention=Retention("letters", 730, removes("notices.Letter", "claimed_at")),
)


def declare() -> None:
    register(
        NOTICES,
        Holding(
            "notices.Notice",
            Fate.DELETED,
            person=("person",),
            shows={"kind": _("Kind"), "subject": _("About"), "created_at": _("When"), "read_at": _("Read")},
            erase=deletes("notices.Notice"),
        ),
        Holding(
            "notices.Preference",
            Fate.DELETED,
            person=("person",),
            shows={"without": _("Not wanted by e-mail")},
            erase=deletes("notices.Preference"),
        ),
    )
    register(
        LETTERS,
        Holding(
            "notices.Letter",
            Fate.DELETED,
            person=("person",),
            shows={"day": _("Day"), "subject": _("Subject"), "state": _("State")},
            erase=deletes("notices.Letter"),
        ),
        Holding(
            "notices.Matter",
            Fate.DELETED,
            person=("person",),
            shows={"topic": _("About"), "step": _("Step"), "created_at": _("When"), "state": _("State")},
            erase=deletes("notices.Matter"),
        ),
    )
