from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notices.domain import topics
from notices.domain.calendar import MEDIA_TYPE, calendar_of
from notices.domain.preferences import calendar_reader


@never_cache
@require_safe
def calendar(request, token: str):
    """A person's due dates for calendar programs, which cannot sign in: the address itself is the key."""
    person = calendar_reader(token)
    if person is None:
        raise Http404
    with translation.override(person.language or translation.get_language()):
        content = calendar_of(topics.events_of(person), timezone.now(), name=_("Due dates of learning"))
    return HttpResponse(content, content_type=MEDIA_TYPE)
