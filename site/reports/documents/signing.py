"""Who signs a paper, in the words above the signature.

A Party body is collective: whoever signs does so in its name (T/M), and writes their post themselves; an office or a
commission that works for it is signed for by its head. A cell has no seal. Papers are Vietnamese.
"""

from people.enums import UnitLine
from people.models import Unit

MADE_BY = ("NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)")
HEAD_OF_AGENCY = ("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", "(Chữ ký, con dấu)")
_IN_ITS_NAME = "(Chức vụ, chữ ký, con dấu)"
_OF_THE_PARTY = (
    ("CHI BỘ", ("T/M CHI BỘ", "(Chức vụ, chữ ký)")),
    ("ỦY BAN KIỂM TRA", ("T/M ỦY BAN KIỂM TRA", _IN_ITS_NAME)),
    ("BAN THƯỜNG VỤ", ("T/M BAN THƯỜNG VỤ", _IN_ITS_NAME)),
    ("BAN CHẤP HÀNH", ("T/M BAN CHẤP HÀNH", _IN_ITS_NAME)),
    ("TỈNH ỦY", ("T/M BAN THƯỜNG VỤ", _IN_ITS_NAME)),
    ("THÀNH ỦY", ("T/M BAN THƯỜNG VỤ", _IN_ITS_NAME)),
    ("ĐẢNG ỦY", ("T/M ĐẢNG ỦY", _IN_ITS_NAME)),
    ("VĂN PHÒNG", ("CHÁNH VĂN PHÒNG", "(Chữ ký, con dấu)")),
    ("BAN ", ("TRƯỞNG BAN", "(Chữ ký, con dấu)")),
)


def signer_of(unit: Unit, name: str) -> tuple[str, str]:
    """What stands above the signature and what under that, for a unit under its name of the day."""
    if unit.line != UnitLine.PARTY:
        return HEAD_OF_AGENCY
    capitals = name.upper().replace("UỶ", "ỦY")
    return next((signer for beginning, signer in _OF_THE_PARTY if capitals.startswith(beginning)), HEAD_OF_AGENCY)
