from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.models import RoleGrant
from people.queries import primary_posting


@login_required
@require_safe
def account_page(request):
    """One's own account: name, unit, roles, language, password. Corrections go through HR."""
    return render(
        request,
        "people/account.html",
        {
            "posting": primary_posting(request.user),
            "grants": RoleGrant.objects.filter(person=request.user).select_related("unit"),
            "nav_section": "account",
        },
    )
