"""Files handed in as evidence: what is taken, and how they are sent back."""

from pathlib import PurePath

from django import forms
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _

LARGEST = 10 * 1024 * 1024
# What a file of a kind begins with: its name alone proves nothing.
_BEGINNINGS = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
_MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


class EvidenceField(forms.FileField):
    """A scanned paper: PDF, JPG or PNG, at most 10 MB."""

    widget = forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("PDF, JPG or PNG, at most 10 MB."))
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file:
            return None
        beginning = _BEGINNINGS.get(extension_of(file.name))
        if beginning is None or not file.read(len(beginning)).startswith(beginning):
            raise forms.ValidationError(_("This is no PDF, JPG or PNG file. Save it as one of them."))
        file.seek(0)
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is larger than 10 MB. Scan it in a lower resolution."))
        return file


def extension_of(name: str) -> str:
    return PurePath(name).suffix.lower().lstrip(".")


def as_download(stored, name: str) -> FileResponse:
    """The stored file under the name it came with; never shown inside the site, never kept by a browser."""
    if not stored:
        raise Http404
    try:
        opened = stored.open("rb")
    except FileNotFoundError as missing:
        raise Http404(_("The file is missing.")) from missing
    media_type = _MEDIA_TYPES.get(extension_of(name), "application/octet-stream")
    response = FileResponse(opened, as_attachment=True, filename=name, content_type=media_type)
    response.headers["Cache-Control"] = "private, no-store"
    return response
