import secrets

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.models import AbstractImage, AbstractRendition, WagtailImageField, get_upload_to
from wagtail.search import index

from media.blurring import as_file, blurred, upright
from media.storage import private_storage
from shared.text.fields import NormalisedTextField


def new_public_token() -> str:
    """The unguessable part of the public addresses of a photograph's renditions."""
    return secrets.token_hex(8)


class Photograph(AbstractImage):
    """A press photograph or drawing with its credit and the people it shows.

    The original stays in the private storage; readers only ever get renditions, whose addresses carry
    `public_token`. A new token after a withdrawal makes sure that an old address never works again.

    pii: the likeness of the people depicted; renditions go at once when their consent goes, the original when
    an editor deletes it.
    """

    file = WagtailImageField(
        _("file"),
        upload_to=get_upload_to,
        storage=private_storage,
        width_field="width",
        height_field="height",
    )
    alt_text = NormalisedTextField(
        _("alternative text"),
        max_length=250,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    caption = NormalisedTextField(_("caption"), max_length=300, blank=True)
    credit = NormalisedTextField(
        _("credit"),
        max_length=150,
        help_text=_("Who took or drew it, as it must be printed beside the picture."),
    )
    is_drawing = models.BooleanField(
        _("drawing"),
        default=False,
        help_text=_("The caption says that it is an illustration, not a photograph."),
    )
    photographer = NormalisedTextField(_("photographer"), max_length=120, blank=True)
    rights = NormalisedTextField(
        _("rights of use"),
        max_length=250,
        blank=True,
        help_text=_("Who holds the rights, and what has been agreed: for example “own photograph”."),
    )
    rights_until = models.DateField(
        _("may be used until"),
        null=True,
        blank=True,
        help_text=_("The last day. Afterwards no story with this picture is shown. Empty: without end."),
    )
    blur_regions = models.JSONField(
        _("parts made unrecognisable"),
        default=list,
        blank=True,
        help_text=_("Rectangles as parts of the width and height; readers only ever get the blurred picture."),
    )
    place = NormalisedTextField(_("place"), max_length=150, blank=True)
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    depicted = models.ManyToManyField(
        "media.Exemplar",
        through="media.Depiction",
        blank=True,
        related_name="photographs",
        verbose_name=_("people shown"),
        help_text=_("Everybody who can be recognised. No story with this picture is published without their consent."),
    )
    public_token = models.CharField(max_length=16, default=new_public_token, editable=False, db_index=True)

    admin_form_fields = (
        "title",
        "file",
        "alt_text",
        "caption",
        "photographer",
        "credit",
        "is_drawing",
        "place",
        "taken_on",
        "rights",
        "rights_until",
        "depicted",
        "blur_regions",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("caption"),
        index.SearchField("credit"),
        index.SearchField("place"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        return self.alt_text

    def generate_rendition_file(self, filter, *, source=None):
        """As Wagtail's, but from the blurred picture wherever something in it is made unrecognisable."""
        if self.blur_regions:
            # Wagtail makes several sizes at once and hands each thread a copy of the file; ours is nobody else's.
            shown = self._as_shown(source) if source else self.shown_picture()
            source = ContentFile(as_file(shown).getvalue())
        return super().generate_rendition_file(filter, source=source)

    def shown_picture(self) -> Image.Image:
        """The picture as readers may see it: upright, blurred where it has to be, without the camera's data."""
        with self.open_file() as file:
            return self._as_shown(file)

    def _as_shown(self, file) -> Image.Image:
        with Image.open(file) as original:
            return blurred(original, self.blur_regions) if self.blur_regions else upright(original)


class Rendition(AbstractRendition):
    """A public, scaled copy of a photograph, without the camera's data.

    pii: as the photograph; deleted at once when a consent is withdrawn.
    """

    image = models.ForeignKey(Photograph, models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_per_filter"
            )
        ]

    def get_upload_to(self, filename):
        name = self.file.field.storage.get_valid_name(filename)
        return f"images/{self.image.public_token}/{name}"

    @staticmethod
    def construct_cache_key(image, filter_cache_key, filter_spec):
        """With the token in the key no other process can hand out a rendition that has been deleted."""
        key = AbstractRendition.construct_cache_key(image, filter_cache_key, filter_spec)
        return f"{key}-{image.public_token}"


class Depiction(models.Model):
    """An exemplar can be recognised in a photograph.

    pii: who is in a picture; kept as long as the picture, which it protects.
    """

    photograph = models.ForeignKey(Photograph, models.CASCADE, related_name="depictions")
    exemplar = models.ForeignKey("media.Exemplar", models.PROTECT, related_name="depictions")
    blurred = models.BooleanField(
        _("made unrecognisable"), default=False, help_text=_("Their face lies in a blurred part of the picture.")
    )

    class Meta:
        verbose_name = _("person shown in a photograph")
        verbose_name_plural = _("people shown in photographs")
        constraints = [models.UniqueConstraint(fields=["photograph", "exemplar"], name="depiction_once")]

    def __str__(self):
        return f"{self.exemplar} · {self.photograph}"
