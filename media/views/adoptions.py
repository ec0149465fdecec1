"""“We applied this too”: a unit's report on a story, with proof."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from media import queries, rules
from media.domain import adoptions
from media.forms.adoptions import AdoptionForm
from shared.errors import DomainError


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adopt_story(request, slug: str):
    if not rules.can_nominate(request.user):
        raise PermissionDenied(_("Heads and HR officers report for their units."))
    story = get_object_or_404(queries.stories_for(request.user), slug=slug)
    form = AdoptionForm(request.POST or None, request.FILES or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            adoptions.report(story, actor=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Thank you. The press office looks at the proof."))
            return redirect(story.url)
    context = {"story": story, "form": form, "nav_section": "stories"}
    return render(request, "media/adopt_story.html", context, status=422 if request.method == "POST" else 200)
