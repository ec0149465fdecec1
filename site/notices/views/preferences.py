"""What one wants by e-mail: on the account's page, and by the link in a letter."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notices.domain import preferences as choices
from notices.domain import topics


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request):
    """Optional topics to choose from, required ones with the reason, and the address for calendar programs."""
    optional = [topic for topic in topics.all_topics() if topic.is_optional]
    if request.method == "POST":
        if "new_calendar" in request.POST:
            choices.renew_calendar(request.user.pk)
            messages.success(request, _("The calendar has a new address. The old one does not work any more."))
        else:
            wanted = set(request.POST.getlist("topic"))
            choices.set_without(request.user.pk, {topic.key for topic in optional} - wanted)
            messages.success(request, _("The choice is saved."))
        return redirect("notices:preferences")
    without = choices.without(request.user.pk)
    return render(
        request,
        "notices/preferences.html",
        {
            "optional": [(topic, topic.key not in without) for topic in optional],
            "required": [topic for topic in topics.all_topics() if not topic.is_optional],
            "calendar": settings.WAGTAILADMIN_BASE_URL + choices.calendar_path(request.user),
        },
    )


@csrf_exempt  # mail programs post here without a page of ours (RFC 8058); the signature in the address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token: str):
    """Looking changes nothing: programs that check links must not unsubscribe anybody. The button, or one click in
    the mail program, stops the optional topics."""
    person = choices.unsubscriber(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        choices.stop_optional(person.pk)
    return render(
        request,
        "notices/unsubscribe.html",
        {"done": request.method == "POST", "optional": [one for one in topics.all_topics() if one.is_optional]},
    )
