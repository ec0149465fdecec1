from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from people.middleware.idle_timeout import WITHOUT_SESSION
from people.sign_in import second_factor
from shared.middleware.security_policy import ADMIN_PREFIX

FREE = (*WITHOUT_SESSION, "/tai-khoan/", "/kich-hoat/", "/ngon-ngu/")  # one's own account, where a factor is set up
DESKS = (ADMIN_PREFIX, "/nhan-su/")
NEXT = "second_factor_next"  # session key: the page to go on to afterwards


class SecondFactorMiddleware:
    """Leads people who need a second factor and have none to the page where it is set up.

    The verdict is reached once and kept in the session, so learners' pages cost no query. At the desks those who
    were spared are asked about again: they may have been given a role since they signed in.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if second_factor.is_asked_of_anybody() and self._concerns(request):
            verdict = request.session.get(second_factor.VERDICT)
            is_desk = request.path_info.startswith(DESKS)
            if (verdict is None or (is_desk and verdict != second_factor.PROVEN)) and request.user.is_authenticated:
                verdict = self._reconsider(request, verdict)
            if verdict and second_factor.is_missing(request, verdict):
                return self._lead_to_set_up(request)
        return self.get_response(request)

    def _concerns(self, request) -> bool:
        return (
            not request.path_info.startswith(FREE)
            and settings.SESSION_COOKIE_NAME in request.COOKIES
            and SESSION_KEY in request.session
        )

    def _reconsider(self, request, former: str | None) -> str:
        verdict = second_factor.verdict_for(request, request.user)
        if verdict != former:
            request.session[second_factor.VERDICT] = verdict
        return verdict

    def _lead_to_set_up(self, request):
        page = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
        if not page or request.path_info.startswith("/api/"):
            return JsonResponse({"error": _("A second factor has to be set up first.")}, status=403)
        if request.method == "GET":
            request.session[NEXT] = request.get_full_path()
        return redirect(reverse("second_factor_set_up"))
