"""The directory of people of one's units, and the same as files."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import translation

from people import rules
from people.directory import page
from people.directory.listing import Listing
from people.views.guards import for_readers
from shared.tables import csv_file, to_csv, to_xlsx, xlsx_file


@for_readers
def persons(request):
    """Search, filters, and 50 people a page by given name."""
    listing = Listing(request.user, request.GET)
    people = page.page_of(listing, request.GET.get("trang"))
    table = page.table_of(listing, people.object_list)
    context = {
        "listing": listing,
        "filters": listing.filters,
        "people": people,
        "people_in_words": page.count_in_words(people.paginator.count),
        "table": table,
        "lines": list(table.lines()),
        "as_of": page.as_of(listing),
        "narrowing": page.narrowing(listing),
        "ignored": page.ignored(listing),
        "address": listing.filters.address(),
        "workbook_label": page.workbook_label(people.paginator.count),
        "may_add": rules.can_keep_people(request.user),
        "nav_section": "reports",
    }
    return render(request, "people/hr/persons.html", context | page.choices(listing) | page.page_links(listing, people))


@for_readers
def export_xlsx(request):
    """The list with all its pages, as the screen shows it under the same filters."""
    listing = Listing(request.user, request.GET)
    content = to_xlsx(page.table_of(listing, listing.found.iterator(chunk_size=2000)))
    return HttpResponse(
        content, content_type=xlsx_file.MEDIA_TYPE, headers={"Content-Disposition": _attachment(listing, "xlsx")}
    )


@for_readers
def export_csv(request):
    """The list with all its pages for other programs."""
    listing = Listing(request.user, request.GET)
    pieces = to_csv(page.table_of(listing, listing.found.iterator(chunk_size=2000)))
    return StreamingHttpResponse(
        _in_language(translation.get_language(), pieces),
        content_type=csv_file.MEDIA_TYPE,
        headers={"Content-Disposition": _attachment(listing, "csv")},
    )


def _attachment(listing: Listing, extension: str) -> str:
    return f'attachment; filename="nhan-su-{listing.now:%Y-%m-%d-%H%M}.{extension}"'


def _in_language(language: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, each made in the reader's language: streaming begins when the middleware has ended."""
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
