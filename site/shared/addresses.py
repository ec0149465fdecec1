"""Where the page tree hangs in the site's addresses, kept in memory: Wagtail would ask for it on every page.

Kept for a minute in each process; the process that changes a site forgets it at once.
"""

from django.core.cache import caches
from wagtail.models import Site

_KEPT_SECONDS = 60
_KEY = "site-addresses"


def lend(request) -> None:
    """Gives the request its site and the roots of all sites, as Wagtail itself would keep them on it."""
    if hasattr(request, "_wagtail_site") and hasattr(request, "_wagtail_cached_site_root_paths"):
        return
    cache, key = caches["rendered"], f"{_KEY}-{request.get_host()}"
    kept = cache.get(key)
    if kept is None:
        kept = Site.find_for_request(request), Site.get_site_root_paths()
        cache.set(key, kept, _KEPT_SECONDS)
    request._wagtail_site, request._wagtail_cached_site_root_paths = kept


def address(request, page) -> str:
    """The page's address as the visitor of this request reaches it."""
    lend(request)
    return page.get_url(request)


def forget(**_signal) -> None:
    """After a change of a site: everything kept in this process goes."""
    caches["rendered"].clear()
