import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.text.fold import drop_marks, fold, to_nfc, to_nfc_lines

VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxy ẠẢÃÀÁ'-\u2013“”.,\u0300\u0301\u0303\u0309\u0323\u00a0\u200b")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("Vie\u0323\u0302t", "Việt"),
        ("  Nguyễn \t Văn\nAn ", "Nguyễn Văn An"),
        ("Nguyễn\u00a0Văn\u2009An\u3000", "Nguyễn Văn An"),
        ("\ufeffLê\u200b Thị\u200d Đào\u2060", "Lê Thị Đào"),
        ("E\u200b\u0302", "Ê"),
        ("văn\u00adbản\x00", "vănbản"),
        ("một\ud800hai", "mộthai"),
        ("", ""),
        (" \u00a0\u200b ", ""),
        ("Xin chào!", "Xin chào!"),
    ],
)
def test_to_nfc(raw, clean):
    assert to_nfc(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("một\r\nhai\rba\nbốn", "một\nhai\nba\nbốn"),
        ("\n\n một  hai \n\n\n\n ba\n \n", "một hai\n\nba"),
        ("một dòng", "một dòng"),
        ("\n \n", ""),
    ],
)
def test_to_nfc_lines(raw, clean):
    assert to_nfc_lines(raw) == clean


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hoà Bình", "hoa binh"),
        ("Hòa Bình", "hoa binh"),
        ("HOÁ", "hoa"),
        ("Thuỷ", "thuy"),
        ("Thủy", "thuy"),
        ("Đặng Thị Đào", "dang thi dao"),
        ("Nguye\u0302\u0303n Thị Ẩn", "nguyen thi an"),
        ("ƯỠN ợ Ơ ư", "uon o o u"),
        ("“4 xin, 4 luôn”", "4 xin 4 luon"),
        ("Quyết định 1847/QĐ-TTg", "quyet dinh 1847 qd ttg"),
        ("lan.nguyen_van@so.example", "lan nguyen van so example"),
        ("K'Brể \u2013 Y-Ngông", "k bre y ngong"),
        ("Straße", "strasse"),
        ("…?!", ""),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


def test_both_placements_of_a_tone_meet():
    assert fold("hoà") == fold("hòa") == fold("HOA\u0300") == "hoa"


def test_dropping_marks_keeps_case_spaces_and_punctuation():
    assert drop_marks("Đ/c Nguyễn  Ánh!") == "D/c Nguyen  Anh!"


@given(st.text() | VIETNAMESE)
@example("a\u2003\u0301")
def test_to_nfc_changes_nothing_the_second_time(text):
    once = to_nfc(text)
    assert to_nfc(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert "  " not in once


@given(st.text() | VIETNAMESE)
def test_to_nfc_lines_changes_nothing_the_second_time(text):
    once = to_nfc_lines(text)
    assert to_nfc_lines(once) == once
    assert "\n\n\n" not in once


@given(st.text() | VIETNAMESE)
def test_fold_changes_nothing_the_second_time(text):
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_fold_does_not_see_encoding_case_or_marks(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert fold(text.upper()) == fold(text.lower()) == fold(text)
    assert fold(drop_marks(text)) == fold(text)


@given(VIETNAMESE)
def test_vietnamese_folds_to_ascii_words(text):
    folded = fold(text)
    assert folded.isascii()
    assert all(word.isalnum() for word in folded.split())
