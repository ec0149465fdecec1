"""The drawing of a share card: 1200 × 630, the picture, the title, the brand's red and gold edge."""

from io import BytesIO

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont, ImageOps

from shared.text.fold import to_nfc

SIZE = (1200, 630)
PICTURE = (560, 616)
EDGE_RED, EDGE_GOLD = 10, 4
CREDIT_STRIP = 36
MARGIN = 56
LARGEST_FILE = 300 * 1024  # Zalo and Facebook show no preview for much more
TITLE_SIZES = range(66, 27, -2)
LINE_HEIGHT = 1.24  # stacked Vietnamese marks need room
PAPER, INK, INK_SOFT = "#FAF7F1", "#211C16", "#574E43"
RED, GOLD, INDIGO = "#A3201B", "#F0BC42", "#1D3B66"


def label_of(story) -> str:
    """The small line above the title. A fictional story says so wherever it is shared."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Exemplary story · Illustration") if story.is_fictional else _("Exemplary story")


def draw(*, title: str, label: str, photograph=None) -> bytes:
    """The card as JPEG. Without a photograph its place shows the rings of a bronze drum."""
    card = Image.new("RGB", SIZE, PAPER)
    top = EDGE_RED + EDGE_GOLD
    right_half = _fitted(photograph) if photograph else _drum()
    card.paste(right_half, (SIZE[0] - PICTURE[0], top))
    pen = ImageDraw.Draw(card)
    if photograph:
        _write_credit(pen, to_nfc(photograph.credit))
    pen.rectangle((0, 0, SIZE[0], EDGE_RED - 1), fill=RED)
    pen.rectangle((0, EDGE_RED, SIZE[0], top - 1), fill=GOLD)
    pen.text((MARGIN, top + 44), to_nfc(label), font=_font("BeVietnamPro-SemiBold", 26), fill=RED)
    pen.text((MARGIN, SIZE[1] - 76), settings.SITE_NAME, font=_font("BeVietnamPro-Regular", 26), fill=INK_SOFT)
    _write_title(pen, to_nfc(title), box=(MARGIN, top + 104, SIZE[0] - PICTURE[0] - MARGIN, SIZE[1] - 100))
    return _as_jpeg(card)


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    path = settings.ASSETS_DIR / "shared" / "fonts" / "pdf" / f"{name}.ttf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def _fitted(photograph) -> Image.Image:
    """The photograph filling its place, cropped around the focal point the editor set."""
    upright = photograph.shown_picture()
    focus = photograph.get_focal_point()
    centering = (focus.centroid.x / photograph.width, focus.centroid.y / photograph.height) if focus else (0.5, 0.4)
    return ImageOps.fit(upright, PICTURE, Image.Resampling.LANCZOS, centering=centering)


def _write_credit(pen: ImageDraw.ImageDraw, credit: str) -> None:
    """On a strip below the picture's edge; a long credit is written smaller, never cut."""
    left, top = SIZE[0] - PICTURE[0], SIZE[1] - CREDIT_STRIP
    pen.rectangle((left, top, SIZE[0], SIZE[1]), fill=PAPER)
    room = PICTURE[0] - 32
    sizes = range(20, 9, -1)
    size = next((size for size in sizes if _font("BeVietnamPro-Regular", size).getlength(credit) <= room), 10)
    pen.text((left + 16, top + 6), credit, font=_font("BeVietnamPro-Regular", size), fill=INK_SOFT)


def _drum() -> Image.Image:
    ground = Image.new("RGB", PICTURE, INDIGO)
    pen = ImageDraw.Draw(ground)
    x, y = PICTURE[0] // 2, PICTURE[1] // 2
    for radius in (60, 110, 170, 190, 260, 280):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=GOLD, width=3)
    return ground


def _write_title(pen: ImageDraw.ImageDraw, title: str, box) -> None:
    """In the largest size at which the whole title fits the box; it is never cut."""
    left, top, right, bottom = box
    for size in TITLE_SIZES:
        font = _font("Newsreader-SemiBold", size)
        lines = _wrap(title, font, right - left)
        if len(lines) * size * LINE_HEIGHT <= bottom - top:
            break
    for number, line in enumerate(lines):
        pen.text((left, top + number * size * LINE_HEIGHT), line, font=font, fill=INK)


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        *full, rest = _split_long_word(word, font, width)
        lines[-1:] = [*full, rest]
    return lines


def _split_long_word(word: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and font.getlength(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _as_jpeg(card: Image.Image) -> bytes:
    for quality in (88, 80, 70, 60):
        file = BytesIO()
        card.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
        if file.tell() < LARGEST_FILE:
            break
    return file.getvalue()
