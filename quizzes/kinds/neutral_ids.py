"""Ids of options, pairs and items that say nothing about the answer.

An author tends to write the right option first, and pairs and steps come in their right order in the source.
So an id is made from nothing but the part's own Vietnamese text: the same text always has the same id,
wherever it stands.
"""

import hashlib

_DIGITS = 8


def neutral_id(role: str, text: str) -> str:
    """An id such as "o3fa94c21": the role's letter and a hash of the text.

    Parts of one question with one role must differ in text. The kinds tell equal texts by their equal ids,
    so the one question in ten million where two different texts share an id is refused, not mixed up.
    """
    return role + hashlib.sha256(f"{role}:{text}".encode()).hexdigest()[:_DIGITS]
