"""What must not be deleted or moved: pages that training records are pinned to."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from courses import queries
from courses.models import CoursePage, EditionLesson, LessonPage
from shared.desk.deletion import WayOut, explain_refusal
from shared.domain.dependents import dependents_of


def refuse_deletion(request, pages, back: str):
    """The explanation, if records depend on the pages or those below them, or the site itself does; else None."""
    doomed = _with_descendants(pages)
    dependents = dependents_of(doomed)
    frame = [page for page in pages if page.specific_class.max_count]
    if not dependents and not frame:
        return None
    reasons = [_("The site is built around “%(title)s”.") % {"title": page.title} for page in frame]
    reasons += _reasons(doomed) if dependents else []
    ways_out = _archive(request.user, [page for page in pages if page not in frame])
    return explain_refusal(request, pages, dependents, reasons=reasons, ways_out=ways_out, back=back)


def refuse_move(request, page, destination):
    """A lesson that editions are made of stays in its course."""
    if page.specific_class is not LessonPage or page.get_parent().pk == destination.pk:
        return None
    if not EditionLesson.objects.filter(lesson=page.pk, edition__enrolments__isnull=False).exists():
        return None
    dependents = dependents_of(Page.objects.filter(pk=page.pk))
    reason = _("The lesson is part of its course as people take it, so it cannot be moved to another course.")
    ways_out = [WayOut(_("Copy it instead"), reverse("wagtailadmin_pages:copy", args=[page.pk]))]
    back = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    return explain_refusal(
        request, [page], dependents, title=_("Cannot be moved"), reasons=[reason], ways_out=ways_out, back=back
    )


def _with_descendants(pages):
    doomed = Page.objects.none()
    for page in pages:
        doomed |= Page.objects.descendant_of(page, inclusive=True)
    return doomed


def _reasons(doomed) -> list[str]:
    reasons = []
    people = queries.people_who_took(doomed)
    if people:
        reasons.append(
            ngettext(
                "%(count)s person has taken it: what was learnt must stay readable as it was.",
                "%(count)s people have taken it: what was learnt must stay readable as it was.",
                people,
            )
            % {"count": people}
        )
    titles = list(CoursePage.objects.filter(pk__in=doomed.values("pk"), editions__isnull=False).distinct())
    if titles:
        reasons.append(_("Published courses: %(titles)s.") % {"titles": ", ".join(page.title for page in titles)})
    reasons.append(_("Unpublish it instead: readers do not see it any more, all records stay, and it can come back."))
    return reasons


def _archive(user, pages) -> list[WayOut]:
    """The button “Unpublish (archive)” of each page that is published and that the user may unpublish."""
    published = [page for page in pages if page.live and page.permissions_for_user(user).can_unpublish()]
    label = _("Unpublish (archive)")
    return [
        WayOut(
            label if len(pages) == 1 else f"{label}: {page.title}",
            reverse("wagtailadmin_pages:unpublish", args=[page.pk]),
        )
        for page in published
    ]
