"""Defaults and filtering: every kind of field."""

import copy
from unittest.mock import ANY

import pytest

from h5p.core.names import LibraryName
from h5p.core.schema import LibrarySpec
from h5p.core.semantics import patterns
from h5p.core.semantics.defaults import with_defaults
from h5p.core.semantics.fields import is_uuid
from h5p.core.semantics.filtering import filtered

INNER = LibraryName("H5P.Inner", 1, 2)
UUID = "0b1c2d3e-0000-4000-8000-0123456789ab"
GONE = object()


def spec(name: LibraryName, semantics: list) -> LibrarySpec:
    return LibrarySpec(name=name, patch=0, title="x", semantics=semantics)


def lookup(name: LibraryName) -> LibrarySpec | None:
    if name != INNER:
        return None
    return spec(INNER, [{"name": "text", "type": "text"}, {"name": "retry", "type": "boolean", "default": True}])


def kept(value, **field):
    """The value after filtering by one field; GONE if it was taken out."""
    return filtered({"it": value}, [{"name": "it"} | field], lookup).params.get("it", GONE)


def completed(params: dict, *fields: dict) -> dict:
    before = copy.deepcopy(params)
    result = with_defaults(params, list(fields), lookup)
    assert params == before, "the value given must not be changed"
    return result


# --- Text --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hai & ba", "Hai &amp; ba"),
        ("Hai &amp; ba &#39; &nbsp;", "Hai &amp; ba &#39; &nbsp;"),
        ("<b>'\"", "&lt;b&gt;&#039;&quot;"),
        (7, ""),
        (["<script>"], ""),
    ],
)
def test_plain_text_is_escaped_once(text, expected):
    assert kept(text, type="text") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Xin <strong>chào</strong></p>", "<p>Xin <strong>chào</strong></p>"),
        ("<p onclick='a()'>x</p>", "<p>x</p>"),
        ("<script>alert(1)</script>x", "x"),
        ("<img src=x onerror=a()>x", "x"),
        ("<iframe src='https://a.example'></iframe>x", "x"),
        ('<a href="javascript:a()">x</a>', '<a rel="noopener noreferrer">x</a>'),
        ('<a href="https://a.example">x</a>', '<a href="https://a.example" rel="noopener noreferrer">x</a>'),
        ("<ul><li>x</li></ul>", "<ul><li>x</li></ul>"),
        ("<table><tr><td>x</td></tr></table>", "x"),
        ("1 < 2", "1 &lt; 2"),
        ('<p style="text-align: center; position: fixed">x</p>', '<p style="text-align: center;">x</p>'),
        ('<em style="text-align: center">x</em>', "<em>x</em>"),
        ('<span style="font-size: 2em; color: red">x</span>', '<span style="font-size: 2em;">x</span>'),
        ('<span style="font-size: 9999px">x</span>', "<span>x</span>"),
        ('<span style="font-size: 1.2.3em">x</span>', "<span>x</span>"),
        ('<span style="color: #ff0000; background-image: url(https://a.example)">x</span>', "<span>x</span>"),
    ],
)
def test_rich_text_keeps_the_tags_of_the_field(text, expected):
    assert kept(text, type="text", tags=["strong", "em", "a", "ul"], font={"size": True}) == expected


def test_no_field_can_allow_what_runs():
    text = "<script>a()</script><iframe src=x></iframe><form><input></form><svg onload=a()></svg><style>p{}</style>x"
    tags = ["script", "iframe", "form", "input", "svg", "style", "object"]
    assert kept(text, type="text", tags=tags) == "x"


def test_tables_bring_their_parts_and_styles():
    text = '<table style="border: 1px solid #ccc; width: 50%;"><tbody><tr><td>x</td></tr></tbody></table>'
    assert kept(text, type="text", tags=["table"]) == text


def test_texts_are_cut_and_matched():
    assert kept("abcdef", type="text", maxLength=3) == "abc"
    assert kept("<p><strong>abcdef</strong></p>", type="text", tags=["strong"], maxLength=13).endswith("</strong></p>")
    rule = {"pattern": "^#[0-9a-f]{6}$", "modifiers": "i"}
    assert kept("#FFAA00", type="text", regexp=rule) == "#FFAA00"
    assert kept("red", type="text", regexp=rule) == ""
    assert kept("", type="text", regexp=rule, optional=True) == ""
    assert kept("x", type="text", regexp={"pattern": "(unfinished"}) == "x"


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*$", "([a-z]+\\d*)*!", "(.*)*x", "(a)\\1"])
def test_expressions_that_could_take_for_ever_are_not_tried(pattern):
    assert patterns.matches(pattern, "", "a" * 40) is None


# --- Numbers, yes and no, choices -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "field", "expected"),
    [
        (5, {}, 5),
        ("5", {}, 5),
        ("5.5", {}, 5.5),
        ("five", {}, 0),
        (True, {}, 0),
        ("inf", {}, 0),
        (-3, {"min": 1}, 1),
        (300, {"max": 100}, 100),
        (7, {"min": 0, "step": 5}, 5),
        (0.3, {"min": 0, "step": 0.1}, 0.3),
        (1.25, {"decimals": 1}, 1.2),
        (3.14159, {"decimals": 2}, 3.14),
    ],
)
def test_numbers(value, field, expected):
    assert kept(value, type="number", **field) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(True, True), (False, False), ("false", False), ("0", False), ("yes", True), (1, True)]
)
def test_yes_and_no(value, expected):
    assert kept(value, type="boolean") is expected


def test_choices():
    options = [{"value": "a", "label": "A"}, {"type": "optgroup", "label": "B", "options": [{"value": "b"}]}]
    assert kept("b", type="select", options=options) == "b"
    assert kept("z", type="select", options=options) == "a"
    assert kept(["b", "a"], type="select", options=options) == "b"
    assert kept("<z>", type="select", options=options, optional=True) == "&lt;z&gt;"
    assert kept(["b", "z"], type="select", options=options, multiple=True) == ["b"]
    assert kept({"x": 1}, type="select", options=options) == "a"
    assert kept(2, type="select", options=[{"value": 1}, {"value": 2}]) == 2


# --- Nested -------------------------------------------------------------------------------------------------


def test_lists():
    number = {"name": "n", "type": "number", "max": 9}
    assert kept([1, "2", 30], type="list", field=number) == [1, 2, 9]
    assert kept([1, 2, 3], type="list", field=number, max=2) == [1, 2]
    assert kept([], type="list", field=number) is GONE
    assert kept({"0": 1}, type="list", field=number) is GONE
    assert kept([None, 1], type="list", field=number) == [1]


def test_groups_keep_known_fields():
    fields = [{"name": "a", "type": "number"}, {"name": "b", "type": "text"}]
    assert kept({"b": "x", "a": 1, "evil": 2}, type="group", fields=fields) == {"b": "x", "a": 1}
    assert kept("text", type="group", fields=fields) is GONE
    assert kept([], type="group", fields=fields) == {}


def test_a_group_of_one_field_is_stored_flat():
    feedback = {"type": "group", "fields": [{"name": "list", "type": "list", "field": {"type": "number"}}]}
    assert kept([1, 2], **feedback) == [1, 2]
    assert kept({"list": [1]}, **feedback) == [1]
    for part in (UUID, "1762931147318-zxx3de"):  # converters name parts as they like, and results need the names
        value = {"list": [1], "subContentId": part}
        assert kept(value, isSubContent=True, **feedback) == value
    assert kept({"list": [1], "subContentId": "<b>"}, isSubContent=True, **feedback) == {"list": [1]}


def test_fields_of_an_unknown_kind_go():
    result = filtered({"it": "x"}, [{"name": "it", "type": "hologram"}], lookup)
    assert result.params == {}
    assert [one.code for one in result.findings] == ["semantics-unknown-type"]


def test_libraries_inside():
    field = {"type": "library", "options": ["H5P.Inner 1.2", {"name": "H5P.Absent 1.0"}]}
    inner = {
        "library": "H5P.Inner 1.2",
        "params": {"text": "<x>", "evil": 1},
        "subContentId": UUID,
        "metadata": {"title": "<b>", "license": "U", "evil": 1},
        "evil": 1,
    }
    assert kept(inner, **field) == {
        "library": "H5P.Inner 1.2",
        "params": {"text": "&lt;x&gt;"},
        "subContentId": UUID,
        "metadata": {"title": "&lt;b&gt;", "license": "U"},
    }
    assert "subContentId" not in kept(inner | {"subContentId": "7"}, **field)
    assert kept(inner | {"library": "H5P.Other 1.0"}, **field) is GONE


def test_a_library_in_another_version_is_told_of():
    field = {"name": "it", "type": "library", "options": ["H5P.Inner 1.2"]}
    result = filtered({"it": {"library": "H5P.Inner 1.1", "params": {}}}, [field], lookup)
    assert [one.code for one in result.findings] == ["library-version-not-valid"]
    assert "H5P.Inner 1.2" in result.findings[0].english


def test_a_library_that_is_not_there_is_missing_unless_the_part_is_optional():
    field = {"name": "it", "type": "library", "options": ["H5P.Absent 1.0"]}
    params = {"it": {"library": "H5P.Absent 1.0", "params": {}}}
    absent = {LibraryName("H5P.Absent", 1, 0)}
    required, optional = (filtered(params, [field | {"optional": choice}], lookup) for choice in (False, True))
    assert (required.missing, required.left_out) == (absent, set())
    assert (optional.missing, optional.left_out) == (set(), absent)


# --- Files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("images/a.png", "images/a.png"),
        ("images/a.png#tmp", "images/a.png"),
        ("../12/images/a.png", "images/a.png"),
        ("../../content/12/images/a.png", "images/a.png"),
        ("https://a.example/b.png?x=1&y=2", "https://a.example/b.png?x=1&y=2"),
        ('https://a.example/"onerror=', "https://a.example/%22onerror="),
        ("../secret.png", None),
        ("/etc/passwd", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("images/../../x.png", None),
        ("images\\x.png", None),
    ],
)
def test_paths_of_files(path, expected):
    value = kept({"path": path, "mime": "image/png", "evil": 1}, type="image")
    assert value == (GONE if expected is None else {"path": expected, "mime": "image/png"})


def test_what_pictures_and_films_carry():
    picture = {"path": "a.png", "width": "30", "height": "x", "copyright": {"license": "U", "evil": 1}}
    assert kept(picture, type="image") == {"path": "a.png", "width": 30, "copyright": {"license": "U"}}
    film = {"path": "a.mp4", "quality": {"level": "1", "label": "<b>"}, "codecs": "avc1"}
    assert kept(film, type="video") == [
        {"path": "a.mp4", "quality": {"level": 1, "label": "&lt;b&gt;"}, "codecs": "avc1"}
    ]
    assert kept([film], type="audio") == [{"path": "a.mp4"}]
    metadata = {"qualityName": "<b>"}
    extra = kept(film | {"metadata": metadata}, type="file", extraAttributes=["metadata"])
    assert extra == {"path": "a.mp4", "metadata": {"qualityName": "&lt;b&gt;"}}
    assert kept("a.png", type="image") is GONE
    assert kept({"mime": "image/png"}, type="image") is GONE


# --- Defaults --------------------------------------------------------------------------------------------------


def test_missing_groups_and_values_are_filled_in():
    behaviour = {
        "name": "behaviour",
        "type": "group",
        "fields": [
            {"name": "displaySummary", "type": "boolean", "default": True},
            {"name": "passPercentage", "type": "number", "default": 50},
            {"name": "note", "type": "text"},
        ],
    }
    label = {"name": "check", "type": "text", "default": "Kiểm tra"}
    assert completed({}, behaviour, label) == {
        "behaviour": {"displaySummary": True, "passPercentage": 50},
        "check": "Kiểm tra",
    }
    given = {"behaviour": {"displaySummary": False}, "check": ""}
    assert completed(given, behaviour, label) == {
        "behaviour": {"displaySummary": False, "passPercentage": 50},
        "check": "",
    }


def test_an_optional_group_without_defaults_stays_away():
    fields = [{"name": "a", "type": "text"}, {"name": "b", "type": "text"}]
    assert completed({}, {"name": "g", "type": "group", "optional": True, "fields": fields}) == {}
    assert completed({}, {"name": "g", "type": "group", "fields": fields}) == {"g": {}}
    assert completed({"g": []}, {"name": "g", "type": "group", "fields": fields}) == {"g": {}}


def test_defaults_inside_lists_and_libraries():
    answer = {
        "name": "a",
        "type": "group",
        "fields": [{"name": "t", "type": "text"}, {"name": "ok", "type": "boolean", "default": False}],
    }
    answers = {"name": "answers", "type": "list", "field": answer}
    part = {"name": "part", "type": "library", "options": ["H5P.Inner 1.2"]}
    params = {"answers": [{"t": "x"}], "part": {"library": "H5P.Inner 1.2", "params": {"text": "y"}}}
    assert completed(params, answers, part) == {
        "answers": [{"t": "x", "ok": False}],
        "part": {"library": "H5P.Inner 1.2", "params": {"text": "y", "retry": True}, "subContentId": ANY},
    }


def test_parts_without_an_id_get_one_that_stays():
    parts = {"name": "parts", "type": "list", "field": {"name": "p", "type": "library", "options": ["H5P.Inner 1.2"]}}
    given = [{"library": "H5P.Inner 1.2", "params": {}} | more for more in ({}, {}, {"subContentId": "tf-1"})]
    given.append({"library": "H5P.Inner 1.2", "params": {}, "subContentId": UUID})
    ids = [one["subContentId"] for one in completed({"parts": given}, parts)["parts"]]
    assert len(set(ids)) == 4
    assert ids[3] == UUID
    assert all(is_uuid(one) for one in ids)
    assert ids == [one["subContentId"] for one in completed({"parts": given}, parts)["parts"]]


def test_a_default_is_a_copy_of_its_own():
    field = {"name": "list", "type": "list", "default": [1], "field": {"type": "number"}}
    first = with_defaults({}, [field], lookup)
    first["list"].append(2)
    assert with_defaults({}, [field], lookup) == {"list": [1]}


def test_filtering_what_was_filtered_changes_nothing():
    fields = [
        {"name": "html", "type": "text", "tags": ["p", "strong", "table"]},
        {"name": "plain", "type": "text"},
        {"name": "n", "type": "number", "min": 0, "step": 0.1},
    ]
    params = {"html": "<p>a & b <strong>c</p>", "plain": "a & 'b' <c>", "n": 0.7}
    once = filtered(params, fields, lookup).params
    assert filtered(once, fields, lookup).params == once
