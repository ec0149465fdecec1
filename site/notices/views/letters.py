"""The log of letters: one's own, and of a person in one's scope."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notices.queries import letters_for
from people.domain import audit
from people.queries import people_for
from people.rules import can_see_people

LETTERS_A_PAGE = 50


@login_required
@require_safe
def my_letters(request):
    return _page(request, request.user, is_own=True)


@never_cache
@login_required
@require_safe
def letters_of(request, person_id: int):
    """What a person of one's scope was told; not found for anybody else."""
    if not can_see_people(request.user):
        raise PermissionDenied(_("The log of letters is for HR officers and inspectors."))
    person = people_for(request.user).filter(pk=person_id).first()
    if person is None:
        raise Http404
    audit.record_view(request.user, person, "letters")
    return _page(request, person, is_own=False)


def _page(request, person, *, is_own: bool):
    letters = Paginator(letters_for(request.user).filter(person=person), LETTERS_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "notices/letters.html", {"person": person, "letters": letters, "is_own": is_own})
