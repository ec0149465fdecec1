"""The problems of staged rows one by one, in SQL: what the pages group and count."""

from django.db import connection

_PARTS = {
    "postgresql": (
        "jsonb_array_elements(staged.problems) AS problem",
        ("problem ->> 0", "problem ->> 1", "problem ->> 2"),
        "problem -> 2 ->> '{name}'",
    ),
    "sqlite": (
        "json_each(staged.problems) AS problem",
        tuple(f"json_extract(problem.value, '$[{part}]')" for part in range(3)),
        "json_extract(problem.value, '$[2].{name}')",
    ),
}


def source() -> str:
    """What stands beside the staging table (`staged`) in FROM: a row for each problem."""
    return _PARTS[connection.vendor][0]


def parts() -> tuple[str, str, str]:
    """Expressions for a problem's code, column and, as text, all parameters."""
    return _PARTS[connection.vendor][1]


def parameter(name: str) -> str:
    """An expression for one parameter, as text. `name` is a name of ours, never sent by anybody."""
    return _PARTS[connection.vendor][2].format(name=name)
