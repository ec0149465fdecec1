"""h5p.json, content.json and library folders: what is accepted, and with which code the rest is refused."""

import json

import pytest

from h5p.core.findings import Finding
from h5p.core.names import LibraryName
from h5p.core.package import inspect
from h5p.core.texts import ENGLISH, VIETNAMESE
from tests.h5p.packages import PIXEL, as_json, library, members, package, write, zipped

SAMPLE = LibraryName("H5P.Sample", 1, 0)


def inspected(tmp_path, data, **options):
    return inspect(write(tmp_path, data), **({"may_install": True} | options))


def codes(result) -> set[str]:
    return {finding.code for finding in result.errors}


def warned(result) -> set[str]:
    return {finding.code for finding in result.warnings}


def with_description(**fields) -> bytes:
    """A sound package whose h5p.json says this; None takes a key out."""
    files = members(library())
    described = json.loads(files["h5p.json"]) | fields
    files["h5p.json"] = as_json({key: value for key, value in described.items() if value is not None})
    return zipped(files)


@pytest.mark.parametrize("key", ["title", "language", "mainLibrary", "preloadedDependencies", "embedTypes"])
def test_required_properties_of_the_package(tmp_path, key):
    result = inspected(tmp_path, with_description(**{key: None}))
    assert codes(result) == {"missing-required-property", "invalid-h5p-json-file"}
    assert key in result.errors[0].english


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "a" * 256},
        {"title": "hai\ndòng"},
        {"title": ["a"]},
        {"title": True},
        {"language": "vi_VN"},
        {"language": "vietnamese-x"},
        {"mainLibrary": "H5P Sample"},
        {"license": "mine"},
        {"licenseVersion": "9"},
        {"source": "javascript:alert(1)"},
        {"authors": [{"name": "Ai đó"}]},
        {"authors": "Ai đó"},
        {"changes": [{"date": "today", "author": "a", "log": "b"}]},
        {"w": "wide"},
        {"author": None, "dynamicDependencies": [{"machineName": "H5P.A", "majorVersion": "x", "minorVersion": 1}]},
    ],
)
def test_bad_properties_of_the_package(tmp_path, fields):
    assert "invalid-h5p-json-file" in codes(inspected(tmp_path, with_description(**fields)))


@pytest.mark.parametrize(
    "fields",
    [
        {"preloadedDependencies": [{"machineName": "H5P.Sample", "majorVersion": "1", "minorVersion": "0"}]},
        {"embedTypes": ["div", "iframe"]},
        {"embedTypes": []},
        {"title": 2026},
        {"authors": [], "changes": []},
        {"authors": [{"name": "Tác giả minh họa", "role": "Author"}], "license": "CC BY-SA", "licenseVersion": "4.0"},
        {"unknown": {"anything": None}},
        {"yearFrom": 2020, "a11yTitle": ""},
        {"preloadedDependencies": [{"machineName": "H5P.Sample", "majorVersion": 1.0, "minorVersion": 0.0}]},
    ],
)
def test_good_properties_of_the_package(tmp_path, fields):
    assert codes(inspected(tmp_path, with_description(**fields))) == set()


@pytest.mark.parametrize(
    ("fields", "shown", "allowed"),
    [
        ({"title": ""}, ': "". ', "1 đến 255 ký tự"),
        ({"license": "CC-BY-4.0"}, '"CC-BY-4.0"', "CC BY-SA"),
        ({"source": "www.example.org"}, '"www.example.org"', "https://"),
        ({"authors": [{"name": "Ai đó", "role": "Tác giả"}]}, '[{"name": "Ai đó", "role": "Tác giả"}]', "Author"),
    ],
)
def test_a_value_that_is_not_allowed_is_shown_with_what_is(tmp_path, fields, shown, allowed):
    found = inspected(tmp_path, with_description(**fields)).errors[0]
    assert found.code == "invalid-property"
    assert shown in found.vietnamese
    assert allowed in found.vietnamese
    assert len(found.english) > len(ENGLISH["invalid-property"]) + 30


def test_a_package_inside_a_folder_of_the_archive_is_told_of(tmp_path):
    files = members(library())
    result = inspected(tmp_path, zipped({f"bai-1/{path}": data for path, data in files.items()}))
    assert "packed-in-a-folder" in codes(result)
    assert "bai-1" in result.errors[0].vietnamese


@pytest.mark.parametrize("path", ["h5p.json", "content/content.json", "H5P.Sample-1.0/library.json"])
def test_a_byte_order_mark_is_named_as_the_reason(tmp_path, path):
    files = members(library())
    result = inspected(tmp_path, zipped(files | {path: b"\xef\xbb\xbf" + files[path]}))
    assert "json-not-utf-8" in codes(result)


def test_embed_types_are_two(tmp_path):
    assert "illegal-option-in-library" in codes(inspected(tmp_path, with_description(embedTypes=["popup"])))


def test_all_mistakes_of_the_description_are_told_at_once(tmp_path):
    result = inspected(tmp_path, with_description(title=None, language="?", license="mine"))
    assert len(result.errors) == 4


def test_the_main_library_must_be_among_the_dependencies(tmp_path):
    other = library("H5P.Other").reference
    assert codes(inspected(tmp_path, with_description(preloadedDependencies=[other]))) == {"missing-main-library"}


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [
        ("h5p.json", None, "invalid-h5p-json-file"),
        ("h5p.json", b"{", "unable-to-parse-package"),
        ("h5p.json", b"[]", "invalid-h5p-json-file"),
        ("h5p.json", b"null", "unable-to-parse-package"),
        ("h5p.json", "\ufeff{}".encode(), "unable-to-parse-package"),
        ("content/content.json", None, "invalid-content-folder"),
        ("content/content.json", b"{'a': 1}", "unable-to-parse-package"),
        ("content/content.json", b'{"a": NaN}', "unable-to-parse-package"),
        ("content/content.json", b'{"a": "\\ud800"}', "unable-to-parse-package"),
        ("content/content.json", b"\xff\xfe", "unable-to-parse-package"),
        ("content/content.json", b"[1, 2]", "content-not-an-object"),
        ("content/content.json", b'{"a":' + b"[" * 101 + b"]" * 101 + b"}", "json-too-deep"),
        ("H5P.Sample-1.0/library.json", None, "invalid-library-json-file"),
        ("H5P.Sample-1.0/library.json", b"[]", "invalid-library-json-file"),
        ("H5P.Sample-1.0/main.js", None, "library-missing-file"),
        ("H5P.Sample-1.0/semantics.json", b"{}", "invalid-semantics-json-file"),
        ("H5P.Sample-1.0/semantics.json", b"[", "invalid-semantics-json-file"),
        ("H5P.Sample-1.0/language/vi.json", b"{", "invalid-language-file"),
        ("H5P.Sample-1.0/language/vi2.json", b"{}", "invalid-language-file"),
        ("H5P.Sample-1.0/language/deep/vi.json", b"{}", "invalid-language-file"),
        ("library!/library.json", b"{}", "invalid-library-name"),
        ("docs/readme.txt", b"x", "invalid-library-json-file"),
        ("H5P.Sample-1.0/icon.png", b"<script>", "not-an-image"),
    ],
)
def test_bad_files(tmp_path, path, data, code):
    files = members(library())
    files.pop(path, None)
    if data is not None:
        files[path] = data
    assert code in codes(inspected(tmp_path, zipped(files)))


def test_an_odd_font_in_a_library_is_only_worth_a_warning(tmp_path):
    files = {"fonts/old.eot": b"%!PS-AdobeFont-1.0", "sound.mp3": b"words"}
    result = inspected(tmp_path, package(library(files=files)))
    assert result.accepted
    assert warned(result) == {"content-type-mismatch"}


def test_zero_characters_are_taken_out_of_texts(tmp_path):
    files = members(library()) | {"content/content.json": b'{"a\\u0000": "b\\u0000c", "d": "\\\\u0000"}'}
    assert inspected(tmp_path, zipped(files)).params == {"a": "bc", "d": "\\u0000"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": None}, "missing-required-property"),
        ({"patchVersion": "one"}, "invalid-property"),
        ({"runnable": True}, "invalid-property"),
        ({"license": "all mine"}, "invalid-property"),
        ({"preloadedJs": [{"path": "main.php"}]}, "invalid-property"),
        ({"preloadedJs": ["main.js"]}, "invalid-property"),
        ({"preloadedDependencies": [{"machineName": "H5P.A", "majorVersion": 1}]}, "missing-required-property"),
        ({"embedTypes": ["none"]}, "illegal-option-in-library"),
        ({"machineName": "H5P.Another"}, "library-directory-name-mismatch"),
        ({"coreApi": {"majorVersion": 1, "minorVersion": 29}}, "api-version-unsupported"),
        ({"coreApi": {"majorVersion": 2, "minorVersion": 0}}, "api-version-unsupported"),
        ({"preloadedJs": [{"path": "../H5P.Other-1.0/main.js"}]}, "library-missing-file"),
    ],
)
def test_bad_library_json(tmp_path, fields, code):
    files = members(library())
    described = json.loads(files["H5P.Sample-1.0/library.json"]) | fields
    files["H5P.Sample-1.0/library.json"] = as_json(
        {key: value for key, value in described.items() if value is not None}
    )
    assert code in codes(inspected(tmp_path, zipped(files)))


def test_numbers_of_a_library_may_have_a_point(tmp_path):
    built = library(runnable=1.0, fullscreen=1.0, majorVersion=1.0, minorVersion=0.0, patchVersion=3.0)
    files = members(library()) | {"H5P.Sample-1.0/library.json": as_json(built.json)}
    spec = inspected(tmp_path, zipped(files)).libraries[SAMPLE].spec
    assert (spec.version, spec.runnable, spec.fullscreen) == ("1.0.3", True, True)


def test_the_same_core_is_new_enough(tmp_path):
    newest = library(coreApi={"majorVersion": "1", "minorVersion": "28"})
    assert inspected(tmp_path, package(newest)).accepted


def test_a_folder_may_be_named_after_the_machine_name_alone(tmp_path):
    files = {path.replace("H5P.Sample-1.0/", "H5P.Sample/"): data for path, data in members(library()).items()}
    assert inspected(tmp_path, zipped(files)).libraries.keys() == {SAMPLE}


def test_a_library_twice_is_refused(tmp_path):
    files = members(library())
    files |= {path.replace("H5P.Sample-1.0/", "H5P.Sample/"): data for path, data in files.items()}
    assert codes(inspected(tmp_path, zipped(files))) == {"library-twice"}


def test_mistakes_of_all_libraries_are_told(tmp_path):
    one, other = library("H5P.One", title=""), library("H5P.Two", files={"language/x!.json": b"{}"})
    assert codes(inspected(tmp_path, package(library(), one, other))) == {"invalid-property", "invalid-language-file"}


def test_libraries_are_not_looked_at_without_the_right_to_install(tmp_path):
    files = members(library()) | {"H5P.Sample-1.0/evil.php": b"x", "H5P.Sample-1.0/library.json": b"{"}
    result = inspected(tmp_path, zipped(files), may_install=False, installed={SAMPLE: 0})
    assert result.accepted
    assert not result.libraries
    assert warned(result) == {"bundled-libraries-ignored"}


# --- What is needed --------------------------------------------------------------------------------------


def test_without_the_right_to_install_only_installed_libraries_count(tmp_path):
    result = inspected(tmp_path, package(library()), may_install=False)
    assert codes(result) == {"missing-main-library", "install-needs-manager"}


def test_every_loaded_dependency_is_needed_in_its_version(tmp_path):
    needed = library("H5P.Needed", "1.1.0")
    main = library(needs=[needed])
    assert codes(inspected(tmp_path, package(main))) == {"missing-required-library"}
    older = {LibraryName("H5P.Needed", 1, 0): 9}
    assert codes(inspected(tmp_path, package(main), installed=older)) == {"missing-required-library"}
    assert inspected(tmp_path, package(main), installed={LibraryName("H5P.Needed", 1, 1): 0}).accepted
    assert inspected(tmp_path, package(main, needed)).accepted


def test_authoring_tools_are_not_needed_to_play(tmp_path):
    result = inspected(tmp_path, package(library(needs_for_editing=[library("H5PEditor.Tool")])))
    assert result.accepted
    assert warned(result) == {"missing-editor-library"}


def test_content_waits_if_only_a_later_version_of_its_type_is_installed(tmp_path):
    data = package(library(), bundled=False)
    later = {LibraryName("H5P.Sample", 1, 1): 0}
    assert codes(inspected(tmp_path, data, installed={LibraryName("H5P.Sample", 0, 9): 0})) == {"missing-main-library"}
    result = inspected(tmp_path, data, installed=later)
    assert result.accepted
    assert warned(result) == {"waits-for-upgrade"}


def test_libraries_inside_the_parameters_are_told_of(tmp_path):
    params = {"questions": [{"library": "H5P.Absent 1.3", "params": {}}]}
    assert warned(inspected(tmp_path, package(library(), params=params))) == {"missing-nested-library"}


# --- What the content refers to ---------------------------------------------------------------------------


def test_other_sites_and_missing_files_are_told_of(tmp_path):
    params = {
        "video": [{"path": "https://video.example/film.mp4", "mime": "video/mp4"}],
        "image": {"path": "images/absent.png", "mime": "image/png", "copyright": {"source": "https://credit.example/"}},
        "there": {"path": "images/diem.png", "mime": "image/png"},
        "film": [{"path": "https://youtu.be/abc", "mime": "video/YouTube"}],
        "text": '<p><img src="https://picture.example/a.png"> <a href="https://link.example/">x</a></p>',
    }
    result = inspected(tmp_path, package(library(), params=params, media={"images/diem.png": PIXEL}))
    assert result.external_hosts == ("picture.example", "video.example", "youtu.be")
    assert warned(result) == {"missing-media", "external-host", "external-player"}


def test_scripts_that_build_code_are_noticed(tmp_path):
    plain, templates = library("H5P.Plain"), library("H5P.Templates", js="var f = new Function('a', 'return a');")
    libraries = inspected(tmp_path, package(plain, templates)).libraries.values()
    assert {one.spec.name.machine_name: one.needs_eval for one in libraries} == {
        "H5P.Plain": False,
        "H5P.Templates": True,
    }


# --- Words -------------------------------------------------------------------------------------------------


def test_every_code_has_both_languages_with_the_same_placeholders():
    import string

    def placeholders(text):
        return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}

    assert ENGLISH.keys() == VIETNAMESE.keys()
    for code, text in ENGLISH.items():
        assert placeholders(text) == placeholders(VIETNAMESE[code]), code


def test_a_code_without_a_text_cannot_be_used():
    with pytest.raises(LookupError):
        Finding("no-such-code")


def test_a_flood_of_one_mistake_is_cut(tmp_path):
    result = inspected(tmp_path, package(library(), media={f"{n}.exe": b"x" for n in range(80)}))
    assert len(result.errors) == 50
