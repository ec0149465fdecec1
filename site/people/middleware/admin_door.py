from django.core.exceptions import PermissionDenied

from shared.middleware.security_policy import ADMIN_PREFIX


class AdminDoorMiddleware:
    """Who is signed in but may not enter the admin is told so.

    Wagtail would send them to the sign-in page, which sends people who are signed in back, for ever.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, arguments, named_arguments):
        inside = request.path_info.startswith(ADMIN_PREFIX) and request.user.is_authenticated
        if inside and not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
