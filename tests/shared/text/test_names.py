import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.names import initials, sort_key, split_name

ALPHABET = list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
VOWELS = "aăâeêioôơuưy"

# Checked against ICU 72 (locale vi) by sorting with node's Intl.Collator.
_GIVEN_NAMES = """
    A An Anh Ánh Ăn Ân Ẩn Ấn Bảo Bê Bình Châu Chi Công Cúc Dao Dung Dũng Duyên Đan Đào Đạt Đức En Ê Êm
    Giang Hà Hạ Hải Hạnh Hân Hiền Ho Hoa Hoà Hoả Hoã Hoá Hoạ Hồ Hổ Hố Hơ Hờ Huệ Hùng Hưng Ích Khôi Khởi
    Lam Lan Lân Ly Lý Mai Mộng Mơ Nga Nghĩa Ngọc Oanh Ổn Ơn Phong Quang Quân Sơn Tâm Thảo Thu Thủ Thư
    Thừ Thứ Trang Tú Tư Tự Út Uyên Uyển Ưng Vân Vĩ Vy Xuân Ý Yên yến
"""
GIVEN_NAMES_IN_ORDER = _GIVEN_NAMES.split()

FULL_NAMES_IN_ORDER = [
    "An",
    "Lê An",
    "Lê Văn An",
    "Nguyễn An",
    "Nguyễn Thị An",
    "Nguyễn Thị Thu An",
    "Nguyễn Văn An",
    "Đinh Thị Ánh",
    "Đỗ Thị Ánh",
    "Nguyễn Thị Ánh",
    "Trần Ân",
    "Lê Thị Dung",
    "Lê Tiến Dũng",
    "Trần Tiến Dũng",
    "Bùi Văn Đào",
    "Lê Đức",
    "Lê Hữu Đức",
    "Lê Hữu Hoà",
    "Trần Hòa",
    "K'Brể",
    "Sùng A Yên",
    "Vừ Y Yến",
]


def shuffled(names):
    names = list(names)
    random.Random(7).shuffle(names)
    return names


@pytest.mark.parametrize("names", [GIVEN_NAMES_IN_ORDER, FULL_NAMES_IN_ORDER], ids=["given names", "full names"])
def test_names_sort_in_vietnamese_order(names):
    assert sorted(shuffled(names), key=sort_key) == names


def test_keys_sort_as_bytes():
    names = shuffled(FULL_NAMES_IN_ORDER)
    assert sorted(names, key=lambda name: sort_key(name).encode("ascii")) == FULL_NAMES_IN_ORDER


def test_a_plain_sort_would_be_wrong():
    assert sorted(["Ân", "Bình", "Đức", "Em"]) != sorted(["Ân", "Bình", "Đức", "Em"], key=sort_key)


def test_letters_sort_in_alphabet_order():
    assert sorted(shuffled(ALPHABET), key=sort_key) == ALPHABET


@pytest.mark.parametrize("vowel", VOWELS)
def test_tones_sort_in_their_order(vowel):
    toned = [unicodedata.normalize("NFC", vowel + tone) for tone in TONES]
    assert sorted(shuffled(toned), key=sort_key) == toned


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Trần Thị An", "Lê Thị Ánh"),  # the given name decides first
        ("Lê Thị Hà", "Lê Thị Hạ"),  # tone of the given name before the family name
        ("Trần Thị Hà", "Lê Thị Hạ"),
        ("Lê Văn An", "Lý Bá An"),  # family before middle
        ("Hồ Văn An", "Hổ Bá An"),  # tones of the family name before the middle name
        ("Lê Thị Bích An", "Lê Thi Cúc An"),  # letters of the whole middle name before its tones
        ("Lê Thị An", "Lê Thị Bích An"),  # the shorter middle name first
        ("Lê Thi Bích An", "Lê Thị Bích An"),
        ("Lê Van Y An", "Lê Vang An"),  # a shorter word first, whatever follows it
        ("Lê Văn A2", "Lê Văn Aa"),  # digits before letters
        ("Lê Văn Zy", "Lê Văn Жук"),  # other scripts at the end
    ],
)
def test_order_of_two_names(before, after):
    assert sort_key(before) < sort_key(after)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lê Thị Hoà", "Lê Thị Hòa"),
        ("Trần Thuỷ", "Trần Thủy"),
        ("Nguyễn Văn An", "NGUYỄN VĂN AN"),
        ("Nguyễn Văn An", " Nguyễn\u00a0Văn  An\u200b"),
        ("Nguyễn Ẩn", unicodedata.normalize("NFD", "Nguyễn Ẩn")),
        ("K'Brể", "K\u2019Brể"),
    ],
)
def test_spellings_with_one_place(one, other):
    assert sort_key(one) == sort_key(other)


@pytest.mark.parametrize(
    ("full_name", "parts"),
    [
        ("Nguyễn Văn An", ("Nguyễn", "Văn", "An")),
        ("Lê Ánh", ("Lê", "", "Ánh")),
        ("Ánh", ("", "", "Ánh")),
        ("", ("", "", "")),
        ("Nguyễn Thị Thu Hà", ("Nguyễn", "Thị Thu", "Hà")),
        ("Tôn Nữ Thị Ninh", ("Tôn", "Nữ Thị", "Ninh")),
        ("H'Hen Niê", ("H'Hen", "", "Niê")),
        (unicodedata.normalize("NFD", "  Đặng   Ẩn "), ("Đặng", "", "Ẩn")),
    ],
)
def test_split_name(full_name, parts):
    assert split_name(full_name) == parts


@pytest.mark.parametrize(
    ("full_name", "letters"),
    [
        ("Nguyễn Văn An", "VA"),
        ("Lê Thị Ánh", "TA"),
        ("Đỗ Đức", "ĐĐ"),
        ("Trần Ẩn", "TÂ"),
        ("Lê Văn Ước", "VƯ"),
        ("ánh", "A"),
        ("Lê 'An' -", "LA"),
        (unicodedata.normalize("NFD", "Lê Ổn"), "LÔ"),
        ("", ""),
        ("…", ""),
    ],
)
def test_initials(full_name, letters):
    assert initials(full_name) == letters


syllables = st.builds(
    lambda onset, vowel, tone, coda: unicodedata.normalize("NFC", onset + vowel + tone + coda),
    st.sampled_from(["", "b", "c", "d", "đ", "h", "ng", "nh", "ph", "th", "tr", "v"]),
    st.sampled_from(VOWELS),
    st.sampled_from(TONES),
    st.sampled_from(["", "c", "n", "ng", "nh", "t"]),
)
names = st.lists(syllables, min_size=1, max_size=5).map(" ".join)


def order_by_definition(full_name):
    """The order in the words of the rule, without clever codes: per part first letters, then tones."""
    family, middle, given_name = split_name(full_name)
    return [level for part in (given_name, family, middle) for level in (letters_of(part), tones_of(part))]


def letters_of(part):
    return [[ALPHABET.index(letter) for letter in without_tones(word)] for word in part.split()]


def tones_of(part):
    decomposed = (unicodedata.normalize("NFD", word) for word in part.split())
    return [max(TONES.index(char) if char in TONES else 0 for char in word) for word in decomposed]


def without_tones(word):
    kept = "".join(char for char in unicodedata.normalize("NFD", word) if char not in TONES)
    return unicodedata.normalize("NFC", kept)


@given(names, names)
def test_keys_agree_with_the_definition(one, other):
    assert (sort_key(one) < sort_key(other)) == (order_by_definition(one) < order_by_definition(other))
    assert (sort_key(one) == sort_key(other)) == (order_by_definition(one) == order_by_definition(other))


@given(st.text() | names)
def test_any_text_has_a_key_of_digits_and_small_letters(text):
    assert re.fullmatch("[0-9a-z]+", sort_key(text))


@given(names)
def test_encoding_and_case_do_not_change_the_key(name):
    assert sort_key(unicodedata.normalize("NFD", name)) == sort_key(name) == sort_key(name.upper())


@given(st.text() | names)
def test_parts_put_together_give_the_name(text):
    family, middle, given_name = split_name(text)
    again = " ".join(part for part in (family, middle, given_name) if part)
    assert split_name(again) == (family, middle, given_name)


@given(st.text() | names)
def test_initials_are_at_most_two(text):
    assert len(initials(text)) <= 2
