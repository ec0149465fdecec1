"""Builds small H5P packages for tests: libraries whose scripts are a few lines, contents of a few fields.

    quiz = library("H5P.Ask", "1.2.3", semantics=[text_field("question")], js="H5P.Ask = function () {};")
    data = package(quiz, params={"question": "Hai cộng hai?"})

`members` gives the package as a dictionary of files, for tests that want to spoil one of them before `zipped`.
"""

import io
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "dccc59e70000000049454e44ae426082"
)
"""A PNG of one white point."""


@dataclass
class BuiltLibrary:
    """A library folder: `json` is its library.json, `files` everything else by path inside the folder."""

    json: dict
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def machine_name(self) -> str:
        return self.json["machineName"]

    @property
    def name(self) -> str:
        return f"{self.machine_name} {self.json['majorVersion']}.{self.json['minorVersion']}"

    @property
    def folder(self) -> str:
        return self.name.replace(" ", "-")

    @property
    def reference(self) -> dict:
        """As dependencies name it."""
        return {key: self.json[key] for key in ("machineName", "majorVersion", "minorVersion")}


def library(
    machine_name="H5P.Sample",
    version="1.0.0",
    *,
    js: str | None = None,
    css: str | None = None,
    semantics: list | None = None,
    needs=(),
    needs_dynamically=(),
    needs_for_editing=(),
    languages: dict[str, dict] | None = None,
    files: dict[str, bytes] | None = None,
    **json_fields,
) -> BuiltLibrary:
    """A library; `needs` are other built libraries. By default a script that shows its own name."""
    major, minor, patch = (int(part) for part in version.split("."))
    if js is None:
        js = _shows_its_name(machine_name)
    described = {
        "title": machine_name.split(".")[-1],
        "machineName": machine_name,
        "majorVersion": major,
        "minorVersion": minor,
        "patchVersion": patch,
        "runnable": 1,
        "license": "MIT",
        "author": "Tác giả minh họa",
        "embedTypes": ["iframe"],
        "coreApi": {"majorVersion": 1, "minorVersion": 24},
        "preloadedJs": [{"path": "main.js"}],
    }
    inside: dict[str, bytes] = {"main.js": js.encode()}
    if css is not None:
        described["preloadedCss"] = [{"path": "main.css"}]
        inside["main.css"] = css.encode()
    if semantics is not None:
        inside["semantics.json"] = as_json(semantics)
    for code, texts in (languages or {}).items():
        inside[f"language/{code}.json"] = as_json(texts)
    for key, libraries in (
        ("preloadedDependencies", needs),
        ("dynamicDependencies", needs_dynamically),
        ("editorDependencies", needs_for_editing),
    ):
        if libraries:
            described[key] = [other.reference for other in libraries]
    return BuiltLibrary(described | json_fields, inside | (files or {}))


def _shows_its_name(machine_name: str) -> str:
    return (
        "var H5P = H5P || {};\n"
        f"{machine_name} = function (params, id) {{ H5P.EventDispatcher.call(this); this.params = params; }};\n"
        f"{machine_name}.prototype = Object.create(H5P.EventDispatcher.prototype);\n"
        f"{machine_name}.prototype.attach = function ($container) {{ $container.text({machine_name!r}); }};\n"
    )


def text_field(name="question", **more) -> dict:
    return {"name": name, "type": "text", "label": name} | more


def members(
    main: BuiltLibrary,
    *others: BuiltLibrary,
    params: dict | None = None,
    title="Hoạt động minh họa",
    media: dict[str, bytes] | None = None,
    bundled: bool = True,
    **h5p_fields,
) -> dict[str, bytes]:
    """The files of a package by path: h5p.json, content/, and the library folders unless not `bundled`."""
    described = {
        "title": title,
        "language": "vi",
        "mainLibrary": main.machine_name,
        "embedTypes": ["iframe"],
        "license": "U",
        "defaultLanguage": "vi",
        "preloadedDependencies": [one.reference for one in (main, *others)],
    } | h5p_fields
    files = {"h5p.json": as_json(described), "content/content.json": as_json(params or {})}
    files |= {f"content/{path}": data for path, data in (media or {}).items()}
    if bundled:
        for one in (main, *others):
            files[f"{one.folder}/library.json"] = as_json(one.json)
            files |= {f"{one.folder}/{path}": data for path, data in one.files.items()}
    return files


def zipped(files: dict[str, bytes], *, store: bool = False) -> bytes:
    """The files as a zip archive, in the order given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED if store else zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return buffer.getvalue()


def package(main: BuiltLibrary, *others: BuiltLibrary, **options) -> bytes:
    """The package as bytes; options as `members` has them."""
    return zipped(members(main, *others, **options))


def write(folder: Path, data: bytes, name="goi-minh-hoa.h5p") -> Path:
    """Puts the bytes into a file of `folder`."""
    path = Path(folder) / name
    path.write_bytes(data)
    return path


def as_json(value) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
