"""The dialog in which an author picks the directive a lesson rests on."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.chooser import ChooserViewSet

from courses.models.directive import Directive
from shared.desk.columns import DayColumn
from shared.desk.searching import FoldedChooseResultsView, FoldedChooseView


class _ChooseDirective:
    """Numbers with title and validity, so that nobody picks one that is over without noticing."""

    @property
    def columns(self):
        return [*super().columns, Column("title", label=_("Title")), DayColumn("valid_to", label=_("Valid to"))]


class ChooseDirectiveView(_ChooseDirective, FoldedChooseView):
    pass


class ChooseDirectiveResultsView(_ChooseDirective, FoldedChooseResultsView):
    pass


class DirectiveChooserViewSet(ChooserViewSet):
    model = Directive
    name = "directive_chooser"
    icon = "doc-full"
    choose_one_text = _("Choose a directive")
    choose_another_text = _("Choose another directive")
    edit_item_text = _("Open this directive")
    choose_view_class = ChooseDirectiveView
    choose_results_view_class = ChooseDirectiveResultsView


directive_chooser = DirectiveChooserViewSet()
DirectiveChooserBlock = directive_chooser.get_block_class(name="DirectiveChooserBlock", module_path="courses.choosers")
