"""Vietnamese on a share card: every letter in every font, marks where they belong, the same for both ways of typing."""

import unicodedata
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageDraw

from media import share_card

NAMES = ("Nguyễn Thị Ẩn", "Giàng A Páo", "Đặng Thị Ngữ Ỹ", "Lường Thị Dịu", "Hoàng Ợ Ừ Ẵ")
TITLE_FONT = "Newsreader-SemiBold"
FONTS = (TITLE_FONT, "BeVietnamPro-SemiBold", "BeVietnamPro-Regular")


@pytest.mark.parametrize("font", FONTS)
def test_no_name_needs_a_letter_the_font_lacks(font):
    known = TTFont(share_card._font(font, 40).path).getBestCmap()
    letters = {letter for name in NAMES for letter in name if not letter.isspace()}
    assert {letter for letter in letters if ord(letter) not in known} == set()
    assert ord("ᮐ") not in known  # a letter that would be drawn as a box is noticed


@pytest.mark.parametrize("name", NAMES)
def test_a_decomposed_name_is_drawn_as_the_composed_one(name):
    apart = unicodedata.normalize("NFD", name)
    assert apart != name or name.isascii()
    card = share_card.draw(title=name, label="Gương điển hình · Minh họa")
    assert card == share_card.draw(title=apart, label=unicodedata.normalize("NFD", "Gương điển hình · Minh họa"))
    picture = Image.open(BytesIO(card))
    assert picture.size == (1200, 630)
    assert len(card) < share_card.LARGEST_FILE


@pytest.mark.parametrize(("marked", "plain"), [("Ẩ", "A"), ("Ễ", "E"), ("Ữ", "Ư"), ("Ợ", "Ơ"), ("ỹ", "y"), ("á", "a")])
@pytest.mark.parametrize("font", FONTS)
def test_marks_stand_above_or_below_their_own_letter(font, marked, plain):
    """What differs between two drawings is the mark; it must not reach over the letters beside it."""
    with_mark, without = _drawn(font, f"H{marked}"), _drawn(font, f"H{plain}")
    left, _, right, _ = ImageChops.difference(with_mark, without).getbbox()
    pen = share_card._font(font, 120)
    before, after = pen.getlength("H"), pen.getlength(f"H{plain}")
    assert pen.getlength(marked) == pytest.approx(pen.getlength(plain), abs=2)
    assert before - 30 <= left - 20
    assert right - 20 <= after + 30


def test_without_composing_the_marks_would_be_drawn_elsewhere():
    """The control: the basic layout knows nothing of marks that are letters of their own."""
    apart = unicodedata.normalize("NFD", "HẨH")
    assert ImageChops.difference(_drawn(TITLE_FONT, apart), _drawn(TITLE_FONT, "HẨH")).getbbox()


def _drawn(font: str, text: str) -> Image.Image:
    picture = Image.new("L", (600, 260))
    ImageDraw.Draw(picture).text((20, 50), text, font=share_card._font(font, 120), fill=255)
    return picture
