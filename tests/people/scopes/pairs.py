"""The lists of all rooms (`x_for(viewer)`) and the rule that must agree with each. A list without a pair fails."""

import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass

from courses.models import Certificate, Doubt, LessonPage
from courses.queries import certificates_for, doubts_for, lessons_for
from courses.rules import can_read_lesson, can_settle
from h5p import queries as h5p_queries
from h5p import rules as h5p_rules
from h5p.models import Content, Library, LibraryProposal, PackageUpload
from media.models import CampaignPage, Consent, ConsentRequest, CouncilSession, Nomination, StoryPage
from media.queries import (
    campaigns_for,
    consent_requests_for,
    consents_for,
    council_sessions_for,
    nominating_units_for,
    nominations_for,
    stories_for,
)
from media.rules import (
    can_nominate_for,
    can_read_consent,
    can_see_consent_request,
    can_see_nomination,
    can_see_session,
)
from notices.models import Letter, Notice
from notices.queries import letters_for, notices_for, unread_for
from notices.rules import can_read_letter
from people import queries, rules
from people.models import ActivationSheet, DataRequest, PeopleImport, Person, Posting, Unit
from people.sign_in import queries as sign_in_queries
from people.sign_in import rules as sign_in_rules
from quizzes import queries as quiz_queries
from quizzes import rules as quiz_rules
from quizzes.models import Accommodation, Attempt, Bank, Question, Quiz, Ruling
from tests.people.scopes.stage import day

ROOMS = ("people", "people.sign_in", "courses", "quizzes", "media", "notices", "h5p", "home", "reports", "api")


@dataclass(frozen=True)
class Pair:
    """A list and its rule. `model`: what the list is of; all its rows are asked about.

    `signed_in`: the list is asked for only behind a sign-in.
    """

    listed: Callable
    rule: Callable
    model: type
    signed_in: bool = False

    @property
    def name(self) -> str:
        return self.listed.__name__


def own(actor, thing) -> bool:
    """One's own, nobody else's: answers, certificates and notices have no other readers."""
    return actor.is_authenticated and thing.person_id == actor.pk


def _unread(actor, notice) -> bool:
    return own(actor, notice) and notice.read_at is None


def _heads(actor, unit) -> bool:
    """Walks up from the unit to see whether the actor heads it or one above it."""
    while unit is not None:
        if unit.head_id is not None and unit.head_id == actor.pk and not _closed(unit):
            return True
        unit = _above(unit)
    return False


def _above(unit):
    place = unit.placements.filter(queries.current_on(day(0))).select_related("parent").first()
    return place.parent if place else None


def _closed(unit) -> bool:
    return unit.active_to is not None and unit.active_to <= day(0)


def _public(actor, page) -> bool:
    """Stories and campaigns are the same for everybody; consent, not the account, decides on stories."""
    listed = stories_for(None) if isinstance(page, StoryPage) else campaigns_for(None)
    return page in listed


def _lesson(actor, lesson) -> bool:
    return lesson.live and can_read_lesson(actor, lesson.get_parent().specific)


def _top(actor, unit) -> bool:
    above = _above(unit)
    kept = rules.can_keep_people_of(actor, unit)
    return kept and not _closed(unit) and (above is None or not rules.can_keep_people_of(actor, above))


def _content(actor, content) -> bool:
    return h5p_rules.can_enter_desk(actor)


def _library(actor, library) -> bool:
    return h5p_rules.can_install_libraries(actor)


def _proposal(actor, proposal) -> bool:
    return h5p_rules.can_install_libraries(actor) and proposal.state == "waiting"


def _waiting_upload(actor, upload) -> bool:
    return h5p_rules.can_see_upload(actor, upload) and upload.state == "checked"


PAIRS = (
    Pair(queries.people_for, rules.can_see_person, Person),
    Pair(queries.kept_people_for, rules.can_keep_person, Person),
    Pair(queries.managed_accounts_for, rules.can_manage_account, Person),
    Pair(queries.people_whose_national_id_shows_for, rules.can_see_national_id, Person),
    Pair(queries.accounts_for, rules.can_administer, Person),
    Pair(queries.postings_for, rules.can_see_posting, Posting),
    Pair(queries.kept_postings_for, rules.can_keep_posting, Posting),
    Pair(queries.report_postings_for, rules.can_see_reports_of_posting, Posting),
    Pair(queries.report_units_for, rules.can_see_reports_of, Unit),
    Pair(queries.readable_units_for, rules.can_see_people_of, Unit),
    Pair(queries.kept_units_for, rules.can_keep_people_of, Unit),
    Pair(queries.observed_units_for, rules.can_see_aggregates_of, Unit),
    Pair(queries.reviewed_units_for, rules.can_review_for, Unit),
    Pair(queries.signed_units_for, rules.can_sign_for, Unit),
    Pair(queries.sealed_units_for, rules.can_seal_for, Unit),
    Pair(queries.units_headed_by, _heads, Unit),
    Pair(queries.data_requests_for, rules.can_answer_request, DataRequest),
    Pair(queries.imports_for, rules.can_see_import, PeopleImport),
    Pair(sign_in_queries.resting_for, sign_in_rules.can_wake, Person),
    Pair(sign_in_queries.sheets_for, sign_in_rules.can_see_sheet, ActivationSheet),
    Pair(sign_in_queries.top_units_for, _top, Unit),
    Pair(certificates_for, own, Certificate, signed_in=True),
    Pair(lessons_for, _lesson, LessonPage),
    Pair(quiz_queries.attempts_for, own, Attempt, signed_in=True),
    Pair(quiz_queries.banks_for, quiz_rules.can_use_bank, Bank),
    Pair(quiz_queries.banks_with_keys_for, quiz_rules.can_see_keys_of, Bank),
    Pair(quiz_queries.edited_banks_for, quiz_rules.can_edit_bank, Bank),
    Pair(quiz_queries.kept_banks_for, quiz_rules.can_keep_bank, Bank),
    Pair(quiz_queries.questions_for, quiz_rules.can_use_question, Question),
    Pair(quiz_queries.edited_questions_for, quiz_rules.can_edit_question, Question),
    Pair(quiz_queries.edited_quizzes_for, quiz_rules.can_edit_quiz, Quiz),
    Pair(quiz_queries.marked_attempts_for, quiz_rules.can_mark, Attempt),
    Pair(quiz_queries.examined_quizzes_for, quiz_rules.can_examine, Quiz),
    Pair(quiz_queries.rulings_for, quiz_rules.can_regrade, Ruling),
    Pair(quiz_queries.accommodations_for, quiz_rules.can_accommodate, Accommodation),
    Pair(quiz_queries.examined_attempts_for, quiz_rules.can_see_answers, Attempt),
    Pair(doubts_for, can_settle, Doubt),
    Pair(stories_for, _public, StoryPage),
    Pair(campaigns_for, _public, CampaignPage),
    Pair(consents_for, can_read_consent, Consent),
    Pair(nominating_units_for, can_nominate_for, Unit),
    Pair(nominations_for, can_see_nomination, Nomination),
    Pair(council_sessions_for, can_see_session, CouncilSession),
    Pair(consent_requests_for, can_see_consent_request, ConsentRequest),
    Pair(notices_for, own, Notice, signed_in=True),
    Pair(letters_for, can_read_letter, Letter, signed_in=True),
    Pair(unread_for, _unread, Notice, signed_in=True),
    Pair(h5p_queries.contents_for, _content, Content),
    Pair(h5p_queries.libraries_for, _library, Library),
    Pair(h5p_queries.proposals_for, _proposal, LibraryProposal),
    Pair(h5p_queries.uploads_for, h5p_rules.can_see_upload, PackageUpload),
    Pair(h5p_queries.waiting_uploads_for, _waiting_upload, PackageUpload),
)

# Lists that are not paired themselves, and why.
UNPAIRED = {
    "people.queries.units.units_for": "takes the roles: every use of it with certain roles is paired",
    "people.sign_in.queries.slip_receivers_for": "managed_accounts_for, cut down to a unit",
}


def lists_of_the_rooms() -> dict[str, Callable]:
    """Every public function of a room's queries that takes the viewer first and is named `…_for` or `…_by`."""
    found = {}
    for room in ROOMS:
        try:
            module = importlib.import_module(f"{room}.queries")
        except ModuleNotFoundError:
            continue
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if is_a_list(function) and function.__module__.startswith(module.__name__):
                found[f"{function.__module__}.{name}"] = function
    return found


def is_a_list(function) -> bool:
    first = next(iter(inspect.signature(function).parameters), "")
    return first == "viewer" and function.__name__.endswith(("_for", "_by")) and not function.__name__.startswith("_")


def without_a_pair(lists: dict[str, Callable]) -> list[str]:
    paired = {pair.listed for pair in PAIRS}
    return sorted(name for name, function in lists.items() if function not in paired and name not in UNPAIRED)
