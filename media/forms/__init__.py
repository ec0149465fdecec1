"""What may be typed in the press office: one module a subject."""

from .consents import ConsentAnswerForm, ConsentForm, ConsentRequestForm
from .exemptions import PictureExemptionForm

__all__ = ["ConsentAnswerForm", "ConsentForm", "ConsentRequestForm", "PictureExemptionForm"]
