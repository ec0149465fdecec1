"""The reader's choice of interface language."""

from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from people import language


@csrf_exempt
@require_POST
def set_language(request):
    """Keeps the choice in a cookie and, when signed in, with the account.

    Without a token: a language chosen for somebody harms nobody, and pages for everybody stay free of cookies.
    """
    wanted = request.POST.get("language")
    back = request.POST.get("next") or "/"
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    if language.is_offered(wanted):
        language.remember(response, wanted)
        if request.user.is_authenticated and request.user.language != wanted:
            request.user.language = wanted
            request.user.save(update_fields=["language"])
    return response
