"""Other systems are told: signed, at least once, in their own unit, by ids only; and never into our own network."""

import base64
import hashlib
import hmac
import json
import socket
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api.domain.webhooks import addresses, posting, queueing, subscribing
from api.models import MessageState, Webhook, WebhookMessage, WebhookState
from courses.domain.completion import complete_if_due
from notices.domain.topics import topic
from notices.models import Matter
from people.enums import Role
from people.models import AuditEntry, Unit
from shared.domain import outbox
from shared.errors import DomainError
from shared.models import OutboxEntry
from tests.reports import factories as make

pytestmark = pytest.mark.django_db
KIND = queueing.OUTBOX_KIND


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    monkeypatch.setattr(outbox, "_send", lambda entry_id: None)


@pytest.fixture
def admin(province):
    return make.make_hr(province.root, "Chu Thành An", Role.ADMINISTRATOR)


@pytest.fixture
def hooked(province, admin, sink):
    """A function: a webhook of a unit to the sink, and its secret."""

    def hook(unit=None, **more):
        usual = {"on_completion": True, "on_certificate": True}
        return subscribing.create("HRM", sink.url, unit or province.home_affairs, actor=admin, **usual | more)

    return hook


def finish(person, course):
    """The person completes the course by its own rule, as the last lesson does it."""
    with transaction.atomic():
        return complete_if_due(make.begin(person, course, done=2))


@pytest.fixture
def finished(province):
    """A function: somebody of a unit completes the course that was asked of them."""

    def done(unit=None, name="Lê Zqx An"):
        person = make.make_person(name, unit or province.one_stop)
        make.assign(province.course, province.root, make.in_days(9))
        return finish(person, province.course)

    return done


def work_off() -> list[bool]:
    return [
        outbox.work_off(pk) for pk in OutboxEntry.objects.filter(kind=KIND, done_at=None).values_list("pk", flat=True)
    ]


# --- what is told ---------------------------------------------------------------------------------------------


def test_completion_and_certificate_are_told_signed_and_by_ids_only(hooked, finished, sink, province):
    _webhook, secret = hooked()
    completion = finished()
    assert not sink.received, "only after the commit, by a worker"
    assert work_off() == [True, True]
    told = {json.loads(body)["type"]: json.loads(body) for _headers, body in sink.received}
    data = told["completion.recorded"]["data"]
    assert data == {"id": completion.pk, "person_id": completion.person_id, "course_code": province.course.code}
    assert told["certificate.issued"]["data"] == {
        "id": completion.certificate.pk,
        "completion_id": completion.pk,
        "person_id": completion.person_id,
        "course_code": province.course.code,
    }
    sent = "".join(str(headers) + body for headers, body in sink.received)
    for private in ("Zqx", completion.person.staff_number, "score"):
        assert private not in sent
    for headers, body in sink.received:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
        expected = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
        assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
        assert headers["webhook-id"].startswith("msg_")
    assert len({headers["webhook-id"] for headers, _body in sink.received}) == 2
    assert work_off() == [], "told once"
    assert len(secret) > 40
    assert secret not in str(Webhook.objects.values()), "kept encrypted"


def test_another_unit_and_what_was_learnt_by_choice_are_told_to_nobody(hooked, finished, sink, province):
    hooked()
    by_choice = make.make_course("Tự chọn")
    finish(make.make_person("Lê An", province.one_stop), by_choice)
    finished(province.construction)
    guest = make.make_person("Khách")
    finish(guest, by_choice)
    assert not WebhookMessage.objects.exists()
    finished(province.one_stop)
    assert WebhookMessage.objects.count() == 2, "control"


def test_only_what_was_asked_for_and_only_while_it_is_on(hooked, finished, province, admin):
    webhook, _secret = hooked(on_certificate=False)
    above, _secret = hooked(province.root, on_completion=False)
    finished()
    told = sorted(WebhookMessage.objects.values_list("webhook", "event"))
    assert told == sorted([(webhook.pk, "completion.recorded"), (above.pk, "certificate.issued")])
    for one in (webhook, above):
        subscribing.switch_off(one, actor=admin)
    finished()
    assert WebhookMessage.objects.count() == 2
    with pytest.raises(DomainError):
        hooked(on_completion=False, on_certificate=False)


def test_a_fact_that_is_taken_back_is_not_told(hooked, province):
    hooked()
    person = make.make_person("Lê An", province.one_stop)
    make.assign(province.course, province.root, make.in_days(9))
    enrolment = make.begin(person, province.course, done=2)
    with pytest.raises(RuntimeError), transaction.atomic():
        complete_if_due(enrolment)
        raise RuntimeError
    assert not WebhookMessage.objects.exists()
    assert not OutboxEntry.objects.filter(kind=KIND).exists()


def test_without_webhooks_a_completion_costs_one_query(province):
    person = make.make_person("Lê An", province.one_stop)
    done = make.complete(person, province.course, unit=province.one_stop)
    with CaptureQueriesContext(connection) as found:
        queueing.tell_of_completion(done, None)
    assert len(found) == 1


# --- trying ---------------------------------------------------------------------------------------------------


def test_what_does_not_arrive_is_tried_again_with_growing_pauses_under_the_same_id(hooked, finished, sink):
    hooked(on_certificate=False)
    finished()
    sink.status = 503
    pauses, bodies = [], set()
    for _try in range(4):
        assert work_off() == [False]
        entry = OutboxEntry.objects.get(kind=KIND, done_at=None)
        pauses.append((entry.due_at - timezone.now()).total_seconds())
    assert pauses == sorted(pauses)
    assert pauses[-1] > 2 * pauses[0]
    sink.status = 200
    assert work_off() == [True]
    message = WebhookMessage.objects.get()
    assert (message.state, message.tries, message.last_answer) == (MessageState.DELIVERED, 5, "200")
    assert {headers["webhook-id"] for headers, _body in sink.received} == {message.uid}
    bodies = {body for _headers, body in sink.received}
    assert len(bodies) == 1
    assert Webhook.objects.get().failing_since is None


def told(person, matter) -> list:
    """The lines of a letter to the person about it, as they would be written now."""
    return topic("api.webhook").read([(person, [matter])], make.today())[person.pk]


def test_after_a_day_without_success_it_is_switched_off_and_administrators_are_told(
    hooked, finished, sink, admin, client
):
    webhook, _secret = hooked(on_certificate=False)
    finished()
    sink.status = 500
    assert work_off() == [False]
    yesterday = timezone.now() - timedelta(days=1, minutes=1)
    Webhook.objects.update(failing_since=yesterday)
    WebhookMessage.objects.update(give_up_at=timezone.now())
    assert work_off() == [True], "given up: the outbox has no more to do"
    webhook.refresh_from_db()
    assert webhook.state == WebhookState.FAILED
    assert WebhookMessage.objects.get().state == MessageState.FAILED
    assert AuditEntry.objects.get(action="webhook.switched_off").details["state"] == "failed"
    matter = Matter.objects.get(topic="api.webhook")
    assert matter.person == admin
    [line] = told(admin, matter)
    assert "HRM" in line.title
    officer = make.make_hr(webhook.unit)
    assert told(officer, matter) == []

    with pytest.raises(DomainError):
        subscribing.send_again(webhook, actor=admin)
    subscribing.switch_on(webhook, actor=admin)
    assert told(admin, matter) == [], "nothing left to tell"
    sink.status = 200
    assert subscribing.send_again(webhook, actor=admin) == 1
    assert work_off() == [True]
    assert WebhookMessage.objects.get().state == MessageState.DELIVERED


def test_one_message_that_is_given_up_does_not_switch_off_what_works(hooked, finished, sink):
    webhook, _secret = hooked(on_certificate=False)
    finished()
    sink.status = 422
    WebhookMessage.objects.update(give_up_at=timezone.now())
    assert work_off() == [True]
    webhook.refresh_from_db()
    assert webhook.state == WebhookState.ACTIVE
    assert WebhookMessage.objects.get().state == MessageState.FAILED


def test_a_receiver_that_says_gone_gets_no_more(hooked, finished, sink):
    webhook, _secret = hooked()
    finished()
    sink.status = 410
    assert work_off() == [True, True]
    webhook.refresh_from_db()
    assert webhook.state == WebhookState.GONE
    assert len(sink.received) == 1, "the second message was not even sent"


def test_a_redirect_is_not_followed(hooked, finished, sink):
    hooked(on_certificate=False)
    finished()
    sink.status, sink.location = 307, sink.url
    assert work_off() == [False]
    assert len(sink.received) == 1


def test_a_certificate_nobody_vouches_for_is_refused(hooked, finished, sink, settings):
    hooked(on_certificate=False)
    finished()
    settings.WEBHOOK_CA_FILE = ""
    assert work_off() == [False]
    assert not sink.received
    assert WebhookMessage.objects.get().last_answer == "tls"


def test_a_receiver_that_never_finishes_does_not_hold_the_worker(monkeypatch, sink, settings):
    monkeypatch.setattr(posting, "SECONDS_IN_ALL", 0.3)
    monkeypatch.setattr(posting, "SECONDS_A_STEP", 20)
    original = sink.server.RequestHandlerClass.do_POST

    def slow(handler):
        time.sleep(3)
        original(handler)

    monkeypatch.setattr(sink.server.RequestHandlerClass, "do_POST", slow)
    began = time.monotonic()
    with pytest.raises(posting.NoAnswer):
        posting.post(sink.url, {}, "{}")
    assert time.monotonic() - began < 2.5


# --- where to -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.9.9.9", "localhost", "0.0.0.0", "10.0.0.7", "172.16.1.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "2130706433", "0x7f.1", "khong-co.invalid",
    ],
)  # fmt: skip
def test_addresses_of_our_own_network_are_refused(host):
    with pytest.raises(addresses.AddressRefused):
        addresses.check(f"https://{host}/nhan")


@pytest.mark.parametrize(
    "url",
    [
        "http://93.184.216.34/", "ftp://93.184.216.34/", "https://", "https://ai:gi@93.184.216.34/", "//93.184.216.34/",
        "https://93.184.216.34:99999/", "https://93.184.216.34/a b", "https://93.184.216.34/#x", "javascript:alert(1)",
        "https://93.184.216.34/\r\nX: y",
    ],
)  # fmt: skip
def test_only_plain_https_addresses_are_taken(url):
    with pytest.raises(addresses.AddressRefused):
        addresses.check(url)


def test_public_addresses_are_allowed_and_private_ones_if_the_network_was_opened(settings):
    from ipaddress import ip_network

    addresses.check("https://93.184.216.34/nhan")
    settings.WEBHOOK_NETWORKS = [ip_network("10.20.0.0/16")]
    addresses.check("https://10.20.3.4:8443/nhan")
    with pytest.raises(addresses.AddressRefused):
        addresses.check("https://10.21.3.4/nhan")


def test_a_name_that_turns_to_our_own_network_later_is_not_followed_there(
    hooked, finished, sink, settings, monkeypatch
):
    """The name was public when it was entered; now it leads home, alone or beside a public address."""
    webhook, _secret = hooked(on_certificate=False)
    finished()
    port = sink.server.server_address[1]
    Webhook.objects.update(url=f"https://ngoai.example.vn:{port}/nhan")
    settings.WEBHOOK_NETWORKS = []
    for found in (["127.0.0.1"], ["93.184.216.34", "127.0.0.1"]):
        answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]
        monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_a, answers=answers, **_k: answers)
        assert work_off() == [False]
        assert WebhookMessage.objects.get().last_answer == "address_refused"
    assert not sink.received
    webhook.refresh_from_db()
    assert webhook.state == WebhookState.ACTIVE


# --- the desk -------------------------------------------------------------------------------------------------


def test_an_administrator_sets_one_up_and_sees_the_secret_once(site, cast, client, sink):
    client.force_login(cast["an"], backend="people.sign_in.backend.OneFieldBackend")
    unit = Unit.objects.get(code="LG-TS")
    form = {"name": "HRM", "url": "https://10.0.0.1/", "unit": unit.pk, "on_completion": "on"}
    page = client.post("/quan-tri/webhook/new/", form)
    assert page.status_code == 200
    assert not Webhook.objects.exists(), "an address of our own network"
    page = client.post("/quan-tri/webhook/new/", form | {"url": sink.url})
    assert "no-store" in page["Cache-Control"]
    assert "whsec_" in page.content.decode()
    webhook = Webhook.objects.get()
    pages = ["/quan-tri/webhook/", f"/quan-tri/webhook/edit/{webhook.pk}/", f"/quan-tri/webhook/{webhook.pk}/"]
    for address in pages:
        shown = client.get(address)
        assert shown.status_code == 200, address
        assert "whsec_" not in shown.content.decode()
    former = webhook.sealed_secret
    assert "whsec_" in client.post(pages[2], {"act": "secret"}).content.decode()
    client.post(pages[1], form | {"url": sink.url, "name": "Phần mềm"})
    client.post(pages[2], {"act": "off"})
    webhook.refresh_from_db()
    assert webhook.sealed_secret != former
    assert (webhook.name, webhook.state, webhook.on_certificate) == ("Phần mềm", WebhookState.OFF, False)
    client.post(pages[2], {"act": "on"})
    webhook.refresh_from_db()
    assert webhook.state == WebhookState.ACTIVE
    assert client.post(f"/quan-tri/webhook/delete/{webhook.pk}/").status_code in (302, 403)
    assert Webhook.objects.exists()
    client.force_login(cast["hung"], backend="people.sign_in.backend.OneFieldBackend")
    for address in pages:
        assert client.get(address).status_code in (302, 403)
    client.post(pages[2], {"act": "off"})
    webhook.refresh_from_db()
    assert webhook.state == WebhookState.ACTIVE


def test_the_page_of_messages_takes_as_many_queries_for_many_and_shows_what_came_of_each(site, cast, client, sink):
    client.force_login(cast["an"], backend="people.sign_in.backend.OneFieldBackend")
    unit = Unit.objects.get(code="LG-TS")
    webhook, _secret = subscribing.create(
        "HRM", sink.url, unit, on_completion=True, on_certificate=True, actor=cast["an"]
    )

    def write(number: int, **more) -> None:
        usual = {"event": "completion.recorded", "body": "{}", "give_up_at": timezone.now()}
        WebhookMessage.objects.create(webhook=webhook, uid=f"msg_{number}", **usual | more)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/quan-tri/webhook/{webhook.pk}/").status_code == 200
        return len(found)

    write(1, state=MessageState.FAILED, last_answer="timeout")
    queries()
    few = queries()
    write(2, state=MessageState.DELIVERED, last_answer="204")
    write(3)
    assert queries() == few
    failed = client.get(f"/quan-tri/webhook/{webhook.pk}/?state=failed").content.decode()
    assert "msg_1" in failed
    assert "msg_2" not in failed
