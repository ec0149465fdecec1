"""The tree of banks: seen by those who may use them, kept by authors of the owner unit."""

from django import forms
from django.db import transaction
from django.db.models import Count, ProtectedError, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from people.enums import Role
from people.models import Unit
from people.queries import roles_of, units_for
from quizzes import queries, rules
from quizzes.desk.fields import BankField, in_tree_order
from quizzes.domain import banks
from quizzes.enums import BankRight
from quizzes.models import Bank, BankShare
from shared.desk.pages import DeskPage, RightNeeded
from shared.errors import DomainError

_SPARE_SHARES = 2


class BanksView(DeskPage, TemplateView):
    """All banks the viewer may use, as a tree with the number of questions in each."""

    right = rules.can_author
    template_name = "quizzes/desk/banks.html"
    page_title = gettext_lazy("Question banks")
    header_icon = "folder-open-inverse"

    def get_context_data(self, **kwargs):
        viewer = self.request.user
        shown = in_tree_order(queries.banks_for(viewer)).select_related("owner_unit")
        in_use = Count("questions", filter=Q(questions__retired_at__isnull=True))
        return super().get_context_data(**kwargs) | {
            "banks": shown.annotate(question_count=in_use),
            "kept": set(queries.kept_banks_for(viewer).values_list("pk", flat=True)),
            "edited": set(queries.edited_banks_for(viewer).values_list("pk", flat=True)),
        }

    @property
    def header_buttons(self):
        return [HeaderButton(_("Create a bank"), url=reverse("exam_new_bank"), icon_name="plus")]


class BankForm(forms.ModelForm):
    """A bank; its shares stand below as rows."""

    parent = BankField(
        Bank.objects.none(), label=gettext_lazy("Lies in"), required=False, empty_label=gettext_lazy("no other bank")
    )

    class Meta:
        model = Bank
        fields = ["title", "code", "parent", "owner_unit"]

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        kept = in_tree_order(queries.kept_banks_for(viewer))
        self.fields["parent"].queryset = kept.exclude(path__startswith=self.instance.path) if self.instance.pk else kept
        self.fields["owner_unit"].queryset = own_units(viewer)
        self.fields["owner_unit"].required = not _sees_all(viewer)


class ShareForm(forms.ModelForm):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"), required=False)

    class Meta:
        model = BankShare
        fields = ["unit", "right"]

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


def own_units(viewer):
    """The units whose banks and quizzes the viewer may set up."""
    return Unit.objects.all() if _sees_all(viewer) else units_for(viewer, (Role.COURSE_AUTHOR,)).order_by("name")


def _sees_all(viewer) -> bool:
    return viewer.is_superuser or Role.ADMINISTRATOR in roles_of(viewer)


class _BankEditor(DeskPage, FormView):
    right = rules.can_author
    template_name = "quizzes/desk/bank.html"
    form_class = BankForm
    header_icon = "folder-open-inverse"
    bank: Bank | None = None

    def get_trail(self):
        return [(reverse("exam_banks"), _("Question banks"))]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"viewer": self.request.user, "instance": self.bank}

    def share_forms(self) -> list[ShareForm]:
        """One row for each share, and some empty ones."""
        stored = list(self.bank.shares.all()) if self.bank else []
        # A bank may be shared with any unit: the names of units are public, its authors are not told here.
        units = Unit.objects.order_by("name")
        rows = [*stored, *[None] * _SPARE_SHARES]
        data = self.request.POST if self.request.method == "POST" else None
        return [
            ShareForm(data, prefix=f"share-{index}", units=units, instance=share, use_required_attribute=False)
            for index, share in enumerate(rows)
        ]

    def post(self, request, *args, **kwargs):
        form, shares = self.get_form(), self.share_forms()
        if not form.is_valid() or not all(one.is_valid() for one in shares):
            return self.render_to_response(self.get_context_data(form=form, shares=shares))
        wanted = [(one.cleaned_data["unit"], one.cleaned_data["right"]) for one in shares if one.cleaned_data["unit"]]
        try:
            with transaction.atomic():
                bank = banks.save_bank(form.save(commit=False), actor=request.user)
                banks.share(bank, wanted, actor=request.user)
        except DomainError as refusal:
            form.add_error("parent", refusal.message)
            return self.render_to_response(self.get_context_data(form=form, shares=shares))
        messages.success(request, _("Saved: %(title)s") % {"title": bank.title})
        return redirect("exam_banks")

    def get_context_data(self, **kwargs):
        kwargs.setdefault("shares", self.share_forms())
        return super().get_context_data(**kwargs) | {"bank": self.bank, "rights": BankRight.choices}


class NewBankView(_BankEditor):
    page_title = gettext_lazy("Create a bank")

    def get_initial(self):
        units = list(own_units(self.request.user)[:2])
        return {"parent": self.request.GET.get("parent"), "owner_unit": units[0] if len(units) == 1 else None}


class EditBankView(_BankEditor):
    def dispatch(self, request, *args, **kwargs):
        self.bank = get_object_or_404(queries.kept_banks_for(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return self.bank.title


class DeleteBankView(RightNeeded, View):
    """An empty bank nothing draws from; by post alone."""

    right = rules.can_author
    http_method_names = ["post"]

    def post(self, request, pk):
        bank = queries.kept_banks_for(request.user).filter(pk=pk).first()
        if bank is None:
            raise Http404
        try:
            with transaction.atomic():
                banks.delete_bank(bank, actor=request.user)
        except ProtectedError:
            messages.error(
                request, _("The bank holds questions or other banks, or a quiz draws from it. Move them first.")
            )
            return redirect("exam_bank", pk)
        messages.success(request, _("Deleted: %(title)s") % {"title": bank.title})
        return redirect("exam_banks")
