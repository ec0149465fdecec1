"""What a story may consist of. Each block has a template of its own name in templates/media/blocks/."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
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


class CampaignBody(blocks.StreamBlock):
    """No photographs here: a campaign shows people only through its stories, which carry their consent."""

    heading = HeadingBlock()
    text = TextBlock(features=RICH_TEXT)
    pull_quote = PullQuoteBlock()

    class Meta:
        required = False


class StoryBody(blocks.StreamBlock):
    """What a story may consist of, in the order of the editor's menu."""

    text = TextBlock(features=RICH_TEXT)
    heading = HeadingBlock()
    pull_quote = PullQuoteBlock()
    photograph = PhotographBlock()
    figures = FiguresBlock()
