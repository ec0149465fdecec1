"""Which published lesson rests on which directive."""

from courses.models import Directive, LessonCitation, LessonPage

BLOCK = "legal_basis"


def follow(lesson: LessonPage) -> None:
    """Brings the citations of a lesson in step with what is published of it; none once it is not."""
    wanted = _cited(lesson) if lesson.live else set()
    present = dict(LessonCitation.objects.filter(lesson=lesson).values_list("directive", "pk"))
    LessonCitation.objects.filter(pk__in=[pk for cited, pk in present.items() if cited not in wanted]).delete()
    LessonCitation.objects.bulk_create(
        (LessonCitation(lesson=lesson, directive_id=cited) for cited in wanted if cited not in present),
        ignore_conflicts=True,
    )


def _cited(lesson: LessonPage) -> set[int]:
    found = {
        block.value["directive"].pk
        for block in lesson.body
        if block.block_type == BLOCK and block.value.get("directive")
    }
    return set(Directive.objects.filter(pk__in=found).values_list("pk", flat=True))
