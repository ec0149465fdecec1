"""Files of pictures: what is refused and why, what is blurred, what the server hands out."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from media import picture_checks
from media.models import Depiction, Photograph, Rendition
from shared.errors import DomainError
from tests.media.conftest import picture_bytes


def png(size=(60, 40), **options) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "white").save(file, "PNG", **options)
    return file.getvalue()


def moving() -> bytes:
    file = BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])
    return file.getvalue()


def flood() -> bytes:
    """A few kilobytes that unpack to a hundred million pixels."""
    file = BytesIO()
    Image.new("1", (10_000, 10_000)).save(file, "PNG")
    return file.getvalue()


JPEG = picture_bytes(size=(300, 200))
REFUSED = {
    "pixel flood": ("a.png", flood, "triệu điểm ảnh"),
    "cut off": ("a.jpg", lambda: JPEG[: len(JPEG) // 2], "thiếu phần cuối"),
    "page": ("a.jpg", lambda: JPEG + b"<script>alert(1)</script>", "thứ khác"),
    "archive": ("a.jpg", lambda: JPEG + b"PK\x03\x04rest" + b"PK\x05\x06" + bytes(18), "thứ khác"),
    "document": ("a.jpg", lambda: b"%PDF-1.7\n" + JPEG, "thứ khác"),
    "other format": ("a.jpg", png, "đúng định dạng"),
    "moving": ("a.webp", moving, "ảnh động"),
    "no picture": ("a.jpg", lambda: b"hello" * 100, "Không đọc được"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_file_is_refused_with_the_reason(case):
    name, content, reason = REFUSED[case]
    with pytest.raises(DomainError) as refusal:
        picture_checks.check(name, content())
    assert reason in str(refusal.value)


def test_too_large_a_file_is_refused(settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1024
    with pytest.raises(DomainError):
        picture_checks.check("a.jpg", JPEG)


@pytest.mark.parametrize(("name", "content"), [("a.jpg", JPEG), ("a.png", png()), ("a.JPEG", JPEG)])
def test_control_plain_pictures_pass(name, content):
    picture_checks.check(name, content)


def checkers() -> bytes:
    """Fine detail everywhere, so that blurring shows."""
    picture = Image.new("L", (400, 300))
    picture.putdata([255 * ((x + y) % 2) for y in range(300) for x in range(400)])
    file = BytesIO()
    picture.convert("RGB").save(file, "JPEG", quality=95)
    return file.getvalue()


def contrast(content: bytes, box) -> int:
    with Image.open(BytesIO(content)) as image:
        low, high = image.convert("L").crop(box).getextrema()
    return high - low


@pytest.mark.django_db
@pytest.mark.parametrize("spec", ["width-400|format-jpeg", "width-400|format-webp", "original"])
def test_only_the_blurred_picture_is_ever_served(spec, make_photograph):
    photograph = make_photograph(content=checkers(), blur_regions=[[0.25, 0.25, 0.5, 0.5]])

    content = photograph.get_rendition(spec).file.open("rb").read()

    assert contrast(content, (120, 90, 280, 210)) < 40
    assert contrast(content, (0, 0, 60, 60)) > 100
    shown = BytesIO()
    photograph.shown_picture().save(shown, "PNG")
    assert contrast(shown.getvalue(), (120, 90, 280, 210)) < 40


@pytest.mark.django_db
def test_blurring_later_takes_the_clear_copies_away(make_photograph, client, commit):
    photograph = make_photograph(content=checkers())
    clear = photograph.get_rendition("width-400|format-jpeg").file.name
    assert client.get(f"/tep/{clear}").status_code == 200
    with commit():
        photograph.blur_regions = [[0, 0, 1, 1]]
        photograph.save()
    assert client.get(f"/tep/{clear}").status_code == 410
    made = Rendition.objects.filter(image=photograph)
    assert made.exists()  # made again in the background
    assert clear not in {rendition.file.name for rendition in made}


@pytest.mark.django_db
def test_uploads_make_all_three_formats_in_the_background(make_photograph, commit, settings):
    settings.PRESS_PICTURE_FORMATS = ("avif", "webp", "jpeg")
    with commit():
        photograph = make_photograph(content=picture_bytes((1600, 1000)))
    kinds = {rendition.filter_spec for rendition in photograph.renditions.all()}
    assert {f"format-{name}|width-{width}" for name in ("avif", "webp", "jpeg") for width in (400, 800, 1200)} <= kinds
    first = photograph.renditions.get(filter_spec="format-avif|width-400")
    assert first.file.size < 80 * 1024


@pytest.mark.django_db
def test_people_without_consent_are_served_to_the_desk_only(make_photograph, make_exemplar, signed_in, consent_to):
    bystander = make_exemplar("Cụ Minh Họa", kind="citizen")
    name = make_photograph(depicted=[bystander]).get_rendition("width-400|format-jpeg").file.name
    assert signed_in("lan").get(f"/tep/{name}").status_code == 404
    assert signed_in("thao").get(f"/tep/{name}").status_code == 200
    consent_to(bystander)
    assert signed_in("lan").get(f"/tep/{name}").status_code == 200


@pytest.mark.django_db
def test_nothing_else_lies_open(client):
    for path in ("images/x/y.jpg", "share-cards/x.jpg", "press-kits/x.zip", "original_images/a.jpg", "../x", ""):
        assert client.get(f"/tep/{path}").status_code in {400, 404}


def upload_form(**extra) -> dict:
    return {
        "title": "Ngày hội",
        "alt_text": "Người dân cười",
        "credit": "Ảnh: Tổ báo chí",
        "collection": 1,
        "tags": "",
        "blur_regions": "",
    } | extra


@pytest.mark.django_db
def test_the_form_checks_files_and_keeps_people_and_blurred_parts_together(signed_in, site, make_exemplar):
    from wagtail.models import Collection

    press, citizen = signed_in("thao"), make_exemplar("Cụ Minh Họa", kind="citizen")
    address = reverse("wagtailimages:add")
    form = upload_form(collection=Collection.get_first_root_node().pk)
    bad = SimpleUploadedFile("a.jpg", JPEG + b"<script>", content_type="image/jpeg")
    assert "thứ khác" in press.post(address, form | {"file": bad}).content.decode()

    def good():
        return SimpleUploadedFile("a.jpg", JPEG, content_type="image/jpeg")

    people = {"depicted": [citizen.pk], "blurred_people": [citizen.pk]}
    press.post(address, form | people | {"file": good()})
    assert not Photograph.objects.exists()  # nobody drew a box
    press.post(address, form | people | {"file": good(), "blur_regions": "10 10 20,5 30"})

    photograph = Photograph.objects.get()
    assert photograph.blur_regions == [[0.1, 0.1, 0.205, 0.3]]
    assert Depiction.objects.get().blurred


@pytest.mark.django_db
def test_the_file_of_a_published_picture_is_not_exchanged(signed_in, published_story, make_photograph):
    from wagtail.models import Collection

    photograph = make_photograph("Đang dùng")
    published_story(main_photograph=photograph)
    before = photograph.file.name
    form = upload_form(title="Đang dùng", collection=Collection.get_first_root_node().pk)
    other = SimpleUploadedFile("khac.jpg", JPEG, content_type="image/jpeg")
    page = signed_in("thao").post(reverse("wagtailimages:edit", args=[photograph.pk]), form | {"file": other})
    assert "quy trình duyệt bài" in page.content.decode()
    assert Photograph.objects.get(pk=photograph.pk).file.name == before


@pytest.fixture
def upload_many(signed_in, site):
    """A function: one file of many, as the screen sends it; the answer as the screen reads it."""
    press = signed_in("thao")

    def send(content: bytes, name="ngay-hoi.jpg"):
        file = SimpleUploadedFile(name, content, content_type="image/jpeg")
        return press.post(reverse("wagtailimages:add_multiple"), {"files[]": file}).json()

    send.press = press
    return send


@pytest.mark.django_db
@pytest.mark.parametrize("case", REFUSED)
def test_one_bad_file_among_many_is_refused_with_the_reason(case, upload_many):
    name, content, reason = REFUSED[case]
    answer = upload_many(content(), name)
    assert not answer["success"]
    assert reason in answer["error_message"]
    assert not Photograph.objects.exists()


@pytest.mark.django_db
def test_many_pictures_are_kept_only_with_what_the_press_must_know(upload_many, make_exemplar):
    answer = upload_many(JPEG)
    assert answer["success"] and not Photograph.objects.exists()
    prefix = f"uploaded-image-{answer['uploaded_file_id']}"
    for name in ("alt_text", "credit", "rights", "rights_until", "depicted", "place", "taken_on"):
        assert f'name="{prefix}-{name}"' in answer["form"], name
    assert f'name="{prefix}-title" value="ngay-hoi"' in answer["form"]  # what a camera or a folder called it, no “.jpg”
    assert "blur_regions" not in answer["form"]

    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[answer["uploaded_file_id"]])
    person = make_exemplar()
    facts = {"title": "Ngày hội", "credit": "Ảnh: Tổ báo chí", "rights": "ảnh tự chụp", "rights_until": "2027-01-31"}
    form = {f"{prefix}-{name}": value for name, value in (facts | {"depicted": [person.pk], "tags": ""}).items()}
    assert not upload_many.press.post(address, form).json()["success"]  # nobody said what it shows
    assert not Photograph.objects.exists()

    assert upload_many.press.post(address, form | {f"{prefix}-alt_text": "Người dân cười"}).json()["success"]
    photograph = Photograph.objects.get()
    assert (photograph.alt_text, photograph.rights, str(photograph.rights_until)) == (
        "Người dân cười", "ảnh tự chụp", "2027-01-31",
    )  # fmt: skip
    assert list(photograph.depicted.all()) == [person]
