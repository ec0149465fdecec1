"""Argon2id by libsodium: the same hashes as before, in both directions, at the recorded strength."""

import argon2
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from people.passwords import Argon2idHasher

PASSWORD = "mật khẩu dài, có dấu"


class Former(Argon2PasswordHasher):
    time_cost, memory_cost, parallelism = 2, 19456, 1


@pytest.fixture
def hasher():
    return Argon2idHasher()


def test_the_strength_is_the_recorded_one(hasher):
    assert hasher.encode(PASSWORD, hasher.salt()).startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_its_hashes_are_read_by_the_reference_library(hasher):
    encoded = hasher.encode(PASSWORD, hasher.salt())
    assert argon2.PasswordHasher().verify(encoded.removeprefix("argon2"), PASSWORD)


@pytest.mark.parametrize("lanes", [1, 4])
def test_it_reads_the_hashes_of_the_reference_library(hasher, lanes):
    class Other(Former):
        parallelism = lanes

    encoded = Other().encode(PASSWORD, Other().salt())
    assert hasher.verify(PASSWORD, encoded)
    assert not hasher.verify("mật khẩu khác", encoded)
    assert hasher.must_update(encoded) is (lanes != 1)


def test_two_hashes_of_one_password_differ(hasher):
    first, second = (hasher.encode(PASSWORD, hasher.salt()) for _time in range(2))
    assert first != second
    assert hasher.verify(PASSWORD, first)
    assert not hasher.must_update(first)
