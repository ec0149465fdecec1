"""Fields that several screens share: banks in their tree, tags by vocabulary."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import Bank, Tag


class BankField(forms.ModelChoiceField):
    """A bank out of those given, set in by its depth in the tree."""

    def label_from_instance(self, bank: Bank) -> str:
        return f"{'– ' * bank.depth}{bank.title}"


class TagsField(forms.ModelMultipleChoiceField):
    """Ticks for all tags, by vocabulary."""

    def __init__(self, **options):
        super().__init__(
            Tag.objects.none(), widget=forms.CheckboxSelectMultiple, required=False, **{"label": _("Tags"), **options}
        )


def fill_tags(field: TagsField) -> None:
    """Gives the field all tags, grouped by vocabulary; one query."""
    field.queryset = Tag.objects.select_related("vocabulary")
    groups: dict[str, list] = {}
    for tag in field.queryset:
        groups.setdefault(str(tag.vocabulary), []).append((tag.pk, str(tag)))
    field.choices = list(groups.items())


def in_tree_order(banks):
    """Banks as the tree goes: each below the one it lies in."""
    return banks.order_by("path")
