"""What would undo the separation of activities and site, said at every start."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Warning, register

from h5p.player.hosts import same_host


@register
def content_origin_is_another_host(app_configs, **kwargs):
    """H5P_CONTENT_ORIGIN must not be the site, and should not share a parent domain with it."""
    if not settings.H5P_CONTENT_ORIGIN:
        return []
    content, site = urlsplit(settings.H5P_CONTENT_ORIGIN), urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if same_host(content.netloc, site.netloc):
        return [
            Error(
                f"H5P_CONTENT_ORIGIN={settings.H5P_CONTENT_ORIGIN} is the site itself.",
                hint="Uploaded scripts would run as the site's own. Name another host, or leave it empty.",
                id="h5p.E001",
            )
        ]
    hosts = sorted([f".{site.hostname}", f".{content.hostname}"], key=len)
    if hosts[0] != hosts[1] and hosts[1].endswith(hosts[0]):
        return [
            Warning(
                f"{content.hostname} and {site.hostname} lie inside one another.",
                hint="Scripts of activities could set cookies that the site receives. Another domain is safer.",
                id="h5p.W001",
            )
        ]
    return []
