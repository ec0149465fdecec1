"""Search in lists of the admin without regard to marks and case, as everywhere on the site."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser

from shared.text.fold import fold


def search_folded(rows: QuerySet, typed: str, fields: tuple[str, ...] = ()) -> QuerySet:
    """The rows that contain every typed word: in their stored `search_key`, else in `fields` (short lists only)."""
    words = fold(typed).split()
    if not fields:
        for word in words:
            rows = rows.filter(search_key__contains=word)
        return rows
    texts = rows.order_by().values_list("pk", *fields)
    found = [pk for pk, *texts in texts if all(word in fold(" ".join(texts)) for word in words)]
    return rows.filter(pk__in=found)


class FoldedSearch:
    """For an index view: what is typed in its search box is looked for with `search_folded`."""

    folded_fields: tuple[str, ...] = ()
    is_searchable = True

    def search_queryset(self, queryset):
        return search_folded(queryset, self.search_query, self.folded_fields) if self.is_searching else queryset


class _SearchForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Search term"), widget=forms.TextInput(attrs={"placeholder": _("Search")}), required=False
    )

    def filter(self, objects):
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return objects


class _FoldedChoice:
    folded_fields: tuple[str, ...] = ()
    filter_form_class = _SearchForm

    def filter_object_list(self, objects):
        objects = super().filter_object_list(objects)
        if self.filter_form.is_searching:
            return search_folded(objects, self.filter_form.search_query, self.folded_fields)
        return objects

    def can_create(self):
        return False


class FoldedChooseView(_FoldedChoice, chooser.ChooseView):
    """The dialog in which a row is chosen, with a search without marks."""


class FoldedChooseResultsView(_FoldedChoice, chooser.ChooseResultsView):
    """The rows of that dialog, as they are found while typing."""
