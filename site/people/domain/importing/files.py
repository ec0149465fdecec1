"""The uploaded list, kept encrypted in the private storage: it is full of personal data, national IDs among them."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from people.models import PeopleImport
from people.sheets.refusal import FileRefused
from shared import secrecy

_PURPOSE = "people.import file"
_NONCE_BYTES = 12


def keep(content: bytes) -> str:
    """Stores a list and returns the name it is found by."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = nonce + AESGCM(secrecy.derive(_PURPOSE)).encrypt(nonce, content, None)
    return storages["private"].save(f"imports/{secrets.token_hex(16)}.enc", ContentFile(sealed))


def read(people_import: PeopleImport) -> bytes:
    """The list as it was uploaded. Raises FileRefused if it is no longer there or cannot be read with this key."""
    try:
        with storages["private"].open(people_import.file) as file:
            sealed = file.read()
        return AESGCM(secrecy.derive(_PURPOSE)).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
    except (OSError, InvalidTag, ValueError) as fault:
        raise FileRefused("file_missing") from fault


def remove_named(name: str) -> None:
    storages["private"].delete(name)
