"""Outbox doors of the courses: ids in, one domain call."""

from courses.domain import certificates
from shared.domain import outbox

outbox.handler("courses.certificate_pdf")(certificates.render_pdf)
