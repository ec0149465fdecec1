"""YAML files with the line of every field, so that a mistake can be pointed at: file, line, field, what to do."""

from dataclasses import dataclass
from pathlib import Path

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Problem:
    """One mistake in a file written by a person."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self):
        return f"{self.file}, line {self.line}, {self.field or 'file'}: {self.message}"


class SourceProblems(Exception):
    """Everything found wrong with the files read; nothing of them has been loaded."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass
class YamlSource:
    """A parsed file. `lines` knows the line of each path, such as "modules[0].lessons[1].minutes"."""

    path: Path
    data: object
    lines: dict[str, int]

    def problem(self, field: str, message: str) -> Problem:
        return Problem(self.path.name, self.line_of(field), field, message)

    def line_of(self, field: str) -> int:
        """The line of a field, or of the nearest thing around it that is there."""
        while field:
            if field in self.lines:
                return self.lines[field]
            field = field[: max(field.rfind("."), field.rfind("["), 0)]
        return 1


def read(path: Path) -> YamlSource:
    """Parses one file. Raises SourceProblems when it is not UTF-8 or not YAML, or repeats a key."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise SourceProblems([Problem(path.name, line, "", "The file must be saved as UTF-8.")]) from error
    try:
        node = yaml.compose(text, Loader=_Loader)
        lines: dict[str, int] = {}
        repeated: list[Problem] = []
        if node is not None:
            _walk(node, "", lines, repeated, path.name)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506  the safe loader, or its faster twin in C
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"This is not valid YAML: {error.problem}."
        raise SourceProblems([Problem(path.name, mark.line + 1 if mark else 1, "", message)]) from error
    except yaml.YAMLError as error:
        raise SourceProblems([Problem(path.name, 1, "", f"This is not valid YAML: {error}.")]) from error
    if repeated:
        raise SourceProblems(repeated)
    return YamlSource(path, data, lines)


def _walk(node, path, lines, repeated, file) -> None:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            field = f"{path}.{key.value}" if path else str(key.value)
            if key.value in seen:
                repeated.append(Problem(file, key.start_mark.line + 1, field, "This field appears twice."))
            seen.add(key.value)
            _walk(value, field, lines, repeated, file)
            lines[field] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _walk(item, f"{path}[{index}]", lines, repeated, file)
