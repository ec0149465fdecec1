"""Public files, served only while they may be: a file that was retired is “gone”, whatever still lies on the disk."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe
from django.views.static import serve

from media import queries
from media.models import PressKit, RetiredFile, ShareCard
from people.rules import can_enter_admin

KEPT_SECONDS = 60  # by browsers and proxies: a withdrawal is through everywhere within a minute
PICTURES, CARDS, KITS = "images/", "share-cards/", "press-kits/"


@require_safe
def public_file(request, path: str):
    """Renditions, share cards and press kits of what is public; 410 for what was taken down, 404 for all else."""
    if not _may_be_served(request, path):
        if RetiredFile.objects.filter(name=path).exists():
            return HttpResponse(status=410, headers={"Cache-Control": "no-store"})
        raise Http404
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


def _may_be_served(request, path: str) -> bool:
    if path.startswith(PICTURES):
        token = path.removeprefix(PICTURES).split("/", 1)[0]
        found = queries.photograph_behind(token)
        return found is not None and (not found.lacks_consent or can_enter_admin(request.user))
    if path.startswith(CARDS):
        return ShareCard.objects.filter(file=path).exists()
    if path.startswith(KITS):
        return PressKit.objects.filter(file=path).exists()
    return True  # other rooms' public files end with themselves
