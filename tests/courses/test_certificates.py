"""Certificates: numbers without gaps, frozen wording, the public check, and the PDF for its owner only."""

import io
from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pypdf
import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from courses.domain import certificates
from courses.domain import completion as completing
from courses.enums import CertificateState
from courses.models import Certificate, Completion, CoursePage, RegisterCounter
from courses.queries import issuer_of
from courses.views import certificates as views
from people.models import AuditEntry, Person, Unit
from shared.domain import outbox
from shared.errors import DomainError
from shared.models import OutboxEntry
from tests.cast import complete
from tests.courses import stage

OWNER = "LG-NV"  # the unit that owns the starter courses


@pytest.fixture
def certificate(course, cast):
    complete(cast["lan"], course)
    return Certificate.objects.get()


def check_address(certificate: Certificate) -> str:
    return reverse("verify_certificate", args=[certificate.code])


def pdf_address(certificate: Certificate) -> str:
    return reverse("certificate_pdf", args=[certificate.code])


def stored_files(certificate: Certificate) -> list[str]:
    storage = certificate.pdf.storage
    with suppress(FileNotFoundError):
        return storage.listdir(f"certificates/{certificate.year}")[1]
    return []


def pdf_text(content: bytes) -> str:
    return pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()


def main_of(page) -> str:
    return str(BeautifulSoup(page.content.decode(), "html.parser").find("main"))


# --- Numbers ---------------------------------------------------------------------------------------------


def test_numbers_follow_each_other_in_the_register_of_an_issuer_and_a_year(course, cast):
    for name in ("lan", "minh", "hung"):
        complete(cast[name], course)
    register = Certificate.objects.order_by("pk").values_list("issuer", "year", "number")
    year = Certificate.objects.first().issued_at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).year
    assert list(register) == [("SỞ NỘI VỤ", year, number) for number in (1, 2, 3)]
    assert Certificate.objects.order_by("pk").last().register_number == f"3/{year}"


def test_another_issuer_has_a_register_of_its_own(course, cast):
    complete(cast["lan"], course)
    CoursePage.objects.filter(pk=course.pk).update(owner_unit=Unit.objects.get(code="LG-TS"))
    complete(cast["minh"], CoursePage.objects.get(pk=course.pk))
    assert list(Certificate.objects.order_by("pk").values_list("issuer", "number")) == [
        ("SỞ NỘI VỤ", 1),
        ("UBND XÃ THƯỢNG SƠN", 1),
    ]


def test_another_year_begins_with_one_again_at_midnight_in_vietnam(course, cast, monkeypatch):
    new_year = datetime(2030, 1, 1, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    for name, now in (("lan", -1), ("minh", 0), ("hung", 1)):
        complete_at(monkeypatch, cast[name], course, new_year + timedelta(seconds=now))
    register = Certificate.objects.order_by("pk").values_list("year", "number")
    assert list(register) == [(2029, 1), (2030, 1), (2030, 2)]


def complete_at(monkeypatch, person, course, moment: datetime) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("django.utils.timezone.now", lambda: moment)
        complete(person, course)


def test_a_completion_that_fails_uses_up_no_number(course, cast, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(completing.audit, "record", lambda *args, **details: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            complete(cast["lan"], course)
    assert not Certificate.objects.exists()
    assert not RegisterCounter.objects.exists()
    complete(cast["minh"], course)
    assert Certificate.objects.get().number == 1


def test_the_register_takes_no_number_and_no_completion_twice(certificate):
    row = Certificate.objects.filter(pk=certificate.pk).values().get()
    del row["id"]
    for changed in ({"code": "2222-2222-2222"}, {"number": 2, "code": "2222-2222-2222"}, {"number": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Certificate.objects.create(**row | changed)


def test_issuing_again_returns_the_same_certificate(certificate):
    assert certificates.issue(certificate.completion) == certificate
    assert RegisterCounter.objects.get().last_number == 1


# --- Codes -----------------------------------------------------------------------------------------------


def test_codes_have_twelve_symbols_of_the_alphabet_in_three_groups():
    codes = {certificates.new_code() for _again in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4, 4, 4]
        assert set(code) <= {*certificates.CODE_ALPHABET, "-"}
    assert not set(certificates.CODE_ALPHABET) & set("01OIL")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7KQ4-M9TX-2HRP", "7KQ4-M9TX-2HRP"),
        ("7kq4-m9tx-2hrp", "7KQ4-M9TX-2HRP"),
        ("7KQ4M9TX2HRP", "7KQ4-M9TX-2HRP"),
        ("  7KQ4 M9TX  2HRP\n", "7KQ4-M9TX-2HRP"),
        ("7KQ4\u2013M9TX\u20142HRP", "7KQ4-M9TX-2HRP"),
        ("7.K.Q.4.M.9.T.X.2.H.R.P", "7KQ4-M9TX-2HRP"),
        ("7KQ4-M9TX-2HR", ""),
        ("7KQ4-M9TX-2HRPP", ""),
        ("", ""),
        ("Đặng Quang Minh", ""),
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed, code):
    assert certificates.normalise_code(typed) == code


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")])
def test_the_check_leads_to_the_address_on_the_paper(certificate, client, typed):
    response = client.get(reverse("verify"), {"ma": typed(certificate.code)})
    assert response.url == check_address(certificate)
    assert client.get(reverse("verify_certificate", args=[typed(certificate.code)])).url == response.url
    assert client.get(response.url).status_code == 200


# --- Wording ---------------------------------------------------------------------------------------------


def test_the_wording_is_frozen_when_the_certificate_is_issued(certificate, course, client):
    printed = certificates.printed_text(certificate)
    shown = main_of(client.get(check_address(certificate)))
    Person.objects.filter(username="lan").update(full_name="Tên Đã Đổi")
    Person.objects.filter(username="quang").update(full_name="Giám Đốc Mới")
    Unit.objects.update(name="Đơn vị đã đổi tên", head=None)
    CoursePage.objects.filter(pk=course.pk).update(title="Khóa học đã đổi tên", duration_minutes=1)
    again = Certificate.objects.get()
    assert certificates.printed_text(again) == printed
    assert main_of(client.get(check_address(again))) == shown
    assert (printed.full_name, printed.course) == ("Nông Thị Lan", "Văn hóa công vụ theo Đề án 1847")
    assert (printed.issuer, printed.signatory_name) == ("SỞ NỘI VỤ", "Hoàng Đức Quang")
    assert printed.unit == "Trung tâm Phục vụ hành chính công xã Thượng Sơn"
    assert printed.result == "26/26 điểm"
    assert printed.code in printed.verify_url


def test_a_certificate_issued_after_a_change_says_the_new_words(certificate, course, cast):
    """The control of the test above: the words do come from the rows that were changed there."""
    Unit.objects.filter(code=OWNER).update(name="Sở mới")
    CoursePage.objects.filter(pk=course.pk).update(title="Khóa học đã đổi tên")
    complete(cast["minh"], CoursePage.objects.get(pk=course.pk))
    printed = certificates.printed_text(Certificate.objects.get(person=cast["minh"]))
    assert (printed.issuer, printed.course) == ("SỞ MỚI", "Khóa học đã đổi tên")


@pytest.mark.parametrize(
    ("owner", "issuer", "above", "place"),
    [
        ("LG-NV", "SỞ NỘI VỤ", "UBND TỈNH LAM GIANG", "Lam Giang"),
        ("LG-TS", "UBND XÃ THƯỢNG SƠN", "UBND TỈNH LAM GIANG", "Lam Giang"),
        ("LG-TS-VHXH", "PHÒNG VĂN HÓA - XÃ HỘI XÃ THƯỢNG SƠN", "UBND XÃ THƯỢNG SƠN", "Lam Giang"),
        ("LG-TU", "VĂN PHÒNG TỈNH ỦY LAM GIANG", "", ""),
        (None, "NÊU GƯƠNG", "", ""),
    ],
)
def test_the_issuer_is_named_as_on_its_letterhead(course, owner, issuer, above, place):
    course.owner_unit = Unit.objects.get(code=owner) if owner else None
    named = issuer_of(None, course)
    assert (named["name"], named["parent"], named["place"]) == (issuer, above, place)


def test_a_unit_that_was_closed_still_issues_in_its_own_name(course):
    course.owner_unit = Unit.objects.get(code="LG-NV")
    course.owner_unit.closure_above.update(valid_to=timezone.localdate())
    named = issuer_of(None, course)
    assert (named["name"], named["parent"], named["place"]) == ("SỞ NỘI VỤ", "", "")


# --- The public check ------------------------------------------------------------------------------------


def test_anybody_may_check_a_certificate(certificate, client):
    response = client.get(check_address(certificate))
    page = response.content.decode()
    assert response.status_code == 200
    for shown in ("Nông Thị Lan", certificate.code, certificate.register_number, "SỞ NỘI VỤ"):
        assert shown in page
    assert "tag--green" in page and "tag--red" not in page


def test_the_check_shows_no_more_than_needed(certificate, client, cast):
    Person.objects.filter(pk=cast["lan"].pk).update(phone="0912345678")
    hidden = {
        "staff number": cast["lan"].staff_number,
        "e-mail": cast["lan"].work_email,
        "sign-in name": "lan@",
        "phone": "0912345678",
        "unit": certificate.wording["unit"],
        "unit code": "LG-TS-PVHCC",
        "score": certificate.wording["result"],
        "position": "Một cửa",
        "signatory": certificate.wording["signatory_name"],
    }
    page = client.get(check_address(certificate)).content.decode()
    assert {name: text for name, text in hidden.items() if text in page} == {}
    own_list = stage.browser_of(cast["lan"]).get(reverse("my_certificates")).content.decode()
    assert hidden["score"] in own_list  # the owner sees it; the search above would have found it


def test_a_revoked_certificate_says_so_and_not_why(certificate, client, cast):
    certificates.revoke(certificate, "Nhầm người học.", actor=cast["ha"])
    response = client.get(check_address(certificate))
    page = response.content.decode()
    assert response.status_code == 200
    assert "tag--red" in page and "tag--green" not in page
    assert "Nhầm người học." not in page
    assert Certificate.objects.get().number == 1


@pytest.mark.parametrize("code", ["2222-2222-2222", "khong-phai-ma", "1"])
def test_a_code_that_is_not_in_the_register_is_not_found(certificate, client, code):
    response = client.get(reverse("verify_certificate", args=[code]))
    assert response.status_code == 404
    page = response.content.decode()
    assert code in page
    assert "Nông Thị Lan" not in page
    assert client.get(reverse("verify"), {"ma": code}).status_code == 404


def test_what_was_typed_is_shown_as_text(certificate, client):
    page = client.get(reverse("verify"), {"ma": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_the_empty_check_asks_for_a_code(client, site):
    assert client.get(reverse("verify")).status_code == 200


# --- Revoking --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_revoking_needs_a_reason(certificate, cast, reason):
    with pytest.raises(DomainError):
        certificates.revoke(certificate, reason, actor=cast["ha"])
    assert Certificate.objects.get().state == CertificateState.VALID
    assert not AuditEntry.objects.filter(action="certificate.revoked").exists()


def test_revoking_is_recorded_with_who_when_and_why(certificate, cast):
    revoked = certificates.revoke(certificate, " Nhầm người học. ", actor=cast["ha"])
    assert (revoked.state, revoked.revocation_reason) == (CertificateState.REVOKED, "Nhầm người học.")
    assert revoked.revoked_at is not None
    assert AuditEntry.objects.get(action="certificate.revoked").actor == cast["ha"]


def test_only_a_valid_certificate_is_revoked(certificate, cast):
    first = certificates.revoke(certificate, "Lý do một.", actor=cast["ha"])
    with pytest.raises(DomainError):
        certificates.revoke(certificate, "Lý do hai.", actor=cast["an"])
    again = Certificate.objects.get()
    assert (again.revocation_reason, again.revoked_at) == ("Lý do một.", first.revoked_at)


# --- The PDF ---------------------------------------------------------------------------------------------


@pytest.fixture
def rendered(course, cast, django_capture_on_commit_callbacks):
    """Lan's certificate with its PDF, made by the outbox after the commit."""
    with django_capture_on_commit_callbacks(execute=True):
        complete(cast["lan"], course)
    return Certificate.objects.get()


def test_the_pdf_is_made_by_the_outbox_after_the_completion(rendered):
    entry = OutboxEntry.objects.get(kind="courses.certificate_pdf")
    assert (entry.subject_id, entry.attempts) == (rendered.pk, 1)
    assert entry.done_at is not None
    assert rendered.rendered_at is not None
    assert len(rendered.pdf_sha256) == 64


def test_a_completion_that_is_rolled_back_orders_no_pdf(course, cast, django_capture_on_commit_callbacks):
    with (
        django_capture_on_commit_callbacks(execute=True) as callbacks,
        suppress(RuntimeError),
        transaction.atomic(),
    ):
        complete(cast["lan"], course)
        raise RuntimeError
    assert callbacks == []
    assert not OutboxEntry.objects.filter(kind="courses.certificate_pdf").exists()


def test_the_pdf_is_made_once_even_if_the_work_is_done_twice(rendered):
    before, files = Certificate.objects.values().get(), stored_files(rendered)
    entry = OutboxEntry.objects.get(kind="courses.certificate_pdf")
    assert outbox.work_off(entry.pk) is False
    certificates.render_pdf(rendered.pk)
    assert Certificate.objects.values().get() == before
    assert stored_files(rendered) == files


def test_of_two_workers_at_the_same_pdf_the_first_wins_and_the_other_leaves_no_file(certificate, monkeypatch):
    before = set(stored_files(certificate))
    render, calls = certificates.render, []

    def render_while_another_worker_finishes(*args):
        calls.append(args)
        if len(calls) == 1:
            certificates.render_pdf(certificate.pk)
        return render(*args)

    monkeypatch.setattr(certificates, "render", render_while_another_worker_finishes)
    certificates.render_pdf(certificate.pk)
    assert len(calls) == 2
    stored = Certificate.objects.get()
    new = set(stored_files(certificate)) - before
    assert {f"certificates/{stored.year}/{name}" for name in new} == {stored.pdf.name}


def test_a_pdf_that_could_not_be_made_is_tried_again(certificate, monkeypatch):
    entry = OutboxEntry.objects.get(kind="courses.certificate_pdf")
    with monkeypatch.context() as patched:
        patched.setattr(certificates, "render", lambda *args: 1 / 0)
        assert outbox.work_off(entry.pk) is False
    assert Certificate.objects.get().rendered_at is None
    assert outbox.work_off(entry.pk) is True
    assert Certificate.objects.get().rendered_at is not None


def test_the_pdf_has_the_name_with_its_diacritics_and_what_the_register_says(rendered, signed_in):
    response = signed_in("lan").get(pdf_address(rendered))
    content = b"".join(response.streaming_content)
    assert response["Content-Type"] == "application/pdf"
    text = pdf_text(content)
    for printed in ("Nông Thị Lan", "Văn hóa công vụ theo Đề án 1847", rendered.code, rendered.register_number):
        assert printed in text, text


def test_the_pdf_is_only_for_its_owner(rendered, cast):
    for username, person in cast.items():
        expected = 200 if username == "lan" else 404
        assert stage.browser_of(person).get(pdf_address(rendered)).status_code == expected, username


def test_visitors_must_sign_in_for_a_pdf(rendered, client):
    response = client.get(pdf_address(rendered))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_without_the_look_at_the_owner_anybody_would_get_the_pdf(rendered, signed_in, monkeypatch):
    def unscoped(model, *, person=None, **wanted):
        return model.objects.get(**wanted)

    monkeypatch.setattr(views, "get_object_or_404", unscoped)
    assert signed_in("minh").get(pdf_address(rendered)).status_code == 200


def test_a_pdf_that_is_not_made_yet_leads_to_the_list_that_says_so(certificate, signed_in):
    browser = signed_in("lan")
    assert browser.get(pdf_address(certificate)).url == reverse("my_certificates")
    assert pdf_address(certificate) not in browser.get(reverse("my_certificates")).content.decode()


def test_a_pdf_whose_file_was_lost_is_not_found_and_breaks_no_page(rendered, signed_in):
    rendered.pdf.storage.delete(rendered.pdf.name)
    learner = signed_in("lan")
    assert learner.get(pdf_address(rendered)).status_code == 404
    assert learner.get(reverse("my_certificates")).status_code == 200
    result = reverse("quiz_result", args=[rendered.completion.attempt_id])
    assert learner.get(result).status_code == 200


def test_my_certificates_are_mine(rendered, cast):
    assert Completion.objects.count() == 1
    for username, person in cast.items():
        page = stage.browser_of(person).get(reverse("my_certificates")).content.decode()
        assert (rendered.code in page) == (username == "lan")
