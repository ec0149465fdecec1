"""Two versions of a question side by side."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from quizzes.desk.body import Body
from quizzes.desk.questions.question import OfOneQuestion
from quizzes.kinds.registry import kind_of
from quizzes.models import QuestionVersion


class CompareView(OfOneQuestion, TemplateView):
    """A version beside the one before it, field by field; only for those who may see the key."""

    needs_key = True
    template_name = "quizzes/desk/compare.html"

    def get_page_title(self):
        return _("Version %(number)s") % {"number": self.kwargs["number"]}

    def get_context_data(self, **kwargs):
        later = get_object_or_404(self.question.versions, number=self.kwargs["number"])
        earlier = self.question.versions.filter(number__lt=later.number).order_by("-number").first()
        return super().get_context_data(**kwargs) | {
            "question": self.question,
            "later": later,
            "earlier": earlier,
            "rows": differences(earlier, later),
        }


def differences(earlier: QuestionVersion | None, later: QuestionVersion) -> list[tuple[str, str, str, bool]]:
    """(field, before, after, whether it changed) in the words and order of the editing screen."""
    before, after = (_fields(earlier) if earlier else []), _fields(later)
    labels = list(dict.fromkeys([label for label, _text in after] + [label for label, _text in before]))
    old, new = dict(before), dict(after)
    return [
        (label, old.get(label, ""), new.get(label, ""), old.get(label, "") != new.get(label, "")) for label in labels
    ]


def _fields(version: QuestionVersion) -> list[tuple[str, str]]:
    kind = kind_of(version.kind)
    body = Body(kind, kind.to_source(version))
    fields = [(_("Points"), str(version.points.normalize()))]
    for part in body.parts:
        controls = [(part.label if part.shape == "picks" else "", control) for control in part.controls]
        controls += [(row.title, control) for row in part.rows for control in row.controls]
        for above, shown in controls:
            label = " · ".join(filter(None, [above, shown.label]))
            text = _text_of(shown)
            if text:
                fields.append((label, text))
    return fields


def _text_of(shown) -> str:
    control = shown.control
    if control.shape in ("tick", "pick"):
        return _("yes") if control.checked else ""
    return dict(shown.choices).get(control.value, control.value)
