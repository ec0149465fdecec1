"""Somebody else's things: one of each kind an address can name, full of texts nobody else may read.

They belong to a person of a unit under no other (the Party's line), who is no member of the cast. Every text of
theirs carries a mark, so that a leak is seen wherever it shows.
"""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page

from courses.domain import assignment as assigning
from courses.domain import dissemination, group_sessions, unit_duties
from courses.models import (
    Assignment,
    Certificate,
    CoursePage,
    Directive,
    DirectiveHop,
    DirectiveReceipt,
    Exemption,
    UnitRequirement,
)
from media.domain.consent import record_consent
from media.enums import Channel, ConsentMeans, ConsentScope
from media.models import ConsentRequest, CouncilSession, EmulationLevel, Exemplar, Nomination
from notices.enums import NoticeKind
from notices.models import Notice
from people.enums import RequestKind
from people.models import ActivationSheet, DataRequest, PeopleImport, Person, Posting, Unit
from quizzes.domain import accommodations, regrading
from quizzes.domain.accommodations import Terms
from quizzes.domain.questions import versions
from quizzes.enums import Decision
from reports.models import Export, Schedule
from tests import cast as moving
from tests.reports.factories import LONG_AGO

NAME_MARK = "Zqxten"
MARK = "zqxbimat"


@dataclass
class Things:
    """Somebody else's things by kind, and pages that addresses name."""

    by_kind: dict[str, object]
    course: Page
    lesson: Page

    @property
    def person(self) -> Person:
        return self.by_kind["person"]


def set_up() -> Things:
    """Makes them, in a site with the cast and the course about Decision 1847."""
    unit = Unit.objects.get(code="LG-TU")
    person = Person.objects.create(
        username=f"{MARK}-account",
        full_name=f"Nguyễn Văn {NAME_MARK}",
        staff_number=f"{MARK}-number",
        work_email=f"{MARK}@lamgiang.example",
        password="!",
    )
    posting = Posting.objects.create(person=person, unit=unit, position_title=f"{MARK} position", valid_from=LONG_AGO)
    course = CoursePage.objects.get(code="VHCV-1847")
    attempt = moving.complete(person, course)
    now = timezone.now()
    passkey = Authenticator.objects.create(user=person, type="webauthn", data={"name": MARK})
    passkey.person_id = person.pk
    tam = Person.objects.get(username="tam")
    ruling = regrading.propose(
        course.quiz,
        versions([attempt.slots[0]["version"]])[0],
        Decision.TAKEN_OUT,
        reason="Minh họa.",
        approved_by=tam,
        actor=tam,
    )
    today = timezone.localdate()
    terms = Terms(minutes=5, attempts=0, reason="Minh họa.", approved_by=tam, valid_from=today, valid_until=today)
    accommodation = accommodations.grant(person, course.quiz, terms, actor=Person.objects.get(username="an"))
    exemplar = Exemplar.objects.create(display_name=f"Nguyễn Văn {NAME_MARK}", person=person)
    consent = record_consent(
        exemplar,
        actor=person,
        given_by=MARK,
        scopes=[ConsentScope.NAMES],
        channels=[Channel.SITE],
        text_shown=MARK,
        text_version="1",
        obtained_how=ConsentMeans.SIGNED_IN,
        obtained_on=timezone.localdate(),
    )
    by_kind = {
        "person": person,
        "consent": consent,
        "council_session": CouncilSession.objects.create(
            unit=unit, title=f"{MARK} meeting", held_on=now.date(), opened_by=person
        ),
        "nomination": Nomination.objects.create(
            unit=unit,
            kind="official",
            person=person,
            display_name=f"Nguyễn Văn {NAME_MARK}",
            unit_name=unit.name,
            achievement=f"{MARK} deed",
            level=EmulationLevel.objects.create(name="Cơ sở thử"),
            nominated_by=person,
        ),
        "consent_request": ConsentRequest.objects.create(
            exemplar=exemplar, names=True, on_site=True, text_shown=MARK, text_version="1", asked_by=person
        ),
        "posting": posting,
        "attempt": attempt,
        "quiz": course.quiz,
        "ruling": ruling,
        "accommodation": accommodation,
        "certificate": Certificate.objects.get(person=person),
        "notice": Notice.objects.create(
            person=person, kind=NoticeKind.values[0], subject=f"{MARK} notice", path="/", key=MARK
        ),
        "data_request": DataRequest.objects.create(
            person=person, kind=RequestKind.ERASE, text=f"{MARK} wish", due_on=now.date()
        ),
        "sheet": ActivationSheet.objects.create(unit=unit, made_by=person),
        "import": PeopleImport.objects.create(
            unit=unit, created_by=person, effective_on=now.date(), file_name=f"{MARK}.xlsx"
        ),
        "passkey": passkey,
        "export": Export.objects.create(
            asked_by=person, what="report", title=f"{MARK} file", language="vi", file_format="csv", wish=MARK
        ),
        "schedule": Schedule.objects.create(person=person, report="theo-don-vi", unit=unit),
    } | _duties(unit, person, course)
    return Things(by_kind, course, course.get_children().first())


def _duties(unit: Unit, person: Person, course: CoursePage) -> dict[str, object]:
    """What is asked of the person in their own unit, a request of theirs, a document on its way to them."""
    today = timezone.localdate()
    rule = assigning.create_rule(
        Assignment(course=course, due_on=today, owner_unit=unit), [assigning.Target(unit)], actor=person
    )
    assigning.materialise(rule)
    directive = Directive.objects.create(number="88/CT", title="Chỉ thị minh họa", issuer="Tỉnh ủy")
    dissemination.send_down(directive, [unit], from_unit=None, confirm_by=None, actor=person)
    dissemination.hand_out(directive, unit, with_subtree=False, confirm_by=None, actor=person)
    receipt = DirectiveReceipt.objects.get(directive=directive, person=person)
    receipt.pk = directive.pk  # its address names the directive
    asked = UnitRequirement(title=f"{MARK} requirement", under=unit, due_on=today)
    requirement = unit_duties.ask_units(asked, actor=person)
    requirement.duties.get().evidence.save("ke-hoach.pdf", ContentFile(MARK.encode()))
    return {
        "rule": rule,
        "exemption": Exemption.objects.create(
            person=person,
            course=course,
            kind="exemption",
            reason=f"{MARK} reason",
            valid_from=today,
            evidence=ContentFile(MARK.encode(), name="giay.pdf"),
            evidence_name=f"{MARK}.pdf",
        ),
        "hop": DirectiveHop.objects.get(directive=directive, unit=unit),
        "receipt": receipt,
        "group_session": group_sessions.open_session(course, None, unit, f"{MARK} place", actor=person),
        "unit_requirement": requirement,
        "unit_duty": requirement.duties.get(),
    }
