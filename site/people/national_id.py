"""The national ID number (số định danh cá nhân): 12 digits, always text, kept as a keyed hash.

The number itself is kept, encrypted, only where a person's unit keeps it (`Unit.keeps_national_ids`), and shown
masked. Keys come from the site's secret, so a copy of the database alone does not give the numbers away: there
are few enough of them to try them all against a hash without a key.

Source of the form: 12 digits with the province first, see the domain notes on HR sheets (text, never a number).
"""

import re

from shared import secrecy
from shared.text.fold import to_nfc

LENGTH = 12
_SEPARATORS = re.compile(r"[\s.\-_·']+")
_DIGITS = re.compile(r"[0-9]+")
_HASH_PURPOSE = "people.national_id.hash"
_CIPHER_PURPOSE = "people.national_id.cipher"


class NotANationalId(ValueError):
    """The text cannot be a national ID. `digits` is how many it has, or 0 if it holds other characters."""

    def __init__(self, digits: int = 0):
        self.digits = digits
        super().__init__("A national ID has 12 digits.")


def normalise(text: str) -> str:
    """The number as 12 digits, without the spaces and dots people set it apart with. Raises NotANationalId."""
    bare = digits_of(text)
    if len(bare) != LENGTH:
        raise NotANationalId(len(bare))
    return bare


def digits_of(text: str) -> str:
    """The digits of a number in groups (“099 085 123456”), or "" if anything else stands among them."""
    bare = _SEPARATORS.sub("", to_nfc(text))
    return bare if _DIGITS.fullmatch(bare) else ""


def keyed_hash(number: str) -> str:
    """HMAC-SHA256 of a normalised number, as 64 hexadecimal digits: what people are recognised by."""
    return secrecy.keyed_hash(secrecy.derive(_HASH_PURPOSE), number)


def encrypt(number: str) -> str:
    """The normalised number as a token that only this site's secret opens."""
    return secrecy.encrypt(secrecy.derive(_CIPHER_PURPOSE), number)


def decrypt(token: str) -> str:
    """The number of a token made by `encrypt`. Raises what `shared.secrecy.decrypt` raises for a foreign one."""
    return secrecy.decrypt(secrecy.derive(_CIPHER_PURPOSE), token)


def masked(number: str) -> str:
    """What a screen may show: the last three digits, “••••••••• 123”."""
    return f"{'•' * (LENGTH - 3)} {number[-3:]}"
