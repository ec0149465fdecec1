"""What a story may consist of. Each block has a template of its own name in templates/media/blocks/."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

RICH_TEXT = ["bold", "italic", "ul", "ol", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        label = _("Heading")
        icon = "title"
        template = "media/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "media/blocks/text.html"


class PullQuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), rows=2)
    attribution = blocks.CharBlock(label=_("Who says it"), required=False)

    class Meta:
        label = _("Pull quote")
        icon = "openquote"
        template = "media/blocks/pull_quote.html"


class PhotographBlock(blocks.StructBlock):
    photograph = ImageChooserBlock(label=_("Photograph"))
    caption = blocks.CharBlock(
        label=_("Caption"),
        required=False,
        help_text=_("Instead of the caption the photograph has of its own."),
    )

    class Meta:
        label = _("Photograph")
        icon = "image"
        template = "media/blocks/photograph.html"


class FigureBlock(blocks.StructBlock):
    number = blocks.CharBlock(label=_("Number"), max_length=20)
    label = blocks.CharBlock(label=_("What it counts"), max_length=80)


class FiguresBlock(blocks.StructBlock):
    figures = blocks.ListBlock(FigureBlock(), label=_("Figures"), min_num=2, max_num=3)

    class Meta:
        label = _("Row of figures")
        icon = "table"
        template = "media/blocks/figures.html"


class GalleryBlock(blocks.StructBlock):
    pictures = blocks.ListBlock(PhotographBlock(), label=_("Pictures"), min_num=2, max_num=12)

    class Meta:
        label = _("Gallery")
        icon = "image"
        template = "media/blocks/gallery.html"


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    video = DocumentChooserBlock(label=_("Video file (MP4)"))
    captions = DocumentChooserBlock(label=_("Captions (WebVTT)"))
    poster = ImageChooserBlock(label=_("Still picture"), required=False)
    duration = blocks.CharBlock(label=_("Duration"), required=False, help_text=_("For example 4:12"))
    transcript = blocks.RichTextBlock(label=_("Transcript"), features=RICH_TEXT)

    class Meta:
        label = _("Video with captions and transcript")
        icon = "media"
        template = "media/blocks/video.html"


class LegalBasisBlock(blocks.StructBlock):
    document = blocks.CharBlock(label=_("Document: number, date, issuer, title"), max_length=300)
    link = blocks.URLBlock(label=_("Where it can be read"), required=False)

    class Meta:
        label = _("Legal basis")
        icon = "doc-full"
        template = "media/blocks/legal_basis.html"


class MaterialBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    note = blocks.CharBlock(label=_("What it is for"), required=False)

    class Meta:
        label = _("Material to download")
        icon = "download"
        template = "media/blocks/material.html"


class CampaignBody(blocks.StreamBlock):
    """No photographs here: a campaign shows people only through its stories, which carry their consent."""

    heading = HeadingBlock()
    text = TextBlock(features=RICH_TEXT)
    pull_quote = PullQuoteBlock()
    material = MaterialBlock()

    class Meta:
        required = False


class StoryBody(blocks.StreamBlock):
    """What a story may consist of, in the order of the editor's menu."""

    text = TextBlock(features=RICH_TEXT)
    heading = HeadingBlock()
    pull_quote = PullQuoteBlock()
    photograph = PhotographBlock()
    figures = FiguresBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    legal_basis = LegalBasisBlock()


def photographs_in(raw_body) -> set[int]:
    """The ids of all photographs in a story's body as it is stored: single ones, galleries, stills of videos."""
    found: set = set()
    for block in raw_body:
        value = block["value"]
        if block["type"] == "photograph":
            found.add(value["photograph"])
        elif block["type"] == "gallery":
            found |= {_picture_of(item) for item in value["pictures"]}
        elif block["type"] == "video":
            found.add(value.get("poster"))
    return found - {None}


def _picture_of(item):
    """Of a list's item, which Wagtail stores with an id of its own beside the value."""
    return item.get("value", item).get("photograph")
