"""Which libraries are loaded, and in which order."""

from h5p.core.names import LibraryName
from h5p.core.resolver import choose_embed_type, resolve
from h5p.core.schema import LibrarySpec


def name(machine_name: str, minor: int = 0) -> LibraryName:
    return LibraryName(machine_name, 1, minor)


class Shelf:
    """Libraries of the test, found by name."""

    def __init__(self, *libraries: LibrarySpec):
        self.libraries = {one.name: one for one in libraries}

    def __call__(self, wanted: LibraryName) -> LibrarySpec | None:
        return self.libraries.get(wanted)


def lib(machine_name: str, *needs: LibraryName, minor=0, **more) -> LibrarySpec:
    return LibrarySpec(name=name(machine_name, minor), patch=0, title=machine_name, preloaded=needs, **more)


def order(resolved) -> list[str]:
    return [one.library.name.machine_name for one in resolved.preloaded]


def test_a_library_comes_after_all_it_needs():
    shelf = Shelf(
        lib("Main", name("Question"), name("UI")), lib("Question", name("UI")), lib("UI", name("Font")), lib("Font")
    )
    assert order(resolve(shelf(name("Main")), {}, shelf)) == ["Font", "UI", "Question", "Main"]


def test_circles_end():
    shelf = Shelf(lib("A", name("B")), lib("B", name("A")))
    assert order(resolve(shelf(name("A")), {}, shelf)) == ["B", "A"]


def test_libraries_of_the_parameters_come_first_deepest_first():
    semantics = [{"name": "parts", "type": "list", "field": {"type": "library", "options": ["Column 1.0", "Text 1.0"]}}]
    shelf = Shelf(lib("Main", semantics=semantics), lib("Column", semantics=semantics), lib("Text"))
    text = {"library": "Text 1.0", "params": {}}
    params = {"parts": [{"library": "Column 1.0", "params": {"parts": [text]}}]}
    assert order(resolve(shelf(name("Main")), params, shelf)) == ["Text", "Column", "Main"]


def test_libraries_of_one_level_come_in_the_order_of_the_parameters():
    fields = [{"name": one, "type": "library", "options": ["A 1.0", "B 1.0"]} for one in ("first", "second")]
    shelf = Shelf(lib("Main", semantics=fields), lib("A"), lib("B"))
    params = {"second": {"library": "B 1.0", "params": {}}, "first": {"library": "A 1.0", "params": {}}}
    assert order(resolve(shelf(name("Main")), params, shelf)) == ["B", "A", "Main"]


def test_the_first_version_met_wins():
    shelf = Shelf(lib("Main", name("A"), name("B")), lib("A", name("UI", 1)), lib("B", name("UI", 2)))
    shelf.libraries |= {name("UI", minor): lib("UI", minor=minor) for minor in (1, 2)}
    resolved = resolve(shelf(name("Main")), {}, shelf)
    assert [one.library.name.minor for one in resolved.preloaded if one.library.name.machine_name == "UI"] == [1]


def test_kinds_of_dependencies():
    shelf = Shelf(
        LibrarySpec(name("Main"), 0, "Main", dynamic=(name("Later"),), editor=(name("Tool"),)),
        lib("Later"),
        lib("Tool", name("ToolPart")),
        lib("ToolPart"),
    )
    resolved = resolve(shelf(name("Main")), {}, shelf)
    assert {one.library.title: one.kind for one in resolved.dependencies} == {
        "Main": "preloaded",
        "Later": "dynamic",
        "Tool": "editor",
        "ToolPart": "editor",
    }
    assert [one.weight for one in resolved.dependencies] == [1, 2, 3, 4]


def test_what_is_missing_is_named_tools_apart():
    shelf = Shelf(LibrarySpec(name("Main"), 0, "Main", preloaded=(name("Absent"),), editor=(name("AbsentTool"),)))
    assert resolve(shelf(name("Main")), {}, shelf).missing == {name("Absent")}


def test_styles_may_be_dropped():
    shelf = Shelf(lib("Main", name("Old"), drop_css=("Old",)), lib("Old"))
    dropped = {one.library.title: one.drop_css for one in resolve(shelf(name("Main")), {}, shelf).dependencies}
    assert dropped == {"Old": True, "Main": False}


def test_add_ons_join_where_a_text_matches():
    rule = {"content": {"types": [{"text": {"regex": "/\\\\\\(.+\\\\\\)/"}}]}}
    math = lib("Math", name("MathUI"), add_to=rule)
    shelf = Shelf(lib("Main"), math, lib("MathUI"))
    main = shelf(name("Main"))
    assert order(resolve(main, {"a": [{"b": "\\(x^2\\)"}]}, shelf, [math])) == ["Main", "MathUI", "Math"]
    assert order(resolve(main, {"a": "no formula"}, shelf, [math])) == ["Main"]
    odd = lib("Odd", add_to={"content": {"types": ["x", {"text": {"regex": 5}}]}})
    assert order(resolve(main, {"a": "x"}, shelf, [odd])) == ["Main"]


def test_a_very_long_chain_ends():
    chain = [lib(f"L{number}", name(f"L{number + 1}")) for number in range(3_000)]
    assert len(resolve(chain[0], {}, Shelf(*chain)).preloaded) <= 201


def test_embed_types():
    both, only_div, silent = (lib("L", embed_types=types) for types in (("iframe", "div"), ("div",), ()))
    assert choose_embed_type(["div"], both) == "div"
    assert choose_embed_type(["iframe"], both) == "iframe"
    assert choose_embed_type(["iframe"], only_div) == "div"
    assert choose_embed_type(["div", "iframe"], silent) == "div"
    assert choose_embed_type([], silent) == "iframe"
