"""Walks the whole URLconf: every address, with somebody else's thing in it, asked for by everybody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from people.models import Person
from shared.access import Door, door_of
from tests.access.stage import MARK, NAME_MARK, Things

# Without a word about what stands behind the address. 400 and 405: the question itself was none, nothing was looked up.
REFUSED = {400, 401, 403, 404, 405, 410}
NOT_FOUND = {400, 404, 405}
# Asks for the password once more before anything is looked up.
_CONFIRMING = "/reauthenticate/"
_PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
_GROUP = re.compile(r"\((?:\?P<(?P<name>\w+)>)?(?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True)
class Address:
    """A route of the URLconf with its name (the route itself where it has none)."""

    route: str
    name: str

    @property
    def is_of_the_editing_desk(self) -> bool:
        return self.route.startswith("quan-tri/")


def addresses(resolver=None, prefix: str = "", namespaces: tuple[str, ...] = ()) -> Iterator[Address]:
    """All of them, those of allauth, Wagtail and the API included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(route, ":".join([*namespaces, pattern.name]) if pattern.name else route)
        else:
            inner = (pattern.namespace,) if pattern.namespace else ()
            yield from addresses(pattern, route, namespaces + inner)


def undeclared(found: list[Address], doors: dict[str, Door]) -> list[str]:
    """The addresses nobody has said anything about."""
    return sorted({address.name for address in found if door_of(address.name, doors) is None})


def path_of(address: Address, door: Door, things: Things) -> str:
    """The address with somebody else's thing put in its places."""
    thing = things.by_kind[door.thing] if door.thing else things.person
    known = {
        "course_slug": things.course.slug,
        "lesson_slug": things.lesson.slug,
        "course_id": things.course.pk,
        "lesson_id": things.lesson.pk,
        "page_id": things.course.pk,
        "code": things.by_kind["certificate"].code,
        "act": "dong",
        "step": "ket-thuc",
        "day": "2027-01-01",
        "number": 1,
        "app_label": "people",
        "model_name": "person",
        "content_type_app_name": "people",
        "content_type_model_name": "person",
        "parent_page_id": things.course.pk,
        "uuid": "3f0c8f2e-0000-4000-8000-000000000000",
        "provider_id": "oidc",
        "key": "abc",
        "uidb36": "1",
    }

    def value(match) -> str:
        return str(known.get(match["name"] or "", thing.pk))

    route = _PARAMETER.sub(value, address.route)
    route = _GROUP.sub(value, route).replace("^", "").replace("$", "").replace("\\", "")
    return "/" + re.sub(r"\[[^]]*\][*+]?|\.\*|\?$", "x", route)


@dataclass
class Visit:
    """One actor asks for one address with one method."""

    actor: object
    address: Address
    door: Door
    method: str
    status: int
    location: str
    text: str

    @property
    def who(self) -> str:
        return getattr(self.actor, "username", "") or "nobody"

    def fault(self, things: Things) -> str:
        """What is wrong with the answer; "" if it is as declared."""
        if self.status >= 500:
            return self._told("fails")
        if not self.door.opens_to(self.actor):
            return "" if self._is_refused() else self._told("is let in")
        if self._names_what_is_out_of_reach(things) and not self._is_not_found():
            return self._told(f"reaches somebody else's {self.door.thing}")
        return self._leak(things)

    def _names_what_is_out_of_reach(self, things: Things) -> bool:
        return bool(self.door.thing) and not self.door.reaches(self.actor, things.by_kind[self.door.thing])

    def _is_not_found(self) -> bool:
        return self.status in NOT_FOUND or (self.status == 302 and self.location.endswith(_CONFIRMING))

    def _is_refused(self) -> bool:
        """Refused, or sent to the sign-in page or, on the editing desk, to its front page."""
        if self.status in (301, 302):
            return self.location in (sign_in_page(), "/quan-tri/", "/quan-tri/login/", "/_util/login/")
        return self.status in REFUSED

    def _leak(self, things: Things) -> str:
        if may_know(self.actor):
            return ""
        if MARK in self.text:
            return self._told("reads somebody else's record")
        if NAME_MARK in self.text and "name" not in self.door.shows:
            return self._told("reads somebody else's name")
        return ""

    def _told(self, what: str) -> str:
        return f"{self.who} {what}: {self.method} {self.address.name} → {self.status} {self.location}"


def sign_in_page() -> str:
    return reverse(settings.LOGIN_URL)


def may_know(actor) -> bool:
    """Administrators and the technical superuser may read everybody's record."""
    return actor.is_authenticated and (actor.is_superuser or actor.username == "an")


def walk(found: list[Address], doors: dict[str, Door], actors: list, things: Things, methods=("get", "post")):
    """Every address × every actor × every method, as visits."""
    for actor in actors:
        client = _signed_in(actor)
        present = anew(actor)
        for address in found:
            door = door_of(address.name, doors)
            path = path_of(address, door, things)
            for method in methods:
                if method == "post" and address.is_of_the_editing_desk and door.opens_to(present):
                    continue  # what Wagtail's own screens do with an empty form is Wagtail's
                answer = getattr(client, method)(path)
                yield Visit(
                    present, address, door, method.upper(), answer.status_code, _location(answer), _text(answer)
                )
            if address.route.startswith("tai-khoan/"):  # may have ended the session
                client = _signed_in(actor)


def _signed_in(actor) -> Client:
    client = Client(raise_request_exception=False)
    if isinstance(actor, Person):
        client.force_login(actor)
    return client


def anew(actor):
    """The actor as loaded for one request: nothing is remembered from the last one."""
    return Person.objects.get(pk=actor.pk) if isinstance(actor, Person) else AnonymousUser()


def _location(answer) -> str:
    return urlsplit(answer.headers.get("Location", "")).path


def _text(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")
