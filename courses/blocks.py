"""The teaching blocks of a lesson. Each has a template of its own name in templates/courses/blocks/."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from courses.choosers import DirectiveChooserBlock
from h5p.blocks import H5PActivityBlock

RICH_TEXT = ["bold", "italic", "ul", "ol", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        label = _("Heading")
        icon = "title"
        template = "courses/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "courses/blocks/text.html"


class KeyPointBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Key point"), rows=2)
    sources = blocks.CharBlock(
        label=_("Sources"), required=False, help_text=_("Names of the documents, as a reader knows them.")
    )


class KeyPointsBlock(blocks.StructBlock):
    points = blocks.ListBlock(KeyPointBlock(), label=_("Key points"))

    class Meta:
        label = _("Key points with sources")
        icon = "list-ul"
        template = "courses/blocks/key_points.html"


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), rows=2)
    attribution = blocks.CharBlock(label=_("Who says it"), required=False)

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        template = "courses/blocks/quotation.html"


class CalloutBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(
        label=_("Tone"),
        choices=[("remember", _("Remember")), ("caution", _("Caution")), ("practice", _("Practice"))],
        default="remember",
    )
    title = blocks.CharBlock(label=_("Title"), required=False)
    text = blocks.TextBlock(label=_("Text"), rows=3)

    class Meta:
        label = _("Call-out")
        icon = "info-circle"
        template = "courses/blocks/callout.html"


class CourtesyBlock(blocks.StructBlock):
    word = blocks.CharBlock(label=_("Courtesy"))
    example = blocks.TextBlock(label=_("Example"), rows=2)


class FourCourtesiesBlock(blocks.StructBlock):
    please = blocks.ListBlock(CourtesyBlock(), label=_("Four “xin”"), min_num=4, max_num=4)
    always = blocks.ListBlock(CourtesyBlock(), label=_("Four “luôn”"), min_num=4, max_num=4)

    class Meta:
        label = _("“4 xin, 4 luôn”")
        icon = "group"
        template = "courses/blocks/four_courtesies.html"


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Photograph"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        label = _("Photograph")
        icon = "image"
        template = "courses/blocks/image.html"


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
        template = "courses/blocks/video.html"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    note = blocks.CharBlock(label=_("What it is for"), required=False)

    class Meta:
        label = _("Download")
        icon = "download"
        template = "courses/blocks/download.html"


class LegalBasisBlock(blocks.StructBlock):
    directive = DirectiveChooserBlock(
        label=_("Directive"),
        required=False,
        help_text=_("With it the lesson says whether the document is in force, and can be found when it is not."),
    )
    document = blocks.TextBlock(label=_("Document: number, date, issuer, title"), rows=2)
    note = blocks.CharBlock(label=_("Note"), required=False)

    class Meta:
        label = _("Legal basis")
        icon = "doc-full"
        template = "courses/blocks/legal_basis.html"


class ScenarioBlock(blocks.StructBlock):
    situation = blocks.TextBlock(label=_("Situation"), rows=3)
    question = blocks.CharBlock(label=_("Question"), required=False)
    suggestion = blocks.TextBlock(label=_("One good way to respond"), rows=3)

    class Meta:
        label = _("Scenario")
        icon = "help"
        template = "courses/blocks/scenario.html"


class LessonBody(blocks.StreamBlock):
    """What a lesson may consist of, in the order of the editor's menu."""

    heading = HeadingBlock()
    text = TextBlock(features=RICH_TEXT)
    key_points = KeyPointsBlock()
    callout = CalloutBlock()
    quotation = QuotationBlock()
    four_courtesies = FourCourtesiesBlock()
    scenario = ScenarioBlock()
    activity = H5PActivityBlock()
    image = ImageBlock()
    video = VideoBlock()
    download = DownloadBlock()
    legal_basis = LegalBasisBlock()

    class Meta:
        required = False
