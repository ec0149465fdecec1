"""What a pack shows of its rows, in XLSX and CSV alike."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.desk.log.wording import ACTIONS
from shared.tables import Column


def _day(moment):
    return timezone.localdate(moment) if moment else None


def _moment(moment) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y %H:%M:%S}" if moment else ""


def _name(person) -> str:
    return person.full_name if person else ""


RULES = (
    Column("number", _("Rule"), lambda rule: rule.pk, align="right", width=8),
    Column("what", _("Course or path"), str, width=44),
    Column("owner", _("Asked by"), lambda rule: rule.owner_unit.name if rule.owner_unit else "", width=30),
    Column("directive", _("Because of"), lambda rule: str(rule.directive or ""), width=20),
    Column("due_kind", _("Due"), lambda rule: rule.get_due_kind_display(), width=26),
    Column("due_on", _("Due on"), lambda rule: rule.due_on, width=12),
    Column("days", _("Days"), lambda rule: rule.due_days, align="right", width=8),
    Column("recurrence", _("How often"), lambda rule: rule.get_recurrence_display(), width=14),
    Column("managers", _("Asked of"), lambda rule: rule.get_managers_display(), width=26),
    Column("active_from", _("From"), lambda rule: rule.active_from, width=12),
    Column("active_to", _("Until"), lambda rule: rule.active_to, width=12),
    Column("made_by", _("Made by"), lambda rule: _name(rule.created_by), width=26),
    Column("made_on", _("Made on"), lambda rule: _day(rule.created_at), width=12),
)
DIRECTIVES = (
    Column("number", _("Number and symbol"), lambda one: one.number, width=20),
    Column("title", _("Title"), lambda one: one.title, width=60),
    Column("issuer", _("Issuer"), lambda one: one.issuer, width=30),
    Column("issued_on", _("Issued on"), lambda one: one.issued_on, width=12),
    Column("valid_from", _("Valid from"), lambda one: one.valid_from, width=12),
    Column("valid_to", _("Valid to"), lambda one: one.valid_to, width=12),
    Column("checked_on", _("Last checked on"), lambda one: one.checked_on, width=14),
)
HOPS = (
    Column("directive", _("Document"), lambda hop: hop.directive.number, width=20),
    Column("unit", _("Unit"), lambda hop: hop.unit.name, width=40),
    Column("sent", _("Sent"), lambda hop: _day(hop.sent_at), width=12),
    Column("received", _("Received"), lambda hop: _day(hop.received_at), width=12),
    Column("received_by", _("Received by"), lambda hop: _name(hop.received_by), width=26),
    Column("confirm_by", _("To be confirmed by"), lambda hop: hop.confirm_by, width=14),
)
RECEIPTS = (
    Column("directive", _("Document"), lambda row: row.directive.number, width=20),
    Column("name", _("Full name"), lambda row: row.person.full_name, width=26),
    Column("staff_number", _("Staff number"), lambda row: row.person.staff_number, width=14),
    Column("unit", _("Unit when handed out"), lambda row: row.unit.name, width=36),
    Column("given", _("Handed out"), lambda row: _day(row.given_at), width=12),
    Column("opened", _("First opened"), lambda row: _day(row.opened_at), width=12),
    Column("confirmed", _("Confirmed"), lambda row: _day(row.confirmed_at), width=12),
    Column("confirm_by", _("To be confirmed by"), lambda row: row.confirm_by, width=14),
)


def _certificate(done):
    return getattr(done, "certificate", None)


COMPLETIONS = (
    Column("name", _("Full name"), lambda done: done.person.full_name, width=26),
    Column("staff_number", _("Staff number"), lambda done: done.person.staff_number, width=14),
    Column("unit", _("Unit at that time"), lambda done: done.unit_name, width=36),
    Column("position", _("Position at that time"), lambda done: done.position_title, width=24),
    Column("course", _("Course"), lambda done: done.course.title, width=42),
    Column("edition", _("Edition"), lambda done: done.edition.number, align="right", width=9),
    Column("completed_on", _("Completed on"), lambda done: _day(done.completed_at), width=13),
    Column("minutes", _("Minutes"), lambda done: done.duration_minutes, align="right", width=9),
    Column(
        "register_number",
        _("Register number"),
        lambda done: _certificate(done).register_number if _certificate(done) else "",
        width=14,
    ),
)
CERTIFICATES = (
    Column("register_number", _("Register number"), lambda one: one.register_number, width=14),
    Column("issuer", _("Issuer"), lambda one: one.issuer, width=36),
    Column("code", _("Code"), lambda one: one.code, width=18),
    Column("name", _("Issued to"), lambda one: one.wording.get("full_name", ""), width=26),
    Column("course", _("Course"), lambda one: one.wording.get("course", ""), width=42),
    Column("issued_on", _("Issued on"), lambda one: _day(one.issued_at), width=12),
    Column("state", _("Certificate"), lambda one: one.get_state_display(), width=14),
    Column("revoked_on", _("Revoked on"), lambda one: _day(one.revoked_at), width=12),
    Column("reason", _("Reason"), lambda one: one.revocation_reason, width=36),
    Column("sha256", _("SHA-256 of the PDF"), lambda one: one.pdf_sha256, width=66),
)
EXEMPTIONS = (
    Column("name", _("Full name"), lambda one: one.person.full_name, width=26),
    Column("staff_number", _("Staff number"), lambda one: one.person.staff_number, width=14),
    Column("course", _("Course"), lambda one: one.course.title, width=42),
    Column("kind", _("Kind"), lambda one: one.get_kind_display(), width=18),
    Column("state", _("State"), lambda one: one.get_state_display(), width=18),
    Column("reason", _("Reason"), lambda one: one.reason, width=50),
    Column("evidence", _("Evidence"), lambda one: one.evidence_name, width=26),
    Column("issuer", _("Issued by"), lambda one: one.evidence_issuer, width=26),
    Column("valid_from", _("Valid from"), lambda one: one.valid_from, width=12),
    Column("valid_to", _("Valid to"), lambda one: one.valid_to, width=12),
    Column("requested_by", _("Asked for by"), lambda one: _name(one.requested_by), width=26),
    Column("requested_on", _("Asked for on"), lambda one: _day(one.requested_at), width=12),
    Column("decided_by", _("Decided by"), lambda one: _name(one.decided_by), width=26),
    Column("decided_on", _("Decided on"), lambda one: _day(one.decided_at), width=12),
    Column("note", _("Note on the decision"), lambda one: one.decision_note, width=36),
)
LOG = (
    Column("at", _("When"), lambda entry: _moment(entry.at), width=20),
    Column("who", _("Who"), lambda entry: _name(entry.actor), width=26),
    Column("what", _("What"), lambda entry: ACTIONS.get(entry.action, entry.action), width=40),
    Column("subject", _("About"), lambda entry: f"{entry.subject_type} {entry.subject_id}", width=28),
    Column("digest", _("Digest of the entry"), lambda entry: entry.digest, width=66),
)
INDEX = (
    Column("number", _("No."), lambda part: part.number, align="right", width=8),
    Column("file", _("File"), lambda part: part.name, width=44),
    Column("what", _("Content"), lambda part: part.title, width=60),
    Column("rows", _("Rows"), lambda part: part.rows, align="right", width=10),
    Column("size", _("Size in bytes"), lambda part: part.size, align="right", width=14),
    Column("sha256", "SHA-256", lambda part: part.sha256, width=66),
)
