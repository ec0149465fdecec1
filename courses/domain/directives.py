"""Entering and correcting the documents that training rests on."""

from django.db import transaction
from wagtail.log_actions import log

from courses.models import Directive
from people.domain import audit


@transaction.atomic
def save_directive(directive: Directive, changed: list[str], *, actor) -> Directive:
    """Stores a new directive, or one with the named fields changed; without a change nothing is written."""
    is_new = directive._state.adding
    if is_new or changed:
        directive.save()
        details = {} if is_new else {"fields": sorted(changed)}
        audit.record(actor, "directive.created" if is_new else "directive.changed", directive, **details)
        log(instance=directive, action="wagtail.create" if is_new else "wagtail.edit", user=actor)
    return directive


@transaction.atomic
def delete_directive(directive: Directive, *, actor) -> None:
    """Deletes a directive no assignment rests on. Raises ProtectedError otherwise."""
    audit.record(actor, "directive.deleted", directive, number=directive.number)
    log(instance=directive, action="wagtail.delete", user=actor, deleted=True)
    directive.delete()
