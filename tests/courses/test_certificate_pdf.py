"""The certificate PDF: every letter of every name, one page whatever the texts, nothing read as markup."""

import io
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from unicodedata import normalize

import fontpkg_be_vietnam_pro
import fontpkg_newsreader
import pypdf
import pypdfium2
import pytest
import segno
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from courses.certificate_pdf import CertificateRenderingError, CertificateText, render

URL = "https://hoc.lamgiang.example/xac-minh/7KQ4-M9TX-2HRP"
PLAIN = CertificateText(
    issuer_parent="UBND TỈNH LAM GIANG",
    issuer="SỞ NỘI VỤ",
    title="Giấy xác nhận hoàn thành khóa học",
    full_name="Nguyễn Thị Ánh Tuyết",
    unit="Văn phòng UBND phường An Hòa",
    course="“4 xin, 4 luôn” trong giao tiếp với người dân",
    duration="145 phút",
    period="từ ngày 20/11/2026 đến ngày 22/11/2026",
    result="24/26 điểm",
    place_and_date="Lam Giang, ngày 22 tháng 11 năm 2026",
    signatory_position="GIÁM ĐỐC",
    signatory_name="Hoàng Minh Đức",
    register_number="Số vào sổ: 12/2026",
    code="7KQ4-M9TX-2HRP",
    verify_url=URL,
    footnote="Giấy này xác nhận kết quả học tập trực tuyến, không thay thế chứng chỉ bồi dưỡng theo quy định.",
    demo_mark="Dữ liệu minh họa – không có giá trị",
    issued_at=datetime(2026, 11, 22, 2, 51, 7, 500, tzinfo=UTC),
)
LONG = replace(
    PLAIN,
    issuer_parent="ỦY BAN NHÂN DÂN TỈNH LAM GIANG",
    issuer="TRUNG TÂM BỒI DƯỠNG CHÍNH TRỊ VÀ NGHIỆP VỤ CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC",
    full_name="Công Tằng Tôn Nữ Nguyễn Thị Hoàng Quỳnh Phương Uyển Nhi Thụy",
    unit="Phòng Tổ chức, biên chế và cải cách hành chính, Văn phòng Hội đồng nhân dân và Ủy ban nhân dân "
    "đặc khu Côn Đảo",
    course="Bồi dưỡng kỹ năng giao tiếp, ứng xử văn hóa của cán bộ, công chức, viên chức trong tiếp nhận và "
    "giải quyết thủ tục hành chính tại Trung tâm Phục vụ hành chính công cấp xã, năm 2026",
    signatory_position="KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
)
TALL = replace(
    LONG,
    full_name="ẪỂ ỖỘ ỪỮ " * 6 + "ẪỂ ỖỘ",
    unit="ĐƠN VỊ SỰ NGHIỆP Ở PHƯỜNG ẪỂ ỖỘ " * 7,
    course="QUY TẮC ỨNG XỬ ẪỂ ỖỘ ỪỮ NƠI CÔNG SỞ " * 5,
    title="Giấy xác nhận hoàn thành khóa học bồi dưỡng kỹ năng " * 3,
)
UNBREAKABLE = replace(
    PLAIN,
    issuer_parent="Ễ" * 250,
    issuer="M" * 250,
    title="Giấy " * 40,
    full_name="W" * 60,
    unit="Ộ" * 250,
    course="Ẫ" * 180,
    duration="phút " * 30,
    period="từ ngày " * 40,
    result="Z" * 100,
    place_and_date="Lam " * 40,
    signatory_position="GIÁM ĐỐC " * 20,
    signatory_name="Đ" * 80,
    register_number="Số" * 80,
    code="M" * 80,
    verify_url="https://" + "a" * 200,
    footnote="dài " * 200,
    demo_mark="minh họa " * 60,
)


@pytest.fixture(scope="session")
def fonts(tmp_path_factory) -> Path:
    """The three faces as static fonts, made from the installed font packages."""
    folder = tmp_path_factory.mktemp("certificate-fonts")
    for style in ("Regular", "SemiBold"):
        source = Path(fontpkg_be_vietnam_pro.__file__).parent / "files" / f"BeVietnamPro-{style}.ttf"
        shutil.copy(source, folder)
    newsreader = TTFont(Path(fontpkg_newsreader.__file__).parent / "files" / "Newsreader[opsz,wght].ttf")
    instancer.instantiateVariableFont(newsreader, {"opsz": 36, "wght": 600}).save(folder / "Newsreader-SemiBold.ttf")
    return folder


def extract(pdf: bytes) -> str:
    """All the words of the PDF with single spaces, in NFC."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    return normalize("NFC", " ".join(text.split()))


def letter_boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """The ink of every visible character: left, bottom, right, top in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        page = document[0].get_textpage()
        visible = [k for k in range(page.count_chars()) if page.get_text_range(k, 1).strip()]
        return [page.get_charbox(k) for k in visible]


def overlap(one, other) -> float:
    """The common area as a share of the smaller box."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0
    return width * height / min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))


def draw(pdf: bytes, scale: float):
    """The page as a grey picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].render(scale=scale, grayscale=True).to_pil()


def test_every_text_can_be_extracted_with_its_marks(fonts):
    text = extract(render(PLAIN, fonts))
    printed = {name: value for name, value in vars(PLAIN).items() if name != "issued_at"}
    assert {name: value for name, value in printed.items() if value not in text} == {}
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "(chữ ký, con dấu)" in text


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Hoàng Ẩn",
        "Phạm Ngọc Ỷ Quỵ",
        "Đặng Thị Ưỡn Ợ Ộ Ệ Ậ Ặ",
        "H’Wing Niê Kdăm",
        "K'Brể",
        "Y Djŭ Ŏ Ĕ",
        "Ksor H\u02bcFjan Zơwar",
    ],
)
def test_names_of_every_people(fonts, name):
    assert name in extract(render(replace(PLAIN, full_name=name), fonts))


def test_letters_missing_as_a_whole_are_composed_in_the_sans_face(fonts):
    """Be Vietnam Pro has no ŭ, nor U+02BC; units and signatories of the Central Highlands need both."""
    pdf = render(replace(PLAIN, unit="UBND xã Krông Bŭk", signatory_name="Y H\u02bcLeo Mlŏ"), fonts)
    text = extract(pdf)
    assert "UBND xã Krông Bŭk" in text
    assert "Y H’Leo Mlŏ" in text


def test_decomposed_text_gives_the_same_pdf(fonts):
    decomposed = {k: normalize("NFD", v) for k, v in vars(PLAIN).items() if isinstance(v, str)}
    assert render(replace(PLAIN, **decomposed), fonts) == render(PLAIN, fonts)


def test_empty_texts_leave_no_label_behind(fonts):
    bare = replace(PLAIN, issuer_parent="", unit="", result="", signatory_name="", demo_mark="", footnote="")
    text = extract(render(bare, fonts))
    assert "Kết quả" not in text
    assert "Thời lượng: 145 phút · Thời gian: từ ngày 20/11/2026 đến ngày 22/11/2026" in text
    assert "minh họa" not in text


@pytest.mark.parametrize(
    "text",
    [
        '#import "drum.typ": *',
        "*đậm* _nghiêng_ `mã` $x^2$ <nhãn> @khóa",
        '#panic(1) #sys.inputs #read("rendering.py")',
        "= Tiêu đề // chú thích /* hết */ \\ \\u{41}",
        "</text></svg> ' \" & {} []",
        "-- --- ... ~ 1/2",
    ],
)
def test_markup_stays_text(fonts, text):
    pdf = render(replace(PLAIN, full_name=text, unit=text, issuer=text, code=text), fonts)
    assert extract(pdf).count(text) >= 4


@pytest.mark.parametrize("text", [PLAIN, LONG, TALL, UNBREAKABLE], ids=["plain", "long", "tall", "unbreakable"])
def test_nothing_overlaps_or_leaves_the_frame(fonts, text):
    pdf = render(text, fonts)
    boxes = letter_boxes(pdf)
    millimetre = 72 / 25.4
    left, bottom = 12 * millimetre, 12 * millimetre
    right, top = (297 - 12) * millimetre, (210 - 12) * millimetre
    assert [box for box in boxes if box[0] < left or box[1] < bottom or box[2] > right or box[3] > top] == []
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair) > 0.3] == []


def test_long_texts_are_whole(fonts):
    text = extract(render(LONG, fonts))
    for value in (LONG.full_name, LONG.unit, LONG.course, LONG.issuer, "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC"):
        assert value in text


def test_qr_code_holds_the_address(fonts):
    """The modules on the drawn page are those of the address, and four modules around them are free."""
    picture = draw(render(PLAIN, fonts), scale=6)
    width, height = picture.size
    dark = picture.point(lambda grey: 255 * (grey < 90))
    # The code is the leftmost dark thing of the lower third inside the border, and its left edge is whole.
    inset = round(width * 24 / 297)
    corner = dark.crop((inset, height * 2 // 3, width // 2, round(height * 183 / 210)))
    x, _, _, _ = corner.getbbox()
    _, y, _, end = corner.crop((x, 0, x + 4, corner.height)).getbbox()
    expected = [[bool(module) for module in row] for row in segno.make(URL, error="m", micro=False).matrix]
    count = len(expected)
    module = (end - y) / count

    def is_dark(column: int, row: int) -> bool:
        return corner.getpixel((int(x + (column + 0.5) * module), int(y + (row + 0.5) * module))) > 0

    assert [[is_dark(column, row) for column in range(count)] for row in range(count)] == expected
    ring = [k for k in range(-4, count + 4) if k < 0 or k >= count]
    around = [(a, b) for a in ring for b in range(-4, count + 4)]
    assert not any(is_dark(a, b) or is_dark(b, a) for a, b in around)


def test_address_is_a_link_only_if_it_is_of_the_web(fonts):
    def targets(pdf):
        page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
        return [note.get_object()["/A"]["/URI"] for note in page.get("/Annots", [])]

    assert targets(render(PLAIN, fonts)) == [URL]
    assert targets(render(replace(PLAIN, verify_url="javascript:alert(1)"), fonts)) == []


def test_same_input_gives_the_same_bytes_in_every_thread(fonts):
    texts = [replace(PLAIN, full_name=f"Trần Hồng Vân {k % 5}") for k in range(20)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: render(text, fonts), texts))
    assert together == [render(text, fonts) for text in texts]
    assert len(set(together)) == 5


def test_metadata_and_conformance(fonts):
    pdf = render(PLAIN, fonts)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert reader.metadata.title == "Giấy xác nhận hoàn thành khóa học – Nguyễn Thị Ánh Tuyết"
    assert reader.metadata.author == "SỞ NỘI VỤ"
    assert reader.metadata.creation_date == PLAIN.issued_at.replace(microsecond=0)
    assert root["/Lang"].startswith("vi")
    assert root["/MarkInfo"]["/Marked"]
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    page = reader.pages[0]
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [297, 210]
    names = {font.get_object()["/BaseFont"].split("+")[1] for font in page["/Resources"]["/Font"].values()}
    assert len(names) == 3
    assert all(name.startswith(("BeVietnamPro", "Newsreader")) for name in names)


@pytest.mark.parametrize("name", ["BeVietnamPro-Regular.ttf", "BeVietnamPro-SemiBold.ttf", "Newsreader-SemiBold.ttf"])
def test_missing_font_is_named_and_found_once_it_is_there(fonts, tmp_path, name):
    for file in fonts.iterdir():
        if file.name != name:
            shutil.copy(file, tmp_path)
    with pytest.raises(CertificateRenderingError, match=name):
        render(PLAIN, tmp_path)
    shutil.copy(fonts / name, tmp_path)
    assert render(PLAIN, tmp_path) == render(PLAIN, fonts)


def test_broken_font_is_named(fonts, tmp_path):
    shutil.copytree(fonts, tmp_path, dirs_exist_ok=True)
    (tmp_path / "Newsreader-SemiBold.ttf").write_bytes(b"not a font")
    with pytest.raises(CertificateRenderingError, match=r"Newsreader-SemiBold\.ttf"):
        render(PLAIN, tmp_path)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("full_name", "Y Ƀhiên", r"Newsreader-SemiBold\.ttf has no character 'Ƀ' \(U\+0243\) for full_name"),
        ("unit", "Phòng 漢", r"BeVietnamPro-Regular\.ttf has no character '漢' \(U\+6F22\) for unit"),
        ("signatory_name", "Đức 😀", r"BeVietnamPro-SemiBold\.ttf has no character '😀' \(U\+1F600\)"),
    ],
)
def test_missing_character_is_named(fonts, field, value, message):
    with pytest.raises(CertificateRenderingError, match=message):
        render(replace(PLAIN, **{field: value}), fonts)


def test_address_too_long_for_a_qr_code(fonts):
    with pytest.raises(CertificateRenderingError, match="QR"):
        render(replace(PLAIN, verify_url="https://" + "a" * 5000), fonts)


def test_time_of_issue_needs_a_time_zone(fonts):
    with pytest.raises(CertificateRenderingError, match="time zone"):
        render(replace(PLAIN, issued_at=datetime(2026, 11, 22)), fonts)
