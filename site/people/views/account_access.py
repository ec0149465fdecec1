"""A person's account as the HR desk keeps it: closing, opening, waking, a new activation code. Each asks first."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from people import rules
from people.domain import access, activation, persons
from people.models import Person
from people.queries import people_for
from people.sign_in.rules import can_wake
from people.views.guards import for_keepers
from shared.errors import DomainError


@dataclass(frozen=True)
class Act:
    """What can be done to an account: by whom, how, and what it means, in sentences."""

    heading: str
    allowed: Callable[[Person, Person], bool]
    perform: Callable[[Person, Person], object]
    means: tuple[str, ...]
    done: str


def _manages(actor: Person, person: Person) -> bool:
    return rules.can_manage_account(actor, person) and actor.pk != person.pk


ACTS = {
    "dong": Act(
        gettext_lazy("Close the account"),
        lambda actor, person: _manages(actor, person) and person.is_active,
        lambda actor, person: persons.set_active(person, False, actor=actor),
        (
            gettext_lazy("Nobody can sign in to it any more, and the person is no longer counted in any unit."),
            gettext_lazy("Postings, training records and certificates stay. The account can be opened again."),
        ),
        gettext_lazy("The account is closed."),
    ),
    "mo": Act(
        gettext_lazy("Open the account again"),
        lambda actor, person: _manages(actor, person) and not person.is_active,
        lambda actor, person: persons.set_active(person, True, actor=actor),
        (
            gettext_lazy("The person can sign in again as before, and is counted where they are posted."),
            gettext_lazy("Who has forgotten the password gets a new activation code."),
        ),
        gettext_lazy("The account is open."),
    ),
    "kich-hoat-lai": Act(
        gettext_lazy("Wake the resting account"),
        can_wake,
        lambda actor, person: access.wake(person, actor=actor),
        (
            gettext_lazy("It had been closed because nobody used it for long. The person signs in as before."),
            gettext_lazy("Who has forgotten the password gets a new activation code."),
        ),
        gettext_lazy("The account is awake."),
    ),
    "ma-moi": Act(
        gettext_lazy("Make a new activation code"),
        lambda actor, person: _manages(actor, person) and person.is_active,
        lambda actor, person: activation.order_for_person(person, actor=actor),
        (
            gettext_lazy("An activation slip with a code is made as a PDF to be printed and handed over in person."),
            gettext_lazy("The code works once. An older code of this person becomes void."),
            gettext_lazy("The present password works until the person chooses another one with the code."),
        ),
        gettext_lazy("The activation slip is being made; it can be downloaded here."),
    ),
}


@for_keepers
def account_act(request, pk: int, act: str):
    """Says what would happen; does it when that is confirmed. Not found where the act does not apply."""
    person = get_object_or_404(people_for(request.user), pk=pk)
    if act not in ACTS or not ACTS[act].allowed(request.user, person):
        raise Http404
    chosen = ACTS[act]
    back = reverse("people:person", args=[pk])
    if request.method == "POST":
        try:
            made = chosen.perform(request.user, person)
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return redirect(back)
        messages.success(request, f"{person}: {chosen.done}")
        return redirect("people:activation_sheet", made.pk) if act == "ma-moi" else redirect(back)
    context = {
        "person": person,
        "heading": chosen.heading,
        "lines": chosen.means,
        "button": chosen.heading,
        "back": back,
        "nav_section": "reports",
    }
    return render(request, "people/hr/confirm.html", context)


def acts_for(actor: Person, person: Person) -> list[tuple[str, str]]:
    """The acts that apply to this account now: (name in the address, heading)."""
    return [(name, str(act.heading)) for name, act in ACTS.items() if act.allowed(actor, person)]
