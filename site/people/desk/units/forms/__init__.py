"""The forms of what can happen to a unit. Each knows how to try its change and how to carry it out."""

from .creating import NewUnitForm
from .details import AliasesForm, HeadForm
from .ending import CloseForm, MergeForm
from .placing import MoveForm, RenameForm
from .splitting import SplitForm

__all__ = ["AliasesForm", "CloseForm", "HeadForm", "MergeForm", "MoveForm", "NewUnitForm", "RenameForm", "SplitForm"]
