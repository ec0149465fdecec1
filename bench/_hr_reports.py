"""The reports over a province with years of evidence: CPU and statements of each page, and of the way not gone."""

import gc
import statistics
import time
from datetime import timedelta

from bench._throw_away import measured, peak_memory, server_cpu

RUNS = 5
ASKED_ALONE = 300  # people of the slow way; its cost is told for all


def write_evidence(courses: list) -> None:
    """Of every obligation: 70 % completed over three years, 10 % begun; the same people for the same seed."""
    from django.db import connection, transaction
    from django.utils import timezone

    from courses.domain.obligations.dialect import local_day, typed, value
    from courses.models import Completion, Edition, Enrolment, Obligation

    duty, study, done = (model._meta.db_table for model in (Obligation, Enrolment, Completion))
    chance = "((duty.person_id * 7919 + duty.course_id * 10473) %% 1000)"
    back = "((duty.person_id * 31 + duty.course_id * 17) %% 1000)"
    now = timezone.now().replace(microsecond=0)
    if connection.vendor == "postgresql":
        moment = f"(CAST(%s AS timestamptz) - {back} * INTERVAL '1 day')"
    else:
        moment = f"datetime(%s, '-' || {back} || ' days')"
    for course in courses:
        edition = Edition.objects.create(
            course=course, number=1, course_revision=course.save_revision(), published_at=now
        )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {study} (person_id, course_id, edition_id, cycle, enrolled_at, completed_at) "
                f"SELECT duty.person_id, duty.course_id, {typed('bigint')}, duty.cycle, {moment}, "
                f"CASE WHEN {chance} < 700 THEN {moment} END FROM {duty} AS duty "
                f"WHERE duty.course_id = %s AND duty.obliged_to IS NULL AND {chance} < 800",
                [edition.pk, value(now), value(now), course.pk],
            )
            cursor.execute(
                f"INSERT INTO {done} (enrolment_id, person_id, course_id, edition_id, completed_at, duration_minutes, "
                f"rule, unit_name, position_title, position_group, employment_type, is_manager) "
                f"SELECT study.id, study.person_id, study.course_id, study.edition_id, study.completed_at, 30, "
                f"'{{\"lessons\": []}}', '', '', '', '', FALSE FROM {study} AS study "
                f"WHERE study.course_id = %s AND study.completed_at IS NOT NULL",
                [course.pk],
            )
            cursor.execute(
                f"UPDATE {duty} AS duty SET completion_id = done.id, fulfilled_on = {local_day('done.completed_at')} "
                f"FROM {done} AS done WHERE done.course_id = %s AND duty.course_id = done.course_id "
                f"AND duty.person_id = done.person_id AND duty.obliged_to IS NULL",
                [course.pk],
            )


def measure_pages(courses: list, costs: dict) -> dict:
    """CPU milliseconds and statements of the overview and of lists, as an HR officer of the whole province."""
    from django.conf import settings
    from django.contrib.staticfiles.storage import StaticFilesStorage, staticfiles_storage
    from django.test import Client

    from people.models import Person, RoleGrant, Unit
    from reports.domain import keeping

    with measured("today's figures counted ahead", costs):
        keeping.keep_present()
    with measured("the same again: nothing to write", costs):
        keeping.keep_present()
    with measured("twelve months' ends", costs):
        keeping.keep_months()
    _collect_as_served()
    settings.DEBUG = False  # no statement is kept; the names of static files need no manifest here
    staticfiles_storage._wrapped = StaticFilesStorage()
    root = Unit.objects.get(code="LG")
    officer = Person.objects.create(username="do-luong", full_name="Người Đo Lường", password="!")
    RoleGrant.objects.create(person=officer, role="hr_officer", unit=root)
    client = Client(headers={"host": "localhost"})
    client.force_login(officer)
    department = Unit.objects.get(code="LG-NV").pk
    with measured("a former day counted when asked for", costs):
        keeping.keep_day(settings_day() - timedelta(days=40))
    one = Person.objects.filter(obligations__isnull=False).order_by("pk").first().pk
    former = (settings_day() - timedelta(days=40)).isoformat()
    pages = {
        "list: everything": "/nhan-su/",
        "overview": "/nhan-su/tong-quan/",
        "overview, one course": f"/nhan-su/tong-quan/?khoa_hoc={courses[0].pk}",
        "overview, one department": f"/nhan-su/tong-quan/?don_vi={department}",
        "overview, one department on a former day": f"/nhan-su/tong-quan/?don_vi={department}&ngay={former}",
        "overview on a former day": f"/nhan-su/tong-quan/?ngay={former}",
        "list: overdue": "/nhan-su/?trang_thai=qua-han&dien=tinh-ty-le",
        "list: overdue, page 21 from page 20": _from_page_twenty(client),
        "list: overdue, the last page": "/nhan-su/?trang_thai=qua-han&dien=tinh-ty-le&trang=999999&cuoi=1",
        "list: overdue on a former day": f"/nhan-su/?trang_thai=qua-han&dien=tinh-ty-le&ngay={former}",
        "report by unit": "/nhan-su/bao-cao/theo-don-vi/",
        "report by course": "/nhan-su/bao-cao/theo-khoa-hoc/",
        "report by kind of people": "/nhan-su/bao-cao/theo-doi-tuong/",
        "report: the detailed list": "/nhan-su/bao-cao/danh-sach/",
        "report: the detailed list, one department": f"/nhan-su/bao-cao/danh-sach/?don_vi={department}",
        "report: classification": "/nhan-su/bao-cao/xep-loai/",
        "list: not started, one course": f"/nhan-su/?trang_thai=chua-hoc&dien=tinh-ty-le&khoa_hoc={courses[1].pk}",
        "list: completed": "/nhan-su/?trang_thai=hoan-thanh&dien=tinh-ty-le",
        "list: one department": f"/nhan-su/?don_vi={department}&dien=tinh-ty-le",
        "list: a name": "/nhan-su/?q=nguyen+van+an&dien=tinh-ty-le",
        "one person's evidence": f"/nhan-su/nguoi/{one}/",
    }
    return {name: _page(client, address, name) for name, address in pages.items()}


def _collect_as_served() -> None:
    """Python's collector of garbage as `config.wsgi` sets it for the processes that answer requests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def _from_page_twenty(client) -> str:
    """The link to the next page that page 20 of the overdue offers."""
    answer = client.get("/nhan-su/?trang_thai=qua-han&dien=tinh-ty-le&trang=20")
    shown = answer.content.decode().partition("trang=21&amp;sau=")[2].partition("#")[0]
    return f"/nhan-su/?trang_thai=qua-han&dien=tinh-ty-le&trang=21&sau={shown}"


def settings_day():
    from django.utils import timezone

    return timezone.localdate()


def _page(client, address: str, name: str) -> dict:
    """The median of some runs after one that warms caches; the server's CPU, which comes in steps, over all of them."""
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    reset_queries()
    with CaptureQueriesContext(connection) as statements:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
    asked = len(statements)  # the next request begins a new list
    begun, here = server_cpu() or 0, []
    for _run in range(RUNS):
        cpu = time.process_time()
        client.get(address)
        here.append((time.process_time() - cpu) * 1000)
    server = ((server_cpu() or 0) - begun) * 1000 / RUNS
    median = statistics.median(here)
    found = {"cpu_ms": round(median + server), "here_ms": round(median), "database_ms": round(server)}
    found["statements"] = asked
    print(f"{name:44}", "  ".join(f"{key} {value}" for key, value in found.items()), flush=True)
    return found


def one_query_per_person() -> float:
    """Seconds of CPU a person of counting in a loop: posting, obligations, enrolment of each."""
    from courses.models import Enrolment
    from people.models import Person
    from people.queries import primary_posting

    people = list(Person.objects.filter(postings__is_primary=True, postings__valid_to__isnull=True)[:ASKED_ALONE])
    day, late = settings_day(), 0
    begun, server = time.process_time(), server_cpu() or 0
    for person in people:
        if primary_posting(person, day) is None:
            continue
        for duty in person.obligations.filter(obliged_to__isnull=True):
            if duty.fulfilled_on is None:
                late += duty.due_on < day
                Enrolment.objects.filter(person=person, course=duty.course_id).exists()
    return (time.process_time() - begun + (server_cpu() or 0) - server) / len(people)


def measure_workbook(costs: dict) -> dict:
    """The detailed list of the whole province as a workbook, and a bare loop of the same writer over the same cells.

    Both write to a file and read nothing back; the memory is the peak of a process of their own.
    """
    import tempfile

    from people.models import Person
    from reports.documents.asking import Question
    from reports.documents.kinds import FileFormat, ReportKind
    from reports.documents.paper import paper_of
    from reports.documents.writing import write
    from reports.domain.kept import with_time

    officer = Person.objects.get(username="do-luong")
    before = peak_memory()
    with with_time(), tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
        paper = paper_of(Question.of(officer, ReportKind.DETAILS, day=settings_day(), unit=None, course=None))
        with measured("the detailed list as a workbook", costs, paper.count):
            write(paper, FileFormat.XLSX, file, folder)
        size = file.tell() // 1024 // 1024
    after = peak_memory()
    bare = "a bare loop of the same writer"
    with measured(bare, costs, paper.count):
        _bare_loop(paper.count, len(paper.table.columns))
    ratio = costs["the detailed list as a workbook"]["cpu_s"] / costs[bare]["cpu_s"]
    found = {"rows": paper.count, "columns": len(paper.table.columns), "mb_of_file": size, "peak_mb": after}
    found |= {"mb_above_before": after - before, "to_bare_loop": round(ratio, 2)}
    print("workbook:", found, flush=True)
    return found


def _bare_loop(rows: int, columns: int) -> None:
    """Texts as long as those of the list, two days and two numbers a row, each with a format."""
    import tempfile
    from datetime import date

    import xlsxwriter

    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder})
        text, day = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "dd/mm/yyyy"})
        sheet, today = book.add_worksheet(), date(2026, 11, 29)
        for line in range(rows):
            sheet.write_number(line, 0, line, text)
            for column in range(1, columns - 3):
                sheet.write_string(line, column, "Nguyễn Văn Minh Họa", text)
            sheet.write_datetime(line, columns - 3, today, day)
            sheet.write_datetime(line, columns - 2, today, day)
            sheet.write_number(line, columns - 1, line, text)
        book.close()
