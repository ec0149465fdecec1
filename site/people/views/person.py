"""One person's staff record: shown, changed, added."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people import rules
from people.directory.columns import spaced_phone
from people.directory.record import StaffRecord, period_in_words, staff_record
from people.domain import persons
from people.forms.persons import RECORD_FIELDS, AddPersonForm, ChangeRecordForm
from people.models import Person
from people.queries import kept_people_for, people_for, similar_people
from people.views import seen
from people.views.account_access import acts_for
from people.views.guards import for_keepers, for_readers
from shared.errors import DomainError
from shared.text.dates import short_date


@for_readers
def person(request, pk: int):
    """The record of somebody of the viewer's scope; not found for anybody else."""
    record = staff_record(request.user, pk)
    if record is None:
        raise Http404
    context = {
        "record": record,
        "person": record.person,
        "phone": spaced_phone(record.person.phone),
        "acts": acts_for(request.user, record.person) if record.may_keep else [],
        "training_address": _training_address(request.user, record),
        "nav_section": "reports",
    }
    return render(request, "people/hr/person.html", context)


def _training_address(viewer: Person, record: StaffRecord) -> str:
    """Where the training record stands, if the viewer's reports reach the unit the person is counted in."""
    counted = next((row.posting for row in record.present if row.posting.is_primary), None)
    if counted is None or not record.person.is_active or not rules.can_see_reports_of(viewer, counted.unit):
        return ""
    return reverse("reports:person", args=[record.person.pk])


@for_keepers
def change_person(request, pk: int):
    """The record's own data. Who saves second is told what the first one changed, and decides."""
    changing = get_object_or_404(kept_people_for(request.user), pk=pk)
    may_manage = rules.can_manage_account(request.user, changing)
    form = ChangeRecordForm(request.POST or None, person=changing, may_manage_account=may_manage)
    context = {
        "person": changing,
        "form": form,
        "back": reverse("people:person", args=[pk]),
        "nav_section": "reports",
        "seen": seen.sign(f"person.{pk}", _values(changing)),
    }
    if request.method == "POST" and form.is_valid():
        known = seen.unsign(f"person.{pk}", request.POST.get("seen", ""))
        try:
            _save(request.user, changing, form, known)
        except persons.ChangedMeanwhile:
            context |= _what_changed(changing, form, known)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("The record of %(person)s is saved.") % {"person": form.cleaned_data["full_name"]}
            )
            return redirect("people:person", pk)
    conflict = "conflicts" in context
    return render(
        request, "people/hr/change_person.html", context, status=409 if conflict else 422 if form.errors else 200
    )


@transaction.atomic
def _save(actor: Person, changing: Person, form: ChangeRecordForm, known: dict | None) -> None:
    stored = Person.objects.select_for_update().get(pk=changing.pk)
    present = _values(stored)
    if known is None or known != present:
        raise persons.ChangedMeanwhile(sorted(name for name in present if (known or {}).get(name) != present[name]))
    persons.change_person(changing, actor=actor, **form.record())
    if form.cleaned_data["national_id"]:
        persons.set_national_id(changing, form.cleaned_data["national_id"], actor=actor)


def _values(who: Person) -> dict:
    values = {name: getattr(who, name) for name in RECORD_FIELDS}
    values["birth_date"] = who.birth_date.isoformat() if who.birth_date else None
    return values


def _what_changed(changing: Person, form: ChangeRecordForm, known: dict | None) -> dict:
    """Field by field: what it was when the form was opened, what it is now, and what was typed."""
    changing.refresh_from_db()
    present, typed = _values(changing), form.record()
    conflicts = [
        {
            "label": form.fields[name].label,
            "before": _shown(form, name, (known or {}).get(name)),
            "now": _shown(form, name, present[name]),
            "typed": _shown(form, name, typed.get(name)),
        }
        for name in RECORD_FIELDS
        if known is None or known.get(name) != present[name]
    ]
    return {"conflicts": conflicts, "seen": seen.sign(f"person.{changing.pk}", present)}


def _shown(form: ChangeRecordForm, name: str, value) -> str:
    if not value:
        return "—"
    choices = dict(getattr(form.fields[name], "choices", []))
    if name == "birth_date":
        return short_date(form.fields[name].to_python(value))
    return str(choices.get(value, value))


@for_keepers
def add_person(request):
    """A new member of staff: form, likely namesakes and consequences, then the record."""
    form = AddPersonForm(request.POST or None, viewer=request.user)
    context = {"form": form, "back": reverse("people:persons"), "nav_section": "reports"}
    if request.method == "POST" and form.is_valid():
        similar = _similar(request.user, form)
        context |= {"similar": similar}
        add = partial(_add, request.user, form)
        try:
            if "confirm" in request.POST and (not similar or "not_the_same" in request.POST):
                added = add()
                words = {"person": added, "name": added.username}
                messages.success(request, _("%(person)s is added with the sign-in name %(name)s.") % words)
                return redirect("people:person", added.pk)
            context["lines"] = _rehearsed(add)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            if "edit" not in request.POST:
                context["unanswered"] = "confirm" in request.POST
                return render(request, "people/hr/add_person_preview.html", context)
    return render(request, "people/hr/add_person.html", context, status=422 if form.errors else 200)


def _add(actor: Person, form: AddPersonForm) -> Person:
    particulars = form.particulars()
    record = form.record()
    return persons.add_person(
        record.pop("full_name"),
        form.cleaned_data["unit"],
        particulars.pop("position_title"),
        since=form.since_day,
        actor=actor,
        posting=particulars,
        number=form.cleaned_data["national_id"],
        **record,
    )


def _rehearsed(add) -> list[str]:
    """What adding would bring about, found by doing it and taking it back."""
    with transaction.atomic():
        added = add()
        posting = added.postings.select_related("unit").get()
        words = {
            "name": added.username,
            "posting": posting,
            "period": period_in_words(posting.valid_from, posting.valid_to),
            "unit": posting.unit,
        }
        lines = [
            _("“%(posting)s”, %(period)s, as the primary posting.") % words,
            _("An account with the sign-in name %(name)s; it waits for an activation code.") % words,
            _("The person is counted in %(unit)s, and its assigned courses apply.") % words,
        ]
        if not added.work_email:
            lines.append(_("Without a work e-mail nothing is sent; an activation slip on paper opens the account."))
        transaction.set_rollback(True)
    return lines


def _similar(viewer: Person, form: AddPersonForm) -> list[Person]:
    """People of the viewer's scope who may be the same person."""
    data = form.cleaned_data
    found = similar_people(people_for(viewer), data["full_name"], data["birth_date"], data["unit"])
    return [staff_record(viewer, one.pk) for one in found[:10]]
