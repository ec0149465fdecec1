"""One fixed Content-Security-Policy for the public site, a wider one for the Wagtail admin.

No page of ours has inline scripts or styles, so no nonce is needed and the header is a constant.
"""

from django.conf import settings

_PUBLIC = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'; manifest-src 'self'"
)
# Wagtail's editor (Draftail, choosers) still writes inline styles and a few inline scripts.
_ADMIN = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'self'; base-uri 'none'"
)
ADMIN_PREFIX = "/quan-tri/"


class SecurityPolicyMiddleware:
    """Adds the policy and the permissions policy to every response that does not set its own."""

    def __init__(self, get_response):
        self.get_response = get_response
        # H5P activities play in frames: on a host of their own, else on this one in a sandbox without an origin.
        activities = settings.H5P_CONTENT_ORIGIN
        self.public = _PUBLIC + "; frame-src " + (activities or "'self'")
        for origin in settings.FORM_ACTION_ORIGINS:  # where a form's answer may lead: the sign-in provider
            self.public = self.public.replace("form-action 'self'", f"form-action 'self' {origin}")
        self.admin = f"{_ADMIN}; frame-src 'self' {activities}".rstrip()

    def __call__(self, request):
        response = self.get_response(request)
        headers = response.headers
        if "Content-Security-Policy" not in headers:
            headers["Content-Security-Policy"] = (
                self.admin if request.path_info.startswith(ADMIN_PREFIX) else self.public
            )
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response
