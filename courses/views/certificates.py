"""My certificates, their PDF, and the public check."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from courses import queries
from courses.domain import certificates
from courses.models import Certificate


@login_required
@require_GET
def my_certificates(request):
    return render(
        request,
        "courses/my_certificates.html",
        {"certificates": queries.certificates_for(request.user), "nav_section": "certificates"},
    )


@login_required
@require_GET
def certificate_pdf(request, code: str):
    """The PDF of one's own certificate; not there yet means “being made”, which the list says."""
    certificate = get_object_or_404(Certificate, code=code, person=request.user)
    if not certificate.rendered_at:
        return redirect("my_certificates")
    try:
        file = certificate.pdf.open("rb")
    except FileNotFoundError as missing:
        raise Http404(_("The file of this certificate is missing.")) from missing
    return FileResponse(
        file,
        as_attachment="tai" in request.GET,
        filename=f"giay-xac-nhan-{certificate.code}.pdf",
        content_type="application/pdf",
    )


@require_GET
def verify(request, code: str = ""):
    """Public: is this certificate in the register, and is it valid? Shows no more than the paper's holder needs."""
    typed = code or request.GET.get("ma", "")
    wanted = certificates.normalise_code(typed)
    certificate = Certificate.objects.filter(code=wanted).first() if wanted else None
    if certificate and code != certificate.code:
        return redirect("verify_certificate", certificate.code)
    context = {"typed": typed, "certificate": certificate, "asked": bool(typed)}
    return render(request, "courses/verify.html", context, status=404 if typed and not certificate else 200)
