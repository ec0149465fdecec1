"""The dialog in which an author picks an activity for a page."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.chooser import ChooserViewSet

from h5p.models import Content
from h5p.player.types import type_of
from shared.desk.searching import FoldedChooseResultsView, FoldedChooseView


class _ChooseActivity:
    """Titles with type and state, so that nobody picks one that cannot be played without noticing."""

    def get_object_list(self):
        return Content.objects.select_related("main_library").defer("params", "filtered", "main_library__semantics")

    @property
    def columns(self):
        return [
            *super().columns,
            Column("type", label=_("Type"), accessor=type_of),
            Column("state", label=_("State"), accessor=state_of),
            DateColumn("updated_at", label=_("Changed")),
        ]


class ChooseActivityView(_ChooseActivity, FoldedChooseView):
    pass


class ChooseActivityResultsView(_ChooseActivity, FoldedChooseResultsView):
    pass


class ActivityChooserViewSet(ChooserViewSet):
    model = Content
    name = "h5p_activity_chooser"
    icon = "form"
    choose_one_text = _("Choose an H5P activity")
    choose_another_text = _("Choose another H5P activity")
    edit_item_text = _("Open this activity")
    choose_view_class = ChooseActivityView
    choose_results_view_class = ChooseActivityResultsView


def state_of(content: Content) -> str:
    """In the list: playable, or the names of the libraries it waits for."""
    if content.is_ready:
        return _("can be played")
    return _("waits for {names}").format(names=", ".join(content.missing_libraries) or content.main_library_name)


activity_chooser = ActivityChooserViewSet()
ActivityChooserBlock = activity_chooser.get_block_class(name="ActivityChooserBlock", module_path="h5p.choosers")
