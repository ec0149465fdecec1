"""The page inside the frame: an activity with its scripts, nothing about the person who plays it."""

import json

from django.http import Http404
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import json_script
from django.views.decorators.http import require_safe

from h5p.models import Content
from h5p.player import bundles, core_files, hosts, tokens
from h5p.player.integration import CONTENT_ID, Addresses, addresses, integration
from h5p.player.libraries import Loaded, libraries_of
from h5p.player.policy import frame_policy
from h5p.views.ranged import compressed


@require_safe
def play(request, token: str):
    """The player of one activity. The pass in the address says which, in which language and for which site."""
    try:
        given = tokens.FramePass.read(token)
    except tokens.BadPass as problem:
        raise Http404 from problem
    content = Content.objects.select_related("main_library").filter(uuid=given.content, revision=given.revision).first()
    if content is None or content.main_library is None or not core_files.is_there():
        raise Http404
    libraries = libraries_of(content)
    where = addresses(
        hosts.origin_of(request),
        content,
        tokens.files_pass(content.uuid, content.revision),
        core_files.version(),
    )
    with translation.override(given.language):
        response = compressed(request, _page(content, libraries, where, given).encode())
    response["Content-Security-Policy"] = frame_policy(
        where.origin,
        sorted({f"{where.files}/", f"{where.libraries}/", f"{where.core}/", f"{where.bundles}/"}),
        given.site,
        needs_eval=any(one.library.needs_eval for one in libraries),
        external_hosts=content.allowed_external_hosts,
    )
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response.xframe_options_exempt = True  # frame-ancestors says who may frame it
    return response


class _Readable(json.JSONEncoder):
    """Vietnamese letters as they are: one letter would become six signs."""

    def __init__(self, **options):
        super().__init__(**options | {"ensure_ascii": False})


def _page(content: Content, libraries: list[Loaded], where: Addresses, given: tokens.FramePass) -> str:
    scripts, styles = _files(libraries, where)
    data = integration(content, libraries, where, given.site, given.language)
    return render_to_string(
        "h5p/player/frame.html",
        {
            "title": content.title,
            "language": given.language,
            "content_id": CONTENT_ID,
            "integration": json_script(data, "h5p-integration", encoder=_Readable),
            "host": json_script({"site": given.site}, "h5p-host"),
            "scripts": scripts,
            "styles": styles,
        },
    )


def _files(libraries: list[Loaded], where: Addresses) -> tuple[list[str], list[str]]:
    """Addresses of the one script and the one style sheet."""
    bundle = bundles.bundle_of(libraries)
    return [f"{where.bundles}/{bundle.key}.js"], [f"{where.bundles}/{bundle.key}.css"]
