"""JSON of a stranger: bounded before it is parsed."""

import time

import pytest

from h5p.core.json_text import BadJson, parse_json
from h5p.core.limits import Limits

LIMITS = Limits(json_depth=3, json=10_000_000)


def code(data: bytes) -> str:
    with pytest.raises(BadJson) as bad:
        parse_json(data, LIMITS)
    return bad.value.code


@pytest.mark.parametrize(
    "data",
    [b"[[[1]]]", b'{"a": {"b": [1]}}', b'["[[[[", "]]]]", "\\\\", "\\"["]', b"[{},[],{}]", b'"[[[["', b"7", b"[]"],
)
def test_shallow_json_is_read(data):
    parse_json(data, LIMITS)


@pytest.mark.parametrize("data", [b"[[[[1]]]]", b'[{"a":[{}]}]', b'["]",["]",["]",["]"]]]]', b"[[[{}]]]"])
def test_deep_json_is_refused(data):
    assert code(data) == "json-too-deep"


@pytest.mark.parametrize("data", [b"[", b"[[[[[[", b"]]]]]]", b"[{]}", b'"', b'{"a":1', b"", b"nul"])
def test_what_is_no_json_is_refused(data):
    assert code(data) in {"unable-to-parse-package", "json-too-deep"}


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf{}", '{"a":"ố"}'.encode("utf-16"), '{"a":"é"}'.encode("latin-1")])
def test_json_in_another_encoding_is_told_apart(data):
    assert code(data) == "json-not-utf-8"


def test_long_json_is_refused_unread():
    assert code(b" " * 10_000_001) == "json-too-large"


def test_very_many_values_are_refused_before_they_fill_the_memory():
    assert code(b'{"a":[' + b",".join([b"{}"] * 300_000) + b"]}") == "json-too-many-values"
    parse_json(b'["' + b",{[" * 300_000 + b'"]', LIMITS)


@pytest.mark.parametrize("data", [b"[" * 8_000_000, b"[" * 4_000_000 + b"]" * 4_000_000, b'"' + b"\\" * 8_000_000])
def test_hostile_json_takes_no_time(data):
    began = time.process_time()
    with pytest.raises(BadJson):
        parse_json(data, Limits())
    assert time.process_time() - began < 1.5


def test_numbers_beyond_all_measure_are_no_danger():
    assert parse_json(b"[" + b"9" * 100_000 + b"]", LIMITS) == [float("inf")]
