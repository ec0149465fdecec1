"""Certificates: a register entry is issued with the completion; the PDF follows through the outbox."""

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.certificate_pdf.rendering import CertificateText, render
from courses.domain.told import CERTIFICATES
from courses.enums import CERTIFICATE_TITLES, CertificateState
from courses.models import Certificate, Completion, RegisterCounter
from courses.queries import issuer_of
from notices.domain.queueing import queue
from notices.domain.sending import notify
from notices.enums import NoticeKind
from people.domain import audit
from shared.domain import outbox
from shared.errors import DomainError
from shared.text.dates import long_date, short_date

# No 0/O, 1/I/L, and no vowels: nothing to confuse when read aloud, no words by chance. 12 symbols of 26: 56 bits.
CODE_ALPHABET = "2346789BCDFGHJKMNPQRTVWXYZ"
FOOTNOTE = "Giấy này xác nhận kết quả học tập trực tuyến, không thay thế chứng chỉ bồi dưỡng theo quy định."
DEMO_MARK = "Dữ liệu minh họa – không có giá trị sử dụng"


def new_code() -> str:
    """Twelve random symbols in three groups, for example 7KQ4-M9TX-2HRP."""
    symbols = "".join(secrets.choice(CODE_ALPHABET) for _ in range(12))
    return "-".join((symbols[:4], symbols[4:8], symbols[8:]))


def normalise_code(typed: str) -> str:
    """The code as it stands in the register, however it was typed: case, spaces and dashes do not matter."""
    symbols = "".join(character for character in typed.upper() if character in CODE_ALPHABET)
    return "-".join((symbols[:4], symbols[4:8], symbols[8:])) if len(symbols) == 12 else ""


@transaction.atomic(savepoint=False)  # the completion's transaction, if there is one
def issue(completion: Completion) -> Certificate:
    """Enters the certificate in the register, freezes its wording and orders the PDF."""
    return Certificate.objects.filter(completion=completion).first() or issue_first(completion)


def issue_first(completion: Completion) -> Certificate:
    """As `issue`, for a completion that was just written, in its transaction: it has none yet."""
    issuer = issuer_of(completion.person, completion.course)
    local_day = timezone.localdate(completion.completed_at)
    number = _next_number(issuer["name"], local_day.year)
    certificate = Certificate.objects.create(
        completion=completion,
        person=completion.person,
        code=new_code(),
        issuer=issuer["name"],
        year=local_day.year,
        number=number,
        kind=completion.course.certificate_kind,
        wording=_wording(completion, issuer),
        issued_at=completion.completed_at,
    )
    outbox.enqueue("courses.certificate_pdf", certificate.pk)
    return certificate


def render_pdf(certificate_id: int) -> None:
    """Renders the PDF from the frozen wording and stores it once; no transaction is open while Typst works."""
    certificate = Certificate.objects.get(pk=certificate_id)
    if certificate.rendered_at:
        return
    content = render(printed_text(certificate), settings.ASSETS_DIR / "shared" / "fonts" / "pdf")
    name = certificate.pdf.storage.save(
        f"certificates/{certificate.year}/{certificate.number}-{secrets.token_hex(8)}.pdf", ContentFile(content)
    )
    with transaction.atomic():
        written = Certificate.objects.filter(pk=certificate_id, rendered_at__isnull=True).update(
            pdf=name, pdf_sha256=hashlib.sha256(content).hexdigest(), rendered_at=timezone.now()
        )
        if written:
            notify(
                certificate.person_id,
                NoticeKind.CERTIFICATE_READY,
                subject=certificate.wording["course"],
                path=reverse("my_certificates"),
                key=f"certificate-{certificate_id}",
            )
            queue(certificate.person_id, CERTIFICATES, "ready", certificate_id, timezone.localdate())
    if not written:  # another worker was faster; its file stays
        certificate.pdf.storage.delete(name)


@transaction.atomic
def revoke(certificate: Certificate, reason: str, *, actor) -> Certificate:
    """Revokes a valid certificate; the register entry stays and says so.

    Raises DomainError without a reason or when the certificate is not valid any more.
    """
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if not reason.strip():
        raise DomainError(_("A reason is needed to revoke a certificate."))
    if certificate.state != CertificateState.VALID:
        raise DomainError(_("Only a valid certificate can be revoked."))
    certificate.state = CertificateState.REVOKED
    certificate.revoked_at = timezone.now()
    certificate.revocation_reason = reason.strip()
    certificate.save(update_fields=["state", "revoked_at", "revocation_reason"])
    audit.record(actor, "certificate.revoked", certificate)
    return certificate


@transaction.atomic
def hide_name(person, instead: str) -> None:
    """Takes an erased person's name out of the register and orders the printed files' removal.

    Number, course, dates and state stay, so that the certificate can still be checked.
    """
    for certificate in Certificate.objects.select_for_update().filter(person=person):
        certificate.wording["full_name"] = instead
        certificate.save(update_fields=["wording"])
        outbox.enqueue("courses.forget_certificate_pdf", certificate.pk)


def forget_pdf(certificate_id: int) -> None:
    """Deletes the printed file and keeps another worker from storing one it has in hand."""
    register = Certificate.objects.filter(pk=certificate_id)
    register.filter(rendered_at__isnull=True).update(rendered_at=timezone.now())
    certificate = register.get()
    if certificate.pdf:
        certificate.pdf.storage.delete(certificate.pdf.name)
    register.update(pdf="")


def verification_url(certificate: Certificate) -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse("verify_certificate", args=[certificate.code])


def printed_text(certificate: Certificate) -> CertificateText:
    """What the paper says: the frozen wording with number, code and address."""
    return CertificateText(
        **certificate.wording,
        register_number=f"Số vào sổ: {certificate.register_number}",
        code=certificate.code,
        verify_url=verification_url(certificate),
        issued_at=certificate.issued_at,
    )


def _next_number(issuer: str, year: int) -> int:
    """The next number of the issuer's register; the counter's row is locked by the statement until the commit."""
    table = connection.ops.quote_name(RegisterCounter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (issuer, year, last_number) VALUES (%s, %s, 1) "  # noqa: S608  our own name
            f"ON CONFLICT (issuer, year) DO UPDATE SET last_number = {table}.last_number + 1 RETURNING last_number",
            [issuer, year],
        )
        return cursor.fetchone()[0]


def _wording(completion: Completion, issuer: dict) -> dict:
    course, enrolment = completion.course, completion.enrolment
    issued_on = timezone.localdate(completion.completed_at)
    return {
        "issuer_parent": issuer["parent"],
        "issuer": issuer["name"],
        "title": CERTIFICATE_TITLES[course.certificate_kind],
        "full_name": completion.person.full_name,
        "unit": completion.unit_name,
        "course": course.title,
        "duration": f"{completion.duration_minutes} phút",
        "period": _period(enrolment.enrolled_at, completion.completed_at),
        "result": _result(completion),
        "place_and_date": f"{issuer['place']}, {long_date(issued_on)}" if issuer["place"] else long_date(issued_on),
        "signatory_position": issuer["signatory_position"],
        "signatory_name": issuer["signatory_name"],
        "footnote": FOOTNOTE,
        "demo_mark": DEMO_MARK if settings.DEMO_CONTENT else "",
    }


def _period(start: datetime, end: datetime) -> str:
    first, last = timezone.localdate(start), timezone.localdate(end)
    if first == last:
        return f"ngày {short_date(first)}"
    return f"từ ngày {short_date(first)} đến ngày {short_date(last)}"


def _result(completion: Completion) -> str:
    if completion.score is None:
        return ""
    return f"{_plain(completion.score)}/{_plain(completion.max_points)} điểm"


def _plain(number) -> str:
    """A decimal as Vietnamese offices write it, without trailing zeros: 24,5."""
    return f"{number.normalize():f}".replace(".", ",")
