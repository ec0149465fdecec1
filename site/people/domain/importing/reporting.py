"""What was found, for people and programs: the workbook handed back, and the problems as plain data."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from people.domain.importing import files
from people.enums import ImportState, RowDecision, RowKind
from people.models import ImportRow, PeopleImport
from people.sheets.problems import Problem
from people.sheets.report import SheetVerdicts, Verdict, worst, write_report
from people.sheets.vocabulary import LABELS

_COLUMNS = ("sheet", "number", "kind", "problems", "decision", "undo")


def result_workbook(people_import: PeopleImport) -> bytes:
    """The uploaded list with “Kết quả” and “Lỗi” beside every row. Raises FileRefused if the file is gone."""
    places = {part["sheet"]: part["places"] for part in people_import.layout}
    sheets = {
        part["sheet"]: SheetVerdicts(part["end_row"], {}) for part in people_import.layout
    }  # fmt: skip
    rows = people_import.rows.order_by("position").only(*_COLUMNS)
    for row in rows.iterator(chunk_size=2000):
        sheets[row.sheet].verdicts[row.number] = _verdict(row, people_import, places[row.sheet])
    return write_report(files.read(people_import), sheets)


def _verdict(row: ImportRow, people_import: PeopleImport, places: dict[str, int]) -> Verdict:
    problems = [Problem.from_json(stored) for stored in row.problems]
    levels = defaultdict(list)
    for problem in problems:
        if problem.column in places:
            levels[places[problem.column]].append(problem.level)
    return Verdict(
        result_words(row, people_import),
        "\n".join(told(problem) for problem in problems),
        {place: worst(found) for place, found in levels.items()},
    )


def told(problem: Problem) -> str:
    """A problem with the column it is about: “Ngày sinh: …”."""
    label = LABELS.get(problem.column)
    return f"{label}: {problem.message}" if label else problem.message


def result_words(row: ImportRow, people_import: PeopleImport) -> str:
    """What became of a row, or would become of it."""
    if row.decision == RowDecision.SKIP:
        return str(RowDecision.SKIP.label)
    if people_import.state in (ImportState.APPLIED, ImportState.UNDONE):
        done = {
            RowKind.CREATE: _("Created"),
            RowKind.CHANGE: _("Changed"),
            RowKind.MOVE: _("Moved"),
            RowKind.DOUBTFUL: _("Not imported: not decided"),
            RowKind.REFUSED: _("Not imported"),
        }
        return done.get(row.kind, str(RowKind(row.kind).label))
    return str(RowKind(row.kind).label)


def problems_of(people_import: PeopleImport) -> Iterator[dict]:
    """Every problem of every row: sheet, row, column, code, level and message."""
    rows = people_import.rows.exclude(problems=[]).order_by("position").only("sheet", "number", "problems")
    for row in rows.iterator(chunk_size=2000):
        for stored in row.problems:
            problem = Problem.from_json(stored)
            yield {
                "sheet": row.sheet,
                "row": row.number,
                "column": problem.column,
                "code": problem.code,
                "level": problem.level,
                "message": problem.message,
            }
