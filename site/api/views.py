from django.http import JsonResponse
from django.views.decorators.http import require_safe

from courses.domain.certificates import normalise_code
from courses.models import Certificate


@require_safe
def certificate(request, code: str):
    """The public facts of a certificate: is it in the register, in what state, for which course, by whom, when."""
    found = Certificate.objects.filter(code=normalise_code(code)).first()
    if found is None:
        return JsonResponse({"found": False}, status=404)
    return JsonResponse(
        {
            "found": True,
            "code": found.code,
            "state": found.state,
            "course": found.wording["course"],
            "issuer": found.issuer,
            "register_number": found.register_number,
            "issued_at": found.issued_at.isoformat(),
            "revoked_at": found.revoked_at.isoformat() if found.revoked_at else None,
        }
    )
