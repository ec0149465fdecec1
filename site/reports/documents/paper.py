"""The paper as a whole: letterhead, title, what the figures are of, the table, the notes and who signs."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from people.enums import UnitKind, UnitLine
from people.models import Unit, UnitClosure, UnitName
from people.queries import current_on
from reports.documents import duties, lines
from reports.documents.asking import Question
from reports.documents.columns import columns_of
from reports.documents.kinds import ReportKind
from reports.documents.signing import HEAD_OF_AGENCY, MADE_BY, signer_of
from reports.domain import kept
from reports.domain.on_date import total_of
from shared.tables import Table
from shared.tables.columns import DEMO_MARK
from shared.text.dates import long_date, short_date

# A paper that leaves the site is Vietnamese; these are the words Decree 30/2020, Appendix I, prescribes.
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NUMBER_TO_FILL_IN = "Số: ……/BC-……"
# Papers of the Party bear its name alone and follow the Party's own rules.
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
PARTY_NUMBER_TO_FILL_IN = "Số ……-BC/……"
PARTY_STAR = "*"
TITLES = {
    ReportKind.BY_UNIT: "TỔNG HỢP KẾT QUẢ HỌC TẬP THEO ĐƠN VỊ",
    ReportKind.BY_COURSE: "TỔNG HỢP KẾT QUẢ HỌC TẬP THEO KHÓA HỌC",
    ReportKind.BY_AUDIENCE: "TỔNG HỢP KẾT QUẢ HỌC TẬP THEO ĐỐI TƯỢNG",
    ReportKind.DETAILS: "DANH SÁCH CHI TIẾT KẾT QUẢ HỌC TẬP",
    ReportKind.GRADES: "TỔNG HỢP XẾP LOẠI KẾT QUẢ HỌC TẬP",
}


@dataclass(frozen=True)
class Letterhead:
    """The agency above and the one that reports, in capitals, and where; on the right the State's name and motto.

    A paper of the Party has the Party's name without a motto, and a star under the agency instead of a line. `signer`
    is what stands above the signature, and under that.
    """

    superior: str
    agency: str
    place: str
    nation: str = NATION
    motto: str = MOTTO
    number: str = NUMBER_TO_FILL_IN
    star: str = ""
    signer: tuple[str, str] = HEAD_OF_AGENCY


@dataclass
class Paper:
    """Everything that is printed. `table.rows` of the detailed list are read once, while a file is written."""

    kind: ReportKind
    letterhead: Letterhead
    place_and_day: str
    title: str
    facts: list[str]
    as_of: str
    table: Table
    foot: list[str]
    prepared_by: str
    file_name: str
    count: int = 0
    marks: list[str] = field(default_factory=list)

    @property
    def signatures(self) -> tuple[str, str]:
        """Who made the list and who signs for the unit."""
        return MADE_BY[0], self.letterhead.signer[0]

    @property
    def under_signatures(self) -> tuple[str, str]:
        """What each of them puts there."""
        return MADE_BY[1], self.letterhead.signer[1]

    @property
    def is_wide(self) -> bool:
        """Lying A4 for more than seven columns."""
        return len(self.table.columns) > 7

    def texts(self) -> Iterator[tuple[bool, list[str]]]:
        """Each row as people read it: whether it is the sum, and the texts of its cells."""
        for row, cells in self.table.lines():
            yield row.is_total, [cell.text for cell in cells]


def paper_of(question: Question, rows=None) -> Paper:
    """The paper that answers the question, in Vietnamese; `rows` in the place of all rows of the detailed list.

    Whoever reads `table` or `texts` does so in Vietnamese as well: headings and numbers are put in words there.
    """
    with translation.override("vi"):
        best_first = lines.bands() if question.kind == ReportKind.GRADES else []
        columns = columns_of(question, best_first)
        found, count = _rows(question, best_first) if rows is None else (rows, 0)
        now = timezone.localtime()
        head = letterhead_of(question)
        title = TITLES[question.kind]
        as_of = f"(Số liệu đến ngày {short_date(question.day)})"
        facts = _facts(question)
        foot = _foot(question, best_first)
        return Paper(
            kind=question.kind,
            letterhead=head,
            place_and_day=f"{head.place}, {long_date(now.date())}" if head.place else long_date(now.date()),
            title=title,
            facts=facts,
            as_of=as_of,
            table=Table(title, columns, found, [*facts, as_of.strip("()"), *foot]),
            foot=foot,
            prepared_by=question.viewer.full_name,
            file_name=f"{question.kind.value}-{question.day:%Y-%m-%d}",
            count=count,
            marks=[DEMO_MARK] if settings.DEMO_CONTENT else [],
        )


def _rows(question: Question, best_first):
    """The rows and how many there are."""
    if question.kind == ReportKind.DETAILS:
        found = duties.details(question).iterator(chunk_size=2000)
        return lines.details(question, found), rows_counted(question)
    if question.kind == ReportKind.GRADES:
        made = lines.by_grade(question, best_first)
    else:
        made = {
            ReportKind.BY_UNIT: lines.by_unit,
            ReportKind.BY_COURSE: lines.by_course,
            ReportKind.BY_AUDIENCE: lines.by_audience,
        }[question.kind](question)
    return made, len(made)


def rows_counted(question: Question) -> int:
    """How many rows the detailed list has: what the overview calls required."""
    found = kept.figures_of(question.units, question.course_pk, question.day)
    return total_of(found.by_unit.values()).obliged


def letterhead_of(question: Question) -> Letterhead:
    """Of the unit asked for, as it was called and where it stood that day."""
    if question.unit is None:
        return Letterhead("", settings.SITE_NAME.upper(), "")
    above = UnitClosure.objects.filter(current_on(question.day), descendant=question.unit.pk).order_by("depth")
    ids = list(above.values_list("ancestor", flat=True))
    units = Unit.objects.in_bulk(ids)
    names = dict(UnitName.objects.filter(current_on(question.day), unit__in=ids).values_list("unit", "name"))
    line = [(units[pk], names.get(pk, units[pk].name)) for pk in ids]
    province = next((one for one in line if one[0].kind == UnitKind.PROVINCE), None)
    place = (province[0].short_name or province[1]) if province else ""
    if line and line[0][0].line == UnitLine.PARTY:
        return _party_letterhead(line, province, place)
    return Letterhead(
        superior=_agency(*line[1]) if len(line) > 1 else "",
        agency=_agency(*line[0]) if line else question.unit.name.upper(),
        place=place,
    )


def _party_letterhead(line: list[tuple[Unit, str]], province: tuple[Unit, str] | None, place: str) -> Letterhead:
    """Above a Party body stands a Party body: the nearest in the tree, else the committee of the province."""
    agency = line[0][1].upper()
    above = next((name.upper() for unit, name in line[1:] if unit.line == UnitLine.PARTY), "")
    if not above and province:
        kind = "THÀNH ỦY" if province[1].upper().startswith("THÀNH PHỐ") else "TỈNH ỦY"
        above = f"{kind} {place.upper()}"
    return Letterhead(
        superior="" if agency == above else above,
        agency=agency,
        place=place,
        nation=PARTY,
        motto="",
        number=PARTY_NUMBER_TO_FILL_IN,
        star=PARTY_STAR,
        signer=signer_of(*line[0]),
    )


def _agency(unit: Unit, name: str) -> str:
    """A province reports as its People's Committee."""
    return (f"UBND {name}" if unit.kind == UnitKind.PROVINCE else name).upper()


def _facts(question: Question) -> list[str]:
    unit = question.unit.name if question.unit else ""
    course = question.course.title if question.course else "tất cả khóa học được giao"
    return [f"Đơn vị: {unit}", f"Khóa học: {course}"]


def _foot(question: Question, best_first) -> list[str]:
    """How the figures were counted."""
    counting = _(
        "Counted: whoever held their primary posting in these units on that day and was assigned a course that day. "
        "One person with one course is one assignment; completed is what was completed by the end of the day."
    )
    found = [counting]
    if question.kind == ReportKind.GRADES:
        limits = "; ".join(f"{band.label}: từ {_plain(band.from_points)} điểm" for band in best_first)
        found.append(_("Bands on the scale to ten: %(bands)s.") % {"bands": limits})
        found.append(_("Only courses whose scores are shown to HR."))
    elif question.shows_scores:
        found.append(_("Scores only of courses that show them to HR, on the scale to ten."))
    if question.kind == ReportKind.BY_COURSE:
        found.append(_("Taken part: has opened the course, completed or not."))
    return found


def _plain(number) -> str:
    return f"{number.normalize():f}".replace(".", ",")
