"""What is done with a whole question: copied, moved to another bank, retired and brought back."""

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView
from wagtail.admin import messages

from quizzes import queries
from quizzes.desk.fields import BankField, in_tree_order
from quizzes.desk.questions.question import OfOneQuestion
from quizzes.domain import questions
from quizzes.models import Bank
from shared.errors import DomainError


class _WhereForm(forms.Form):
    bank = BankField(Bank.objects.none(), label=gettext_lazy("Question bank"), empty_label=None)

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bank"].queryset = in_tree_order(queries.edited_banks_for(viewer))


class _ToABank(OfOneQuestion, FormView):
    """Asks for a bank the viewer edits."""

    needs_edit = True
    template_name = "quizzes/desk/to_bank.html"
    form_class = _WhereForm
    explanation = ""
    button = ""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"viewer": self.request.user}

    def get_initial(self):
        return {"bank": self.question.bank_id}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "question": self.question,
            "explanation": self.explanation,
            "button": self.button,
        }


class DuplicateView(_ToABank):
    page_title = gettext_lazy("Duplicate")
    button = gettext_lazy("Duplicate")
    explanation = gettext_lazy("The copy is a question of its own and can be changed without touching this one.")

    def form_valid(self, form):
        copy = questions.duplicate(self.question, form.cleaned_data["bank"], actor=self.request.user)
        messages.success(self.request, _("Copied as %(code)s. Change it now.") % {"code": copy.code})
        return redirect("exam_edit_question", copy.pk)


class MoveView(_ToABank):
    page_title = gettext_lazy("Move")
    button = gettext_lazy("Move")
    explanation = gettext_lazy(
        "The question goes with its history. Quizzes that ask it keep it; draws follow the banks."
    )

    def form_valid(self, form):
        moved = questions.move(self.question, form.cleaned_data["bank"], actor=self.request.user)
        messages.success(self.request, _("Moved to “%(bank)s”.") % {"bank": form.cleaned_data["bank"]})
        return redirect("exam_question", moved.pk)


class RetireView(OfOneQuestion, View):
    """Retires with `retire=1`, else brings back; by post alone."""

    needs_edit = True
    http_method_names = ["post"]

    def post(self, request, pk):
        try:
            if request.POST.get("retire"):
                questions.retire(self.question, actor=request.user)
                messages.success(request, _("Retired: the question is drawn no more. Attempts that have it keep it."))
            else:
                questions.restore(self.question, actor=request.user)
                messages.success(request, _("The question can be drawn again."))
        except DomainError as refusal:
            messages.error(request, refusal.message)
        return redirect("exam_question", pk)
