"""Log entries in words."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.enums import Role
from people.models import AuditEntry, DataRequest, Person, Posting, Unit

ACTIONS = {
    "person.created": gettext_lazy("Account created"),
    "person.changed": gettext_lazy("Account changed"),
    "person.deleted": gettext_lazy("Account deleted"),
    "person.password_set": gettext_lazy("New password set"),
    "person.password_chosen": gettext_lazy("New password chosen"),
    "person.activated": gettext_lazy("Account activated"),
    "person.deactivated": gettext_lazy("Account deactivated"),
    "person.put_to_rest": gettext_lazy("Account put to rest, unused"),
    "person.woken": gettext_lazy("Account re-activated"),
    "person.opened_by_provider": gettext_lazy("Account opened by the sign-in service"),
    "person.national_id_set": gettext_lazy("National ID recorded"),
    "person.national_id_forgotten": gettext_lazy("National ID removed"),
    "person.restricted": gettext_lazy("Use of the data restricted"),
    "person.restriction_lifted": gettext_lazy("Restriction lifted"),
    "person.erased": gettext_lazy("Personal data erased"),
    "person.data_downloaded": gettext_lazy("Own data downloaded"),
    "posting.started": gettext_lazy("Posting begun"),
    "posting.changed": gettext_lazy("Posting changed"),
    "posting.promoted": gettext_lazy("Appointed to another position"),
    "posting.transferred": gettext_lazy("Transferred to another unit"),
    "posting.made_primary": gettext_lazy("Posting made the primary one"),
    "posting.succeeded": gettext_lazy("Posting continued in the successor unit"),
    "posting.removed": gettext_lazy("Posting entered by mistake removed"),
    "posting.corrected": gettext_lazy("Posting corrected"),
    "posting.ended": gettext_lazy("Posting ended"),
    "posting.plan_cancelled": gettext_lazy("Planned change of postings cancelled"),
    "role.granted": gettext_lazy("Role granted"),
    "role.withdrawn": gettext_lazy("Role withdrawn"),
    "role.redated": gettext_lazy("Dates of a role changed"),
    "role.handed_over": gettext_lazy("Role handed over to the successor unit"),
    "unit.created": gettext_lazy("Unit created"),
    "unit.renamed": gettext_lazy("Unit renamed"),
    "unit.moved": gettext_lazy("Unit moved"),
    "unit.merged": gettext_lazy("Unit merged"),
    "unit.split": gettext_lazy("Unit split"),
    "unit.closed": gettext_lazy("Unit closed"),
    "unit.deleted": gettext_lazy("Unit deleted"),
    "unit.head_set": gettext_lazy("Head of a unit set"),
    "unit.aliases_changed": gettext_lazy("Aliases of a unit changed"),
    "units.created": gettext_lazy("Units created"),
    "people_import.uploaded": gettext_lazy("List of people uploaded"),
    "people_import.units_chosen": gettext_lazy("Names of units of a list decided on"),
    "people_import.applied": gettext_lazy("List of people imported"),
    "people_import.undone": gettext_lazy("Import of people undone"),
    "people_import.discarded": gettext_lazy("Uploaded list discarded"),
    "api_token.issued": gettext_lazy("API token issued"),
    "api_token.changed": gettext_lazy("API token changed"),
    "api_token.withdrawn": gettext_lazy("API token withdrawn"),
    "api.units": gettext_lazy("Units read by another system"),
    "api.persons": gettext_lazy("People read by another system"),
    "api.obligations": gettext_lazy("Obligations read by another system"),
    "api.completions": gettext_lazy("Completions read by another system"),
    "api.certificates": gettext_lazy("Certificates read by another system"),
    "api.people_written": gettext_lazy("People written by another system"),
    "api.postings_written": gettext_lazy("Postings written by another system"),
    "webhook.created": gettext_lazy("Webhook created"),
    "webhook.changed": gettext_lazy("Webhook changed"),
    "webhook.new_secret": gettext_lazy("New secret of a webhook"),
    "webhook.switched_off": gettext_lazy("Webhook switched off"),
    "webhook.switched_on": gettext_lazy("Webhook switched on"),
    "webhook.sent_again": gettext_lazy("Messages of a webhook sent again"),
    "activation.slips_made": gettext_lazy("Activation slips made"),
    "activation.slips_downloaded": gettext_lazy("Activation slips downloaded"),
    "activation.code_used": gettext_lazy("Activation code used"),
    "sign_in.locked": gettext_lazy("Sign-in locked after wrong passwords"),
    "second_factor.added": gettext_lazy("Second factor added"),
    "second_factor.removed": gettext_lazy("Second factor removed"),
    "second_factor.reset": gettext_lazy("Second factor reset"),
    "second_factor.new_codes": gettext_lazy("New recovery codes made"),
    "emergency.account_opened": gettext_lazy("Emergency account opened"),
    "emergency.account_closed": gettext_lazy("Emergency account closed"),
    "data_request.received": gettext_lazy("Request about personal data received"),
    "data_request.granted": gettext_lazy("Request about personal data granted"),
    "data_request.refused": gettext_lazy("Request about personal data refused"),
    "data_request.withdrawn": gettext_lazy("Request about personal data withdrawn"),
    "special_day.set": gettext_lazy("Holiday entered"),
    "special_day.deleted": gettext_lazy("Holiday removed"),
    "viewed.training_record": gettext_lazy("Training record looked at"),
    "viewed.all_data": gettext_lazy("All data of a person downloaded"),
    "exported.completions": gettext_lazy("Completion list exported"),
    "exported.unit_figures": gettext_lazy("Figures by unit exported"),
    "grade_band.set": gettext_lazy("Band of results set"),
    "grade_band.deleted": gettext_lazy("Band of results removed"),
    "exported.report": gettext_lazy("Report exported"),
    "export.ordered": gettext_lazy("File asked for"),
    "export.made": gettext_lazy("File made"),
    "export.downloaded": gettext_lazy("File downloaded"),
    "export.removed": gettext_lazy("File removed"),
    "schedule.set": gettext_lazy("Monthly report set up"),
    "schedule.stopped": gettext_lazy("Monthly report stopped"),
    "exported.people": gettext_lazy("List of people exported"),
    "exported.log": gettext_lazy("Log exported"),
    "course.assigned": gettext_lazy("Course assigned"),
    "course.assignment_retired": gettext_lazy("Assignment retired"),
    "exemption.requested": gettext_lazy("Exemption or deferral asked for"),
    "exemption.approved": gettext_lazy("Exemption or deferral approved"),
    "exemption.refused": gettext_lazy("Exemption or deferral refused"),
    "exemption.withdrawn": gettext_lazy("Exemption or deferral withdrawn"),
    "viewed.exemption": gettext_lazy("Exemption or deferral looked at"),
    "viewed.exemption_evidence": gettext_lazy("Evidence of an exemption downloaded"),
    "exported.assignment": gettext_lazy("List of people asked by a rule exported"),
    "exported.assignment_preview": gettext_lazy("Preview of a rule exported"),
    "unit_duty.asked": gettext_lazy("Duty asked of units"),
    "unit_duty.handed_in": gettext_lazy("Duty of a unit handed in"),
    "unit_duty.accepted": gettext_lazy("Duty of a unit accepted"),
    "unit_duty.returned": gettext_lazy("Duty of a unit given back"),
    "group_session.opened": gettext_lazy("Group session opened"),
    "group_session.ticked": gettext_lazy("People noted as present"),
    "group_session.closed": gettext_lazy("Group session closed"),
    "course.completed": gettext_lazy("Course completed"),
    "certificate.revoked": gettext_lazy("Certificate revoked"),
    "directive.created": gettext_lazy("Directive entered"),
    "directive.changed": gettext_lazy("Directive changed"),
    "directive.sent": gettext_lazy("Directive sent to units"),
    "directive.received": gettext_lazy("Directive received"),
    "directive.handed_out": gettext_lazy("Directive handed out"),
    "exported.roll_call": gettext_lazy("Roll-call of a directive exported"),
    "directive.deleted": gettext_lazy("Directive deleted"),
    "quiz.created": gettext_lazy("Quiz created"),
    "quiz.changed": gettext_lazy("Quiz changed"),
    "quiz.questions_changed": gettext_lazy("Questions of a quiz changed"),
    "quiz.deleted": gettext_lazy("Quiz deleted"),
    "accommodation.granted": gettext_lazy("Other conditions for a quiz granted"),
    "accommodation.withdrawn": gettext_lazy("Other conditions for a quiz withdrawn"),
    "attempt.reopened": gettext_lazy("Quiz attempt reopened"),
    "ruling.proposed": gettext_lazy("Decision on a question proposed"),
    "ruling.discarded": gettext_lazy("Proposed decision on a question discarded"),
    "ruling.confirmed": gettext_lazy("Decision on a question confirmed"),
    "ruling.applied": gettext_lazy("Attempts graded again"),
    "completion.doubted": gettext_lazy("Completion rests on a result that changed"),
    "completion.confirmed": gettext_lazy("Completion kept in spite of a changed result"),
    "viewed.quiz_answers": gettext_lazy("Answers to a quiz looked at"),
    "bank.created": gettext_lazy("Question bank created"),
    "bank.changed": gettext_lazy("Question bank changed"),
    "bank.shared": gettext_lazy("Rights on a question bank changed"),
    "bank.deleted": gettext_lazy("Question bank deleted"),
    "question.saved": gettext_lazy("Question saved"),
    "question.tagged": gettext_lazy("Tags of a question changed"),
    "question.moved": gettext_lazy("Question moved to another bank"),
    "question.retired": gettext_lazy("Question retired"),
    "question.restored": gettext_lazy("Question no longer retired"),
    "attempt.marked": gettext_lazy("Written answer marked"),
    "attempt.marking_finished": gettext_lazy("Marking of an attempt finished"),
    "consent.recorded": gettext_lazy("Consent recorded"),
    "consent.withdrawn": gettext_lazy("Consent withdrawn"),
    "nomination.made": gettext_lazy("Nomination made"),
    "nomination.confirmed": gettext_lazy("Nomination confirmed by HR"),
    "nomination.not_pursued": gettext_lazy("Nomination not pursued"),
    "council.opened": gettext_lazy("Meeting of the council called"),
    "council.item_added": gettext_lazy("Nomination put on the docket"),
    "council.voted": gettext_lazy("Vote cast in the council"),
    "council.decided": gettext_lazy("Decision of the council recorded"),
    "council.minutes_written": gettext_lazy("Minutes of the council written"),
    "council.closed": gettext_lazy("Meeting of the council closed"),
    "exemplar.checked": gettext_lazy("Recognition checked again"),
    "exemplar.annulled": gettext_lazy("Recognition annulled"),
    "story.removed": gettext_lazy("Story removed"),
    "story_link.made": gettext_lazy("Personal link to a story made"),
    "story_link.opened": gettext_lazy("Personal link to a story opened"),
    "story_link.answered": gettext_lazy("Personal link to a story answered"),
    "adoption.reported": gettext_lazy("Example applied elsewhere, reported"),
    "adoption.accepted": gettext_lazy("Example applied elsewhere, accepted"),
    "consent.asked": gettext_lazy("Consent asked for"),
    "consent.declined": gettext_lazy("Request for consent declined"),
    "exemption.granted": gettext_lazy("Exemption for a picture of a public event approved"),
    "exemption.revoked": gettext_lazy("Exemption for a picture of a public event revoked"),
    "story.appointment_cancelled": gettext_lazy("Publication of a story cancelled, consent is missing"),
    "story.taken_down": gettext_lazy("Story taken down, consent is missing"),
}
_LONGEST = 400


def action_in_words(action: str) -> str:
    return str(ACTIONS.get(action, action))


def in_words(entry: AuditEntry) -> str:
    """The entry as a sentence; the particulars of roles and names are part of it."""
    action = action_in_words(entry.action)
    if "role" in entry.details:
        return f"{action}: {dict(Role.choices).get(entry.details['role'], entry.details['role'])}"
    former, now = entry.details.get("from"), entry.details.get("to")
    if isinstance(former, dict) and isinstance(now, dict) and "name" in former and "name" in now:
        return f"{action}: {former['name']} → {now['name']}"
    return action


def subject_of(entry: AuditEntry) -> str:
    """About whom or what: the person's name, or the kind of thing and its number."""
    if entry.about_id and entry.about:
        return entry.about.full_name
    try:
        label = capfirst(apps.get_model(entry.subject_type)._meta.verbose_name)
    except (LookupError, ValueError):
        label = entry.subject_type
    return f"{label} {entry.subject_id}"


NO_VALUES: dict = {}  # the entry never had any; None: they were erased


def particulars(entry: AuditEntry, values: dict | None = NO_VALUES) -> str:
    """Old → new, then the other details. `values` are the entry's personal values: None if they were erased."""
    details = dict(entry.details)
    shown = {name: details.pop(name, None) or {} for name in ("old", "new")}
    parts = []
    if values is None:
        parts.append(_("(values erased)"))
    elif values is not NO_VALUES:
        shown = {name: values.get(name) or {} for name in ("old", "new")}
    if isinstance(shown["old"], dict) and isinstance(shown["new"], dict):
        pairs = {name: (_text(shown["old"].get(name)), _text(shown["new"].get(name))) for name in _names(shown)}
        parts += [f"{_field(name)}: {old} → {new}" for name, (old, new) in pairs.items() if old != new]
        if parts and values is not None:
            details.pop("fields", None)
    details.pop("role", None)  # is in the words of the action
    parts += [f"{_field(name)}: {_text(value)}" for name, value in sorted(details.items())]
    return "; ".join(parts)[:_LONGEST]


def _names(shown: dict) -> list[str]:
    return sorted({*shown["old"], *shown["new"]})


def _field(name: str) -> str:
    """The name of a field as the screens call it, its own where none of these models has it."""
    for model in (Person, Posting, Unit, DataRequest):
        try:
            return str(model._meta.get_field(name).verbose_name)
        except (FieldDoesNotExist, AttributeError):
            continue
    return name


def _text(value) -> str:
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {_text(one)}" for key, one in value.items())
    return str(value)
