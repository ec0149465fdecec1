"""A person's transcript: what their completions recorded, put together when they ask for it."""

from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from courses.models import Completion
from courses.transcript_pdf import Transcript, TranscriptLine, render
from people.models import Person
from people.queries import primary_posting
from shared.tables.columns import DEMO_MARK
from shared.text.dates import short_date


def transcript_of(person: Person) -> Transcript:
    """Every completion of the person, the oldest first, and the hours of each year. Two queries."""
    completions = list(
        Completion.objects.filter(person=person).select_related("course", "certificate").order_by("completed_at", "pk")
    )
    minutes: dict[int, int] = {}
    for completion in completions:
        year = timezone.localtime(completion.completed_at).year
        minutes[year] = minutes.get(year, 0) + completion.duration_minutes
    posting, now = primary_posting(person), timezone.localtime()
    return Transcript(
        full_name=person.full_name,
        staff_number=person.staff_number or "",
        position=posting.position_title if posting else "",
        unit=posting.unit.name if posting else "",
        lines=tuple(_line(completion) for completion in completions),
        years=tuple((str(year), _number(Decimal(total) / 60)) for year, total in sorted(minutes.items())),
        as_of=f"Số liệu lúc {now:%H:%M}, {now:%d/%m/%Y}",
        demo_mark=DEMO_MARK if settings.DEMO_CONTENT else "",
    )


def pdf_of(person: Person) -> bytes:
    return render(transcript_of(person), settings.ASSETS_DIR / "shared" / "fonts" / "pdf", timezone.now())


def _line(completion: Completion) -> TranscriptLine:
    certificate = getattr(completion, "certificate", None)
    result = ""
    if completion.score is not None:
        result = f"{_number(completion.score)}/{_number(completion.max_points)}"
    return TranscriptLine(
        course=completion.course.title,
        completed_on=short_date(timezone.localdate(completion.completed_at)),
        minutes=completion.duration_minutes,
        result=result,
        certificate=f"Số {certificate.register_number}" if certificate else "",
    )


def _number(value: Decimal) -> str:
    """As figures are written in Vietnamese: 1,5."""
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")
