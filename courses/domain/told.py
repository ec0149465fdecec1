"""What learners are told about their courses: the topics of this room (`notices.domain.topics`)."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.enums import CertificateState
from courses.models import Certificate
from notices.domain.topics import Line, Topic, register

CERTIFICATES = "courses.certificate"


def declare() -> None:
    register(Topic(CERTIFICATES, gettext_lazy("Certificates ready to download"), _certificates, is_optional=True))


def _certificates(asked, day) -> dict[int, list[Line]]:
    """Certificates that can be downloaded now; the notice on the site was written when the PDF was stored."""
    ids = {matter.subject_id: matter for _person, matters in asked for matter in matters}
    found = Certificate.objects.filter(pk__in=ids, state=CertificateState.VALID).exclude(pdf="").order_by("pk")
    lines = defaultdict(list)
    for certificate in found:
        matter = ids[certificate.pk]
        if matter.person_id == certificate.person_id:
            lines[matter.person_id].append(_line(certificate, matter))
    return lines


def _line(certificate: Certificate, matter) -> Line:
    return Line(
        matters=(matter.pk,),
        title=_("The certificate of “%(course)s” is ready") % {"course": certificate.wording["course"]},
        path=reverse("my_certificates"),
        action=_("Download the certificate"),
        place=80,
        is_on_site=False,
    )
