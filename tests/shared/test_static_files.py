"""Our own scripts and style sheets are stored smaller; what packages bring is not touched."""

from django.core.files.base import ContentFile

from shared.static_files import SmallerStaticFilesStorage

STYLE = b"/* a remark */\n@layer base {\n    .icon {\n        width: calc(100% - 2px);\n    }\n}\n"
SCRIPT = b"// a remark\nconst text = `two  spaces // ${ 1 + 1 }`;\n\nconst sent = /\\s+\\/x/.test( text );\n"


def stored(tmp_path, name: str, content: bytes) -> bytes:
    storage = SmallerStaticFilesStorage(location=tmp_path, base_url="/static/", rooms=["shared"])
    return (tmp_path / storage.save(name, ContentFile(content))).read_bytes()


def test_remarks_and_spare_space_go(tmp_path):
    assert stored(tmp_path, "shared/css/site.css", STYLE) == b"@layer base{.icon{width:calc(100% - 2px)}}"


def test_a_script_keeps_its_texts_and_patterns(tmp_path):
    smaller = stored(tmp_path, "shared/js/site.js", SCRIPT)
    assert b"remark" not in smaller
    assert b"`two  spaces // ${ 1 + 1 }`" in smaller
    assert rb"/\s+\/x/.test(text)" in smaller


def test_files_of_packages_and_pictures_stay_as_they_are(tmp_path):
    assert stored(tmp_path, "wagtailadmin/css/core.css", STYLE) == STYLE
    assert stored(tmp_path, "shared/img/lotus.svg", b"<svg>  </svg>") == b"<svg>  </svg>"


def test_what_was_read_before_is_stored_whole(tmp_path):
    """Files collected a second time come here after they were read for their hash."""
    content = ContentFile(STYLE)
    content.read()
    storage = SmallerStaticFilesStorage(location=tmp_path, base_url="/static/", rooms=["shared"])
    name = storage.save("shared/css/site.css", content)
    assert (tmp_path / name).read_bytes() == b"@layer base{.icon{width:calc(100% - 2px)}}"
