"""The whole log: searched by who, about whom or what, action and days; taken away as XLSX or CSV."""

from collections.abc import Iterator
from itertools import islice

import django_filters
from django.forms import DateInput
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from people.desk.log.particulars import NO_VALUES, particulars, subject_of
from people.desk.log.vocabulary import names_in
from people.desk.log.wording import ACTIONS, action_in_words, in_words
from people.domain import audit
from people.domain.audit import reading
from people.models import AuditEntry
from shared.tables import Column as FileColumn
from shared.tables import Table, csv_file, to_csv, to_xlsx, xlsx_file

_CHUNK = 500


class LogFilters(WagtailFilterSet):
    """Names are found without marks and case, as everywhere."""

    actor = django_filters.CharFilter(label=_("Who (name or staff number)"), method="nothing")
    subject = django_filters.CharFilter(label=_("About whom or which unit"), method="nothing")
    action = django_filters.ChoiceFilter(label=_("What"), choices=list(ACTIONS.items()), method="nothing")
    since = django_filters.DateFilter(label=_("From day"), method="nothing", widget=DateInput(attrs={"type": "date"}))
    until = django_filters.DateFilter(label=_("To day"), method="nothing", widget=DateInput(attrs={"type": "date"}))

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    def nothing(self, queryset, name, value):
        """All filters are applied together by `reading.entries`."""
        return queryset

    def filter_queryset(self, queryset):
        return reading.entries(self.asked)

    @property
    def asked(self) -> reading.Search:
        values = {name: value for name, value in self.form.cleaned_data.items() if value}
        return reading.Search(**values)


class WholeLogView(ReportView):
    """For administrators. What is exported is entered in the log as well."""

    model = AuditEntry
    page_title = header_title = _("Log of changes")
    header_icon = "history"
    index_url_name = "people_log"
    index_results_url_name = "people_log_results"
    filterset_class = LogFilters
    default_ordering = None
    paginate_by = 50
    export_filename = "nhat-ky"
    any_permission_required = ["change"]
    list_export = ["at"]  # lets the buttons appear; the files are made from `FILE_COLUMNS`
    columns = [
        Column("at", label=_("When"), accessor=lambda entry: _moment(entry)),
        Column("actor", label=_("Who"), accessor=lambda entry: _actor(entry)),
        Column("address", label=pgettext_lazy("network address", "From"), accessor="address"),
        Column("action", label=_("What"), accessor=in_words),
        Column("subject", label=_("About"), accessor="subject_in_words"),
        Column("details", label=_("Particulars"), accessor="in_particular"),
    ]
    _show_breadcrumbs = True
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")},
        {"url": "", "label": _("Log of changes")},
    ]

    def get_base_queryset(self):
        return reading.entries(reading.Search())

    def get_queryset(self):
        return self.get_base_queryset()

    def decorate_paginated_queryset(self, object_list):
        return list(_with_particulars(object_list))

    def render_to_response(self, context, **response_kwargs):
        if not self.is_export:
            return super().render_to_response(context, **response_kwargs)
        return self._file(self.request.GET["export"])

    def _file(self, kind: str) -> HttpResponse:
        asked = self.filters.asked if self.filters.is_valid() else reading.Search()
        found = reading.entries(asked)
        audit.record(
            self.request.user,
            "exported.log",
            self.request.user,
            about=None,
            kind=kind,
            action=asked.action,
            since=asked.since,
            until=asked.until,
            by_name=bool(asked.actor or asked.subject),
        )
        table = Table(str(_("Log of changes")), FILE_COLUMNS, _with_particulars(found.iterator(chunk_size=_CHUNK)))
        name = f"nhat-ky-{timezone.localtime():%Y-%m-%d-%H%M}.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        if kind == "xlsx":
            return HttpResponse(to_xlsx(table), content_type=xlsx_file.MEDIA_TYPE, headers=headers)
        pieces = csv_file.in_language(to_csv(table))
        return StreamingHttpResponse(pieces, content_type=csv_file.MEDIA_TYPE, headers=headers)


def _with_particulars(found) -> Iterator[AuditEntry]:
    """The entries with `in_particular`: what was in them, decrypted where it still can be, and
    `subject_in_words`; one query a table and chunk."""
    entries = iter(found)
    while chunk := list(islice(entries, _CHUNK)):
        values, names = reading.personal_values(chunk), names_in(chunk)
        for entry in chunk:
            entry.in_particular = particulars(entry, values.get(entry.pk, NO_VALUES), names)
            entry.subject_in_words = subject_of(entry, names)
            yield entry


def _moment(entry: AuditEntry) -> str:
    return f"{timezone.localtime(entry.at):%d/%m/%Y %H:%M:%S}"


def _actor(entry: AuditEntry) -> str:
    return entry.actor.full_name if entry.actor else str(_("The system"))


FILE_COLUMNS = (
    FileColumn("number", _("Number"), lambda entry: entry.pk, align="right", width=9),
    FileColumn("at", _("When"), _moment, width=20),
    FileColumn("actor", _("Who"), _actor, width=26),
    FileColumn("address", pgettext_lazy("network address", "From"), lambda entry: entry.address, width=18),
    FileColumn("action", _("What"), lambda entry: action_in_words(entry.action), width=30),
    FileColumn("subject", _("About"), lambda entry: entry.subject_in_words, width=30),
    FileColumn("details", _("Particulars"), lambda entry: entry.in_particular, width=60),
    FileColumn("code", _("Code"), lambda entry: entry.action, width=22),
)
