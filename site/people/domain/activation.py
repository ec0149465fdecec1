"""Codes that open an account for the first time, and the slips they are printed on.

A code is shown once, on the slip; the database keeps a keyed hash. Giving a person another one makes the former
void. The file with the slips is encrypted, belongs to its maker alone and is removed after a day.
"""

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import rules
from people.domain import access, audit
from people.enums import CodeKind, SheetState
from people.models import ActivationCode, ActivationSheet, Dormancy, Person, Unit
from people.queries import primary_posting
from people.sign_in import queries
from people.sign_in.rules import can_download, can_make_slips_for
from shared import secrecy
from shared.domain import outbox
from shared.errors import DomainError

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 O 1 I, which are mistaken for each other on paper
CODE_LENGTH = 10  # 32 signs each: 50 bits
BATCH = 500  # people whose codes are written in one transaction
AT_ONCE = 40  # slips made while the page waits; more are made by a worker
MOST = 2000  # slips of one print
OUTBOX_KIND = "people.activation_sheet"


# --- Giving codes ---------------------------------------------------------------------------------------------


def order_for_unit(unit: Unit, *, actor: Person) -> ActivationSheet:
    """Has slips made for everybody in the unit's subtree who has not signed in yet and whom `actor` may give one.

    A few are ready on return, many when a worker has made them. Raises DomainError if the unit is not the actor's,
    if nobody waits for a slip, or if there are too many for one print.
    """
    if not can_make_slips_for(actor, unit):
        raise DomainError(_("This unit is not in your scope."))
    count = queries.slip_receivers_for(actor, unit).count()
    if not count:
        raise DomainError(_("Nobody in this unit waits for a slip: all have signed in already."))
    if count > MOST:
        text = _("%(count)d slips are too many for one print; %(most)d are the most. Please choose a smaller unit.")
        raise DomainError(text % {"count": count, "most": MOST})
    return _order(ActivationSheet(unit=unit, made_by=actor, count=count))


def order_for_person(person: Person, *, actor: Person) -> ActivationSheet:
    """Has a slip made for one person, who may have signed in before: for those who cannot get in any more.

    Raises DomainError if the account is closed or is not one `actor` may give a code for.
    """
    if not rules.can_manage_account(actor, person):
        raise DomainError(_("You may not change this account."))
    if not person.is_active:
        raise DomainError(_("This account is closed. Open it first."))
    return _order(ActivationSheet(person=person, made_by=actor, count=1))


def _order(sheet: ActivationSheet) -> ActivationSheet:
    with transaction.atomic():
        sheet.save()
        subject = sheet.unit or sheet.person
        audit.record(sheet.made_by, "activation.slips_made", subject, sheet=sheet.pk, count=sheet.count)
        if sheet.count > AT_ONCE:
            outbox.enqueue(OUTBOX_KIND, sheet.pk)
    if sheet.count <= AT_ONCE:
        make(sheet.pk)
        sheet.refresh_from_db()
    return sheet


def make(sheet_id: int) -> None:
    """Gives the codes and prints the slips. A second call after success does nothing; after a fault it starts anew,
    which makes the codes of the first try void. The PDF is drawn outside any transaction."""
    from people.activation_pdf import SlipRenderingError, render

    sheet = ActivationSheet.objects.select_related("unit", "person", "made_by").get(pk=sheet_id)
    if sheet.state != SheetState.MAKING:
        return
    expires = timezone.now() + timedelta(days=settings.ACTIVATION_CODE_DAYS)
    people = list(_receivers(sheet))
    codes = give_codes(people, expires=expires, sheet=sheet)
    slips = [_slip(person, codes[person.pk]) for person in people]
    try:
        content = render(slips, expires=timezone.localtime(expires), fonts=_fonts()) if slips else b""
    except SlipRenderingError:
        _finish(sheet, SheetState.FAILED)
        raise
    name = _store(content) if content else ""
    _finish(sheet, SheetState.READY if content else SheetState.FAILED, file=name, count=len(slips))


def give_codes(
    people: Iterable[Person], *, expires: datetime, sheet: ActivationSheet | None = None, kind: str = CodeKind.SLIP
) -> dict[int, str]:
    """A fresh code for each person, by the person's id; codes given before become void. The only place where a
    code is seen in the clear."""
    people = list(people)
    given = {person.pk: new_code() for person in people}
    now = timezone.now()
    for start in range(0, len(people), BATCH):
        batch = [person.pk for person in people[start : start + BATCH]]
        with transaction.atomic():
            open_codes().filter(person__in=batch).update(void_at=now)
            ActivationCode.objects.bulk_create(
                ActivationCode(
                    person_id=pk,
                    sheet=sheet,
                    kind=kind,
                    code_hash=_hash(pk, given[pk]),
                    made_at=now,
                    expires_at=expires,
                )
                for pk in batch
            )
    return given


def new_code() -> str:
    """Such as “7KQPM-3XW9D”."""
    signs = "".join(secrets.choice(ALPHABET) for _sign in range(CODE_LENGTH))
    return f"{signs[: CODE_LENGTH // 2]}-{signs[CODE_LENGTH // 2 :]}"


# --- Using a code ---------------------------------------------------------------------------------------------


def open_codes():
    return ActivationCode.objects.filter(used_at__isnull=True, void_at__isnull=True)


def find_code(person: Person | None, typed: str) -> ActivationCode | None:
    """The person's code if this is it and it still works. The same work for people who do not exist."""
    pk = person.pk if person else 0
    return (
        open_codes()
        .filter(person_id=pk, code_hash=_hash(pk, typed), expires_at__gt=timezone.now(), person__is_active=True)
        .select_related("person")
        .first()
    )


@transaction.atomic
def redeem(code: ActivationCode, password: str) -> Person:
    """Uses the code up: the person has this password from now on, already validated, and a resting account wakes.

    Raises DomainError if the code was used, replaced or ran out meanwhile.
    """
    person = use_up(code)
    access.choose_password(person, password)
    Dormancy.objects.filter(person=person, ended_at__isnull=True).update(ended_at=timezone.now(), ended_by=person)
    return person


def use_up(code: ActivationCode) -> Person:
    """Marks the code as used; of several who try at once, one succeeds. Raises DomainError for the others."""
    now = timezone.now()
    if not open_codes().filter(pk=code.pk, expires_at__gt=now).update(used_at=now):
        raise DomainError(
            _("This code has been used, replaced or has run out. The HR officer of the unit gives a new one.")
        )
    audit.record(code.person, "activation.code_used", code.person, kind=code.kind)
    return code.person


def _hash(person_id: int, code: str) -> str:
    """Case, hyphens and spaces are as people type them."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    return secrecy.keyed_hash(secrecy.derive("activation codes"), f"{person_id}:{signs}")


# --- The file ---------------------------------------------------------------------------------------------------


@transaction.atomic
def download(sheet: ActivationSheet, *, actor: Person) -> bytes:
    """The PDF. Each download stands in the log. Raises DomainError if the file is not there for this person."""
    if not can_download(actor, sheet):
        raise DomainError(_("The file has been removed. Making the slips once more gives new codes."))
    with storages["private"].open(sheet.file) as file:
        content = base64.b64decode(secrecy.decrypt(_file_key(), file.read().decode()))
    audit.record(actor, "activation.slips_downloaded", sheet.unit or sheet.person, sheet=sheet.pk)
    ActivationSheet.objects.filter(pk=sheet.pk).update(downloaded_at=timezone.now())
    return content


def remove_old_files(now: datetime | None = None) -> int:
    """Removes files older than ACTIVATION_FILE_HOURS; returns how many. Safe to repeat."""
    before = (now or timezone.now()) - timedelta(hours=settings.ACTIVATION_FILE_HOURS)
    old = list(ActivationSheet.objects.filter(made_at__lt=before).exclude(state=SheetState.GONE).exclude(file=""))
    for sheet in old:
        storages["private"].delete(sheet.file)
        ActivationSheet.objects.filter(pk=sheet.pk).update(state=SheetState.GONE, file="")
    return len(old)


def forget_old_codes(now: datetime | None = None) -> int:
    """Deletes codes that ended a year ago; returns how many. Safe to repeat."""
    before = (now or timezone.now()) - timedelta(days=365)
    return ActivationCode.objects.filter(expires_at__lt=before).delete()[0]


def _store(content: bytes) -> str:
    token = secrecy.encrypt(_file_key(), base64.b64encode(content).decode())
    return storages["private"].save(f"activation/{secrets.token_hex(16)}.enc", ContentFile(token.encode()))


@transaction.atomic
def _finish(sheet: ActivationSheet, state: SheetState, **fields) -> None:
    ActivationSheet.objects.filter(pk=sheet.pk).update(state=state, **fields)
    if state == SheetState.FAILED:
        open_codes().filter(sheet=sheet).update(void_at=timezone.now())


def _file_key() -> bytes:
    return secrecy.derive("activation slips")


def _fonts():
    return settings.ASSETS_DIR / "shared" / "fonts" / "pdf"


# --- What a slip says -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slip:
    full_name: str
    unit: str
    sign_in_name: str
    code: str


def _receivers(sheet: ActivationSheet):
    """As far as the maker may still give them codes."""
    if sheet.person:
        allowed = rules.can_manage_account(sheet.made_by, sheet.person)
        return [sheet.person] if allowed and sheet.person.is_active else []
    return queries.with_unit_names(queries.slip_receivers_for(sheet.made_by, sheet.unit))


def _slip(person: Person, code: str) -> Slip:
    unit = getattr(person, "unit_name", None)
    if unit is None:
        posting = primary_posting(person)
        unit = posting.unit.name if posting else ""
    return Slip(person.full_name, unit, person.username, code)
