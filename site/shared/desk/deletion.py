"""Deletions that cannot happen: a page that says what depends on the thing and what can be done instead."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.admin.views import generic

from shared.domain.dependents import dependents_of


@dataclass(frozen=True)
class WayOut:
    """A button of the explanation: what to do instead. With `posts` it acts at once."""

    label: str
    url: str
    posts: bool = False


def explain_refusal(request, things, dependents, *, title="", reasons=(), ways_out=(), back: str):
    """The explanation: 200 when somebody only asked, 409 when a deletion was sent and did not happen."""
    context = {
        "title": title or _("Cannot be deleted"),
        "things": [str(thing) for thing in things],
        "reasons": reasons,
        "dependents": dependents,
        "ways_out": ways_out,
        "back": back,
    }
    status = 200 if request.method == "GET" else 409
    return render(request, "shared/desk/refusal.html", context, status=status)


class GuardedDeleteView(generic.DeleteView):
    """Wagtail's delete view for rows that others may PROTECT: it explains instead of failing."""

    def dispatch(self, request, *args, **kwargs):
        if not self.user_has_permission_for_instance("delete", self.object):
            return super().dispatch(request, *args, **kwargs)  # refuses
        dependents = self.get_dependents()
        return self.explain(dependents) if dependents else super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except (ProtectedError, RestrictedError):  # somebody used it between the question and the answer
            return self.explain(self.get_dependents())

    def explain(self, dependents):
        return explain_refusal(
            self.request,
            [self.object],
            dependents,
            reasons=self.get_reasons(),
            ways_out=self.get_ways_out(),
            back=self.get_success_url(),
        )

    def get_dependents(self):
        return dependents_of(self.model._default_manager.filter(pk=self.object.pk))

    def get_reasons(self) -> list[str]:
        return [_("Other records still need it.")]

    def get_ways_out(self) -> list[WayOut]:
        return []
