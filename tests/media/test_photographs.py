"""What readers get of a photograph, and the drawing of share cards."""

from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image

from media import share_card
from tests.media.conftest import picture_bytes

GPS = 0x8825


def photograph_from_a_camera() -> bytes:
    """Taken with the camera on its side, with the place written into the file."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(GPS)[1] = "N"
    return picture_bytes(size=(900, 600), exif=exif)


@pytest.mark.django_db
@pytest.mark.parametrize("spec", ["width-480", "width-480|format-webp", "original"])
def test_renditions_carry_no_camera_data_and_stand_upright(spec, make_photograph):
    photograph = make_photograph(content=photograph_from_a_camera())

    rendition = photograph.get_rendition(spec)

    with rendition.file.open("rb") as file:
        content = file.read()
    assert b"Secret Camera" not in content
    with Image.open(BytesIO(content)) as image:
        assert not image.getexif()
        assert image.height > image.width


@pytest.mark.django_db
def test_addresses_of_renditions_cannot_be_guessed(make_photograph):
    first, second = make_photograph(), make_photograph()

    for photograph in (first, second):
        assert photograph.public_token in photograph.get_rendition("width-480").url
    assert first.public_token != second.public_token


TITLES = {
    "short": "Chiếc ghế",
    "usual": "Tối thứ Năm, nhà văn hóa sáng đèn",
    "marks": "Ẩn ý của những ngưỡng cửa: chuyện ông Ộ, bà Ễ và quyển sổ ghi chép nghĩa tình",
    "decomposed": "Nguye\u0302\u0303n Thi\u0323 A\u0302\u0309n",
    "long": "Một câu chuyện rất dài về những việc rất nhỏ " * 5,
    "one word": "Khôngcókhoảngtrắngnào" * 6,
}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_a_card_has_the_size_social_networks_show(title):
    content = share_card.draw(title=title, label="Gương điển hình")

    assert len(content) < share_card.LARGEST_FILE
    with Image.open(BytesIO(content)) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 630))


def test_both_encodings_of_a_title_give_the_same_card():
    """Pillow misplaces decomposed marks, so titles are composed before they are drawn."""
    composed = share_card.draw(title="Nguyễn Thị Ẩn", label="")

    assert share_card.draw(title=TITLES["decomposed"], label="") == composed


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_no_word_of_a_title_is_lost_or_cut(title, monkeypatch):
    written = []
    original = share_card.ImageDraw.ImageDraw.text

    def note(pen, position, text, **options):
        written.append((position, text, options["font"]))
        return original(pen, position, text, **options)

    monkeypatch.setattr(share_card.ImageDraw.ImageDraw, "text", note)
    share_card.draw(title=title, label="nhãn")

    lines = written[2:]  # after the label and the site's name
    drawn = "".join(text for _position, text, _font in lines).replace(" ", "")
    assert drawn == share_card.to_nfc(title).replace(" ", "")
    for (left, top), text, font in lines:
        assert left + font.getlength(text) < share_card.SIZE[0] - share_card.PICTURE[0]
        assert top + font.size * 1.3 < share_card.SIZE[1] - 60


def test_a_noisy_photograph_still_makes_a_small_card(db, make_photograph):
    noise = Image.effect_noise((1400, 1000), 120).convert("RGB")
    file = BytesIO()
    noise.save(file, "JPEG", quality=95)

    content = share_card.draw(title="Nhiễu", label="", photograph=make_photograph(content=file.getvalue()))

    assert len(content) < 300 * 1024


def test_the_fonts_of_the_card_know_every_vietnamese_letter():
    from fontTools.ttLib import TTFont

    from shared.fonts.build import VIETNAMESE

    for name in ("Newsreader-SemiBold", "BeVietnamPro-SemiBold", "BeVietnamPro-Regular"):
        with TTFont(settings.ASSETS_DIR / "shared" / "fonts" / "pdf" / f"{name}.ttf") as font:
            assert set(map(ord, VIETNAMESE)) <= set(font.getBestCmap())
