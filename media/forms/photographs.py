"""The form of a photograph: the file is checked before it is kept, people and blurred parts go together."""

from pathlib import Path

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.images.utils import get_allowed_image_extensions

from media import picture_checks, rules
from shared.errors import DomainError

MOST_REGIONS = 12


class RegionsField(forms.CharField):
    """Rectangles, one a line: left, top, width and height in percent. On the desk they are drawn on the picture."""

    def prepare_value(self, value):
        if not isinstance(value, list):
            return value
        return "\n".join(" ".join(f"{part * 100:.1f}" for part in region) for region in value)

    def clean(self, value):
        regions = [self._region(line) for line in super().clean(value).splitlines() if line.strip()]
        if len(regions) > MOST_REGIONS:
            raise forms.ValidationError(_("At most %(count)s parts.") % {"count": MOST_REGIONS})
        return regions

    def _region(self, line: str) -> list[float]:
        try:
            left, top, width, height = (float(part.replace(",", ".")) / 100 for part in line.split())
        except ValueError:
            left = top = width = height = -1.0
        if not (0 <= left < 1 and 0 <= top < 1 and 0 < width <= 1 and 0 < height <= 1):
            raise forms.ValidationError(
                _("“%(line)s”: give four numbers in percent: left, top, width, height.") % {"line": line[:40]}
            )
        return [round(left, 4), round(top, 4), round(min(width, 1 - left), 4), round(min(height, 1 - top), 4)]

    def has_changed(self, initial, data):
        return self.prepare_value(initial or []).split() != (data or "").split()


class PictureFileField(WagtailImageField):
    """Our checks come before Wagtail's, which unpack the picture and stumble over one that is cut off."""

    def to_python(self, data):
        if data not in self.empty_values and data.size <= self.max_upload_size:
            data.seek(0)
            try:
                picture_checks.check(data.name, data.read())
            except DomainError as refusal:
                raise forms.ValidationError(refusal.message) from refusal
            data.seek(0)
        return super().to_python(data)


class PhotographForm(BaseImageForm):
    """Wagtail's form for pictures with our checks; also behind the upload of many at once."""

    blur_regions = RegionsField(
        label=_("Parts made unrecognisable"),
        required=False,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "data-blur-regions": "",
                "data-clear-label": _("Remove all boxes"),
                "spellcheck": "false",
            }
        ),
        help_text=_(
            "Draw a box over each face with the mouse, or type one line a box: left, top, width, height in percent. "
            "Readers only ever get the blurred picture."
        ),
    )
    blurred_people = forms.ModelMultipleChoiceField(
        label=_("Of these, made unrecognisable"),
        queryset=None,
        required=False,
        help_text=_("Whose face lies in a blurred part; their consent is not needed."),
    )

    class Media:
        js = ["media/blur.js", "media/upload.js"]
        css = {"all": ["media/upload.css"]}

    def __init__(self, *args, **kwargs):
        user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if user is not None and not rules.can_keep_consents(user):
            self.fields.pop("depicted", None)  # who is or may become an exemplar is the press office's to know
        if "file" in self.fields:
            plain = self.fields["file"]
            self.fields["file"] = PictureFileField(label=plain.label, required=plain.required, widget=plain.widget)
        else:
            self._prepare_for_many()
        if "depicted" not in self.fields or "blur_regions" not in self.fields:
            for name in ("blurred_people", "blur_regions"):
                self.fields.pop(name, None)
            return
        self.fields["blurred_people"].queryset = self.fields["depicted"].queryset
        if self.instance.pk:
            blurred = self.instance.depictions.filter(blurred=True)
            self.fields["blurred_people"].initial = list(blurred.values_list("exemplar", flat=True))

    def _prepare_for_many(self):
        """One of many just uploaded: a title without “.jpg”, a button for what they share, boxes only later."""
        del self.fields["blur_regions"]  # there is no picture here large enough to draw on
        title = Path(self.initial.get("title") or "")
        if title.suffix.lstrip(".").lower() in get_allowed_image_extensions():
            self.initial["title"] = title.stem
        if "rights_until" in self.fields:
            self.fields["rights_until"].widget.attrs["data-copy-down"] = _("Use for the pictures below as well")
        if "depicted" in self.fields:
            help_text = self.fields["depicted"].help_text
            later = _("Faces are made unrecognisable on the photograph's own page, once it is saved.")
            self.fields["depicted"].help_text = format_lazy("{} {}", help_text, later)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        if self.instance.pk and self.instance.used_in_stories.filter(story__live=True).exists():
            raise forms.ValidationError(
                _(
                    "A published story shows this picture. Upload the new one as a picture of its own and choose it in "
                    "the story, so that the change goes the story's way."
                )
            )
        return file

    def clean(self):
        data = super().clean()
        blurred, depicted = data.get("blurred_people") or [], data.get("depicted") or []
        if set(blurred) - set(depicted):
            self.add_error("blurred_people", _("Choose only people who are shown in the picture."))
        if blurred and not data.get("blur_regions"):
            self.add_error("blur_regions", _("Draw a box over the face of everybody to be made unrecognisable."))
        return data

    def save(self, commit=True):
        if "blur_regions" in self.cleaned_data:
            self.instance.blur_regions = self.cleaned_data["blur_regions"]
        photograph = super().save(commit)
        if commit and "blurred_people" in self.cleaned_data:
            blurred = self.cleaned_data["blurred_people"]
            photograph.depictions.update(blurred=False)
            photograph.depictions.filter(exemplar__in=blurred).update(blurred=True)
        return photograph
