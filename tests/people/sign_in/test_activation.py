"""Activation slips: codes shown once on paper, stored as hashes, used once, for the people of one's own scope."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from people.domain import activation, persons
from people.enums import SheetState
from people.models import ActivationCode, ActivationSheet, AuditEntry, Person, Posting, Unit
from people.sign_in import queries
from shared.errors import DomainError
from shared.text.fold import to_nfc
from tests.people.sign_in.factors import add_app

ACTIVATE = "/kich-hoat/"
CHOOSE = "/kich-hoat/mat-khau/"
SLIPS = "/nhan-su/phieu-kich-hoat/"
CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}\b")
NEW = "đèo cao gió lộng"


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def newcomer(name: str = "moi", unit_code: str = "LG-TS-VHXH", full_name: str = "Lò Văn Mới") -> Person:
    person = persons.create_person(name, full_name)
    Posting.objects.create(
        person=person, unit=unit(unit_code), position_title="Chuyên viên", valid_from=timezone.localdate()
    )
    return person


@pytest.fixture
def people(cast):
    """Everybody has signed in but four: two in Thượng Sơn, one in Khe Luông, one in Thượng Sơn with a role."""
    Person.objects.update(last_login=timezone.now())
    return {
        "moi": newcomer(),
        "hai": newcomer("hai", "LG-TS", "Bàn Thị Hai"),
        "kl": newcomer("kl", "LG-KL", "Phan Thị Luông"),
    }


def code_of(person: Person, by: Person) -> str:
    sheet = activation.order_for_person(person, actor=by)
    return CODE.search(text_of(activation.download(sheet, actor=by)))[0]


def text_of(pdf: bytes) -> str:
    return to_nfc("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


# --- The slips --------------------------------------------------------------------------------------------------


def test_a_unit_gets_slips_for_its_subtree(people, cast):
    sheet = activation.order_for_unit(unit("LG-TS"), actor=cast["hung"])
    assert (sheet.state, sheet.count) == (SheetState.READY, 2)
    text = text_of(activation.download(sheet, actor=cast["hung"]))
    assert "Lò Văn Mới" in text
    assert "Bàn Thị Hai" in text
    assert "Phan Thị Luông" not in text
    assert len(CODE.findall(text)) == 2
    assert "/kich-hoat/" in text


def test_every_code_can_be_copied_out_of_the_file(tmp_path):
    """No sign is set so that it reads as two words."""
    from django.conf import settings

    from people.activation_pdf import render

    codes = [activation.new_code() for _time in range(400)]
    slips = [activation.Slip("Lò Văn Mới", "Xã Thượng Sơn", "moi", code) for code in codes]
    pdf = render(slips, expires=timezone.localtime(), fonts=settings.ASSETS_DIR / "shared" / "fonts" / "pdf")
    assert sorted(CODE.findall(text_of(pdf))) == sorted(codes)


def test_eight_on_a_page(people, cast):
    for number in range(7):
        newcomer(f"n{number}", full_name=f"Hoàng Thị Số {number}")
    sheet = activation.order_for_unit(unit("LG-TS"), actor=cast["hung"])
    pdf = PdfReader(io.BytesIO(activation.download(sheet, actor=cast["hung"])))
    counts = [len(CODE.findall(page.extract_text())) for page in pdf.pages]
    assert counts == [8, 1], [page.extract_text() for page in pdf.pages]
    width, height = (float(side) * 25.4 / 72 for side in pdf.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (210, 297)


def test_a_demo_slip_says_so_and_a_real_one_does_not(people, cast, settings):
    from django.utils.translation import gettext, override

    with override("vi"):
        mark = gettext("Illustrative data")
    texts = []
    for demo in (True, False):
        settings.DEMO_CONTENT = demo
        sheet = activation.order_for_person(people["moi"], actor=cast["hung"])
        texts.append(mark in text_of(activation.download(sheet, actor=cast["hung"])))
    assert texts == [True, False]


def test_signs_no_typeface_has_do_not_stop_a_print(people, cast):
    Person.objects.filter(pk=people["moi"].pk).update(full_name="Lò 王 Mới")
    sheet = activation.order_for_person(Person.objects.get(pk=people["moi"].pk), actor=cast["hung"])
    assert "Lò ? Mới" in text_of(activation.download(sheet, actor=cast["hung"]))


def test_only_a_hash_is_kept_and_the_file_is_encrypted(people, cast):
    sheet = activation.order_for_unit(unit("LG-TS"), actor=cast["hung"])
    codes = CODE.findall(text_of(activation.download(sheet, actor=cast["hung"])))
    stored = str(list(ActivationCode.objects.values())) + str([entry.details for entry in AuditEntry.objects.all()])
    with storages["private"].open(ActivationSheet.objects.get(pk=sheet.pk).file) as file:
        raw = file.read()
    assert not raw.startswith(b"%PDF")
    for code in codes:
        assert code not in stored
        assert code.replace("-", "") not in stored
        assert code.encode() not in raw


def test_the_print_is_drawn_outside_any_transaction(people, cast, transactional_db_check):
    assert transactional_db_check(lambda: activation.order_for_unit(unit("LG-TS"), actor=cast["hung"])) == [False]


@pytest.fixture
def transactional_db_check(monkeypatch):
    """Whether drawing happened inside a transaction deeper than the test's own."""

    def check(work) -> list[bool]:
        depth, seen = len(connection.savepoint_ids), []
        from people import activation_pdf

        usual = activation_pdf.render

        def render(*args, **kwargs):
            seen.append(len(connection.savepoint_ids) > depth)
            return usual(*args, **kwargs)

        monkeypatch.setattr(activation_pdf, "render", render)
        work()
        return seen

    return check


def test_control_the_check_sees_a_transaction(people, cast, transactional_db_check):
    def inside():
        with transaction.atomic():
            activation.order_for_unit(unit("LG-TS"), actor=cast["hung"])

    assert transactional_db_check(inside) == [True]


def test_many_are_made_by_a_worker(people, cast, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(activation, "AT_ONCE", 1)
    with django_capture_on_commit_callbacks() as callbacks:
        sheet = activation.order_for_unit(unit("LG-TS"), actor=cast["hung"])
    assert sheet.state == SheetState.MAKING
    for callback in callbacks:
        callback()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.count) == (SheetState.READY, 2)
    activation.make(sheet.pk)
    assert ActivationCode.objects.count() == 2, "a task that runs twice does nothing the second time"


def test_too_many_for_one_print_are_refused_in_words(people, cast, monkeypatch):
    monkeypatch.setattr(activation, "MOST", 1)
    with pytest.raises(DomainError, match="2"):
        activation.order_for_unit(unit("LG-TS"), actor=cast["hung"])
    assert not ActivationSheet.objects.exists()


def test_if_the_print_fails_no_code_works(people, cast, settings):
    settings.ASSETS_DIR = settings.ASSETS_DIR / "nowhere"
    from people.activation_pdf import SlipRenderingError

    with pytest.raises(SlipRenderingError):
        activation.order_for_unit(unit("LG-TS"), actor=cast["hung"])
    assert ActivationSheet.objects.get().state == SheetState.FAILED
    assert not activation.open_codes().exists()


def test_the_file_goes_after_a_day_and_the_codes_stay(people, cast):
    sheet = activation.order_for_unit(unit("LG-TS"), actor=cast["hung"])
    name = ActivationSheet.objects.get().file
    assert activation.remove_old_files() == 0
    assert activation.remove_old_files(timezone.now() + timedelta(hours=25)) == 1
    assert not storages["private"].exists(name)
    sheet.refresh_from_db()
    with pytest.raises(DomainError):
        activation.download(sheet, actor=cast["hung"])
    assert activation.open_codes().count() == 2


# --- Whose ------------------------------------------------------------------------------------------------------


def test_only_units_of_the_scope(people, cast):
    for actor, code in (("hung", "LG-KL"), ("hung", "LG"), ("son", "LG-TS"), ("lan", "LG-TS"), ("hoa", "LG-TS")):
        with pytest.raises(DomainError):
            activation.order_for_unit(unit(code), actor=cast[actor])
    assert not ActivationCode.objects.exists()


def test_accounts_with_a_role_get_theirs_from_an_administrator(people, cast):
    Person.objects.filter(username="hung").update(last_login=None)
    binh = Person.objects.get(username="binh")
    from people.domain import roles
    from people.enums import Role

    roles.grant_role(binh, Role.HR_OFFICER, unit("LG-TS"), actor=cast["an"])
    binh = Person.objects.get(username="binh")
    assert cast["hung"] not in queries.slip_receivers_for(binh, unit("LG-TS"))
    assert cast["hung"] in queries.slip_receivers_for(cast["an"], unit("LG-TS"))
    with pytest.raises(DomainError):
        activation.order_for_person(cast["hung"], actor=binh)


def test_only_the_maker_downloads(people, cast):
    sheet = activation.order_for_unit(unit("LG-TS"), actor=cast["hung"])
    for actor in ("binh", "an", "lan"):
        with pytest.raises(DomainError):
            activation.download(sheet, actor=cast[actor])
        browser = Client()
        browser.force_login(cast[actor])
        assert browser.get(f"{SLIPS}{sheet.pk}/").status_code in {403, 404}
        assert browser.post(f"{SLIPS}{sheet.pk}/tai-ve/").status_code in {403, 404}


# --- Using a code -----------------------------------------------------------------------------------------------


def enter_code(browser: Client, name: str, code: str):
    return browser.post(ACTIVATE, {"name": name, "code": code})


def choose(browser: Client, password: str = NEW):
    return browser.post(CHOOSE, {"password1": password, "password2": password})


def test_name_and_code_lead_to_a_password_and_in(people, cast, site, client, enter, who_is):
    code = code_of(people["moi"], cast["hung"])
    assert enter_code(client, "MOI", code.lower().replace("-", " ")).url == CHOOSE
    page = client.get(CHOOSE).content.decode()
    assert "Lò Văn Mới" in page
    assert code not in page
    assert choose(client).status_code == 302
    assert who_is(client) == "moi"
    again = Client()
    enter(again, "moi", NEW)
    assert who_is(again) == "moi"
    assert enter_code(Client(), "moi", code).status_code == 200, "a code works once"


def test_turning_back_before_the_password_keeps_the_code(people, cast, site):
    code = code_of(people["moi"], cast["hung"])
    assert enter_code(Client(), "moi", code).url == CHOOSE
    assert enter_code(Client(), "moi", code).url == CHOOSE


def test_two_at_once_one_wins(people, cast, site, who_is):
    code = code_of(people["moi"], cast["hung"])
    first, second = Client(), Client()
    for browser in (first, second):
        enter_code(browser, "moi", code)
    choose(first)
    assert choose(second, "núi cao mây trắng").url == ACTIVATE
    assert (who_is(first), who_is(second)) == ("moi", None)
    assert Person.objects.get(username="moi").check_password(NEW)


def test_a_poor_password_is_refused_and_the_code_stays(people, cast, site, client):
    code = code_of(people["moi"], cast["hung"])
    enter_code(client, "moi", code)
    assert choose(client, "ngan").status_code == 200
    assert choose(client).status_code == 302


def test_a_new_slip_makes_the_former_void(people, cast, site):
    former, latter = (code_of(people["moi"], cast["hung"]) for _time in range(2))
    assert enter_code(Client(), "moi", former).status_code == 200
    assert enter_code(Client(), "moi", latter).url == CHOOSE


def test_after_thirty_days_it_has_run_out(people, cast, site):
    code = code_of(people["moi"], cast["hung"])
    ActivationCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert enter_code(Client(), "moi", code).status_code == 200
    newer = code_of(people["moi"], cast["hung"])
    assert ActivationCode.objects.latest("pk").expires_at.date() == (timezone.now() + timedelta(days=30)).date()
    assert newer != code


def test_every_failure_says_the_same(people, cast, site):
    code = code_of(people["moi"], cast["hung"])
    Person.objects.filter(username="hai").update(is_active=False)
    words = {
        str(enter_code(Client(), name, typed).context["form"].non_field_errors())
        for name, typed in (("moi", "AAAAA-AAAAA"), ("nobody", code), ("minh", code), ("hai", code), ("moi", "x"))
    }
    assert len(words) == 1


def test_guessing_codes_locks_like_guessing_passwords(people, cast, site, limits, enter, who_is):
    code = code_of(people["moi"], cast["hung"])
    for _time in range(5):
        enter_code(Client(), "moi", "AAAAA-AAAAA")
    locked = enter_code(Client(), "moi", code)
    assert locked.status_code == 200
    assert "15" in str(locked.context["form"].non_field_errors())


def test_the_second_factor_is_asked_for_all_the_same(people, cast, site, client, who_is):
    add_app(people["moi"])
    enter_code(client, "moi", code_of(people["moi"], cast["hung"]))
    assert choose(client).url == "/tai-khoan/2fa/authenticate/"
    assert who_is(client) is None


def test_the_password_page_cannot_be_reached_without_a_code(cast, site, client):
    assert client.get(CHOOSE).url == ACTIVATE
    assert choose(client).url == ACTIVATE


def test_codes_have_fifty_bits_and_no_look_alikes():
    assert len(set(activation.ALPHABET)) ** activation.CODE_LENGTH == 2**50
    assert not set("01IO") & set(activation.ALPHABET)
    assert len({activation.new_code() for _time in range(2000)}) == 2000


# --- The desk ---------------------------------------------------------------------------------------------------


def test_the_screen_shows_who_waits_and_makes_slips(people, cast, site, signed_in):
    browser = signed_in("hung")
    page = browser.get(SLIPS)
    assert page.context["unit"].code == "LG-TS"
    assert (page.context["receivers"], page.context["waiting"]) == (2, 2)
    assert {row["unit"].code: row["waiting"] for row in page.context["rows"]} == {"LG-TS-PVHCC": 0, "LG-TS-VHXH": 1}
    made = browser.post(f"{SLIPS}tao/", {"don_vi": unit("LG-TS").pk})
    assert browser.get(made.url).status_code == 200
    answer = browser.post(f"{made.url}tai-ve/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="phieu-kich-hoat-')
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    assert AuditEntry.objects.filter(action="activation.slips_downloaded").count() == 1
    assert browser.get(SLIPS).context["with_slips"] == 2


@pytest.mark.parametrize("pk", ["0", "abc", "999999999999999999999", "-1", ""])
def test_units_outside_the_scope_are_not_found(people, cast, site, signed_in, pk):
    browser = signed_in("hung")
    assert browser.get(f"{SLIPS}?don_vi={pk}").status_code == 404
    assert browser.get(f"{SLIPS}?don_vi={unit('LG-KL').pk}").status_code == 404
    assert browser.post(f"{SLIPS}tao/", {"don_vi": unit("LG-KL").pk}).status_code == 404


@pytest.mark.parametrize("name", ["lan", "hoa", "son", "mai"])
def test_others_do_not_get_in(cast, site, signed_in, name):
    assert signed_in(name).get(SLIPS).status_code == 403
    assert signed_in(name).post(f"{SLIPS}tao/", {"don_vi": unit("LG-TS").pk}).status_code == 403


def test_the_screen_asks_as_much_for_three_as_for_one(people, cast, site, signed_in):
    counts = []
    for size in (1, 3):
        for number in range(size):
            newcomer(f"m{size}{number}")
            activation.order_for_person(people["moi"], actor=cast["hung"])
        browser = signed_in("hung")
        browser.get(SLIPS)
        with CaptureQueriesContext(connection) as captured:
            browser.get(SLIPS)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_giving_codes_to_many_takes_a_few_statements(people, cast):
    crowd = [newcomer(f"c{number}") for number in range(30)]
    with CaptureQueriesContext(connection) as few:
        activation.give_codes(crowd[:10], expires=timezone.now() + timedelta(days=1))
    with CaptureQueriesContext(connection) as many:
        activation.give_codes(crowd, expires=timezone.now() + timedelta(days=1))
    assert len(few) == len(many)


def test_the_page_of_one_person_gives_a_new_code(people, cast, site, signed_in):
    browser = signed_in("hung")
    answer = browser.post(reverse("people:account_act", args=[people["moi"].pk, "ma-moi"]))
    assert answer.status_code == 302
    assert ActivationSheet.objects.get().person == people["moi"]
