"""The course authors' desk: writing, previewing, scheduling, approving, and what must not be deleted."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision, WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from courses.domain import assignment
from courses.domain import enrolment as enrolling
from courses.models import CourseIndexPage, CoursePage, Directive, Edition, LessonPage
from home.domain.publishing import publish_due
from home.models import HomePage
from people.models import AuditEntry, Unit
from quizzes.domain.access_codes import matches
from quizzes.kinds.texts import in_language
from quizzes.models import Quiz
from tests.cast import complete, finish_lessons
from tests.courses.stage import browser_of, edition_lessons, queries_of, small_course

COURSES = ()
AUTHORS = ("tam", "an")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def desk(cast):
    """A function: a browser signed in as the named member of the cast, reading English."""

    def sign_in(username: str) -> Client:
        browser = browser_of(cast[username])
        browser.cookies["language"] = "en"
        return browser

    return sign_in


@pytest.fixture
def tam(desk) -> Client:
    return desk("tam")


@pytest.fixture
def course(stage, db) -> CoursePage:
    return small_course(lessons=2)


@pytest.fixture
def catalogue(stage, db) -> CourseIndexPage:
    return CourseIndexPage.objects.get()


def page_url(name: str, *args) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def course_data(**changes) -> dict:
    modules = inline_formset([{"code": "M1", "title": "Mở đầu", "audience": "everyone"}])
    facts = {
        "title": "Tiếp công dân",
        "slug": "tiep-cong-dan",
        "code": "TCD-1",
        "summary": "Tiếp và lắng nghe người dân.",
        "duration_minutes": "30",
        "review_status": "draft",
        "certificate_kind": "completion",
        "modules": modules,
        "prerequisites": inline_formset([]),
        "co_owners": inline_formset([]),
        "comments": inline_formset([]),
    }
    return nested_form_data(facts | changes)


def lesson_data(**changes) -> dict:
    body = streamfield([("heading", "Chào hỏi trước"), ("text", rich_text("<p>Mời người dân ngồi.</p>"))])
    facts = {
        "title": "Lời chào",
        "slug": "loi-chao",
        "module_code": "M1",
        "minutes": "7",
        "introduction": "Bắt đầu bằng lời chào.",
        "body": body,
        "comments": inline_formset([]),
    }
    return nested_form_data(facts | changes)


def add_course(browser: Client, catalogue, **changes):
    return browser.post(page_url("add", "courses", "coursepage", catalogue.pk), course_data(**changes))


def add_lesson(browser: Client, course, **changes):
    return browser.post(page_url("add", "courses", "lessonpage", course.pk), lesson_data(**changes))


def errors_of(response) -> dict:
    assert response.status_code == 200
    return dict(response.context["form"].errors)


# --- Writing ---------------------------------------------------------------------------------------------


def test_an_author_writes_a_course_and_a_lesson_and_publishes_them(tam, catalogue, client):
    add_course(tam, catalogue)
    course = CoursePage.objects.get(code="TCD-1")
    assert not course.live and course.owner.username == "tam"
    add_lesson(tam, course)
    lesson = LessonPage.objects.get(slug="loi-chao")
    assert lesson.module_code == "M1" and not Edition.objects.filter(course=course).exists()
    for page, data in ((lesson, lesson_data()), (course, course_data(modules=kept_modules(course)))):
        assert tam.post(page_url("edit", page.pk), data | {"action-publish": "1"}).status_code == 302
    course.refresh_from_db()
    assert course.live and [row.title for row in edition_lessons(course)] == ["Lời chào"]
    assert edition_lessons(course)[0].module_title == "Mở đầu"
    assert "Tiếp công dân" in client.get("/khoa-hoc/").content.decode()


def kept_modules(course: CoursePage) -> dict:
    rows = [
        {"id": str(module.pk), "code": module.code, "title": module.title, "audience": module.audience}
        for module in course.modules.all()
    ]
    return inline_formset(rows, initial=len(rows))


def test_an_author_creates_pages_only_below_the_catalogue(tam, catalogue):
    home = HomePage.objects.get()
    assert tam.get(page_url("add", "home", "standardpage", home.pk)).status_code == 302
    assert tam.get(page_url("add_subpage", catalogue.pk)).url == page_url("add", "courses", "coursepage", catalogue.pk)
    assert tam.get(page_url("edit", home.pk)).status_code == 302


@pytest.mark.parametrize("username", ["thao"])
def test_the_press_office_writes_no_courses(desk, catalogue, course, username):
    browser = desk(username)
    assert browser.get(page_url("add", "courses", "coursepage", catalogue.pk)).status_code == 302
    assert browser.get(page_url("edit", course.pk)).status_code == 302
    assert browser.get(page_url("delete", course.pk)).status_code == 302


def test_a_code_is_given_once(tam, catalogue, course):
    errors = errors_of(add_course(tam, catalogue, code=course.code.lower()))
    taken = f"The course “{course.title}” has the code {course.code} already. Choose another code."
    assert errors == {"code": [taken]}


def test_even_a_draft_has_a_code(tam, catalogue):
    assert errors_of(add_course(tam, catalogue, code="")) == {"code": ["This field is required."]}


def test_two_modules_of_a_course_do_not_share_a_code(tam, catalogue):
    module = {"code": "M1", "title": "Mở đầu", "audience": "everyone"}
    response = add_course(tam, catalogue, modules=inline_formset([module, module]))
    second = response.context["form"].formsets["modules"].forms[1]
    assert second.errors == {"code": ["Another module of this course has the code M1."]}
    assert not CoursePage.objects.filter(code="TCD-1").exists()


def test_a_lesson_chooses_among_the_modules_of_its_course(tam, course):
    page = tam.get(page_url("add", "courses", "lessonpage", course.pk))
    codes = [module.code for module in course.modules.all()]
    assert [code for code, _title in page.context["form"].fields["module_code"].choices] == ["", *codes]


def test_an_unknown_module_is_refused_and_the_known_ones_are_named(tam, course):
    errors = errors_of(add_lesson(tam, course, module_code="M99"))
    known = ", ".join(module.code for module in course.modules.all())
    assert errors == {"module_code": [f"“M99” is not a module of this course. Its modules: {known}."]}


def test_a_module_of_the_courses_draft_can_be_chosen_already(tam, course):
    course.modules.add(course.modules.model(code="MX", title="Chuyên đề mới"))
    course.save_revision()
    page = tam.get(page_url("add", "courses", "lessonpage", course.pk))
    assert "MX · Chuyên đề mới" in page.content.decode()
    assert add_lesson(tam, course, module_code="MX").status_code == 302


def test_a_lesson_may_stand_outside_all_modules(tam, course):
    assert add_lesson(tam, course, module_code="").status_code == 302


# --- Preview ---------------------------------------------------------------------------------------------


def test_a_draft_lesson_is_previewed_as_readers_will_see_it(tam, course):
    lesson = LessonPage.objects.child_of(course).first()
    address = page_url("preview_on_edit", lesson.pk)
    sent = tam.post(address, lesson_data(title="Lời chào mới"))
    assert sent.json() == {"is_valid": True, "is_available": True}
    shown = tam.get(address)
    page = shown.content.decode()
    assert shown.status_code == 200 and "Lời chào mới" in page and "Mời người dân ngồi." in page
    assert 'class="lesson"' in page and course.title in page
    assert shown.headers.get("X-Frame-Options", "SAMEORIGIN") == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    lesson.refresh_from_db()
    assert lesson.title != "Lời chào mới"


def test_a_lesson_is_previewed_before_it_is_ever_stored(tam, course):
    address = page_url("preview_on_add", "courses", "lessonpage", course.pk)
    assert tam.post(address, lesson_data()).json()["is_valid"]
    assert "Mời người dân ngồi." in tam.get(address).content.decode()
    assert not LessonPage.objects.filter(slug="loi-chao").exists()


def test_a_course_is_previewed(tam, course, catalogue):
    address = page_url("preview_on_edit", course.pk)
    assert tam.post(address, course_data(modules=kept_modules(course))).json()["is_valid"]
    assert "Tiếp và lắng nghe người dân." in tam.get(address).content.decode()
    address = page_url("preview_on_add", "courses", "coursepage", catalogue.pk)
    assert tam.post(address, course_data()).json()["is_valid"]
    assert tam.get(address).status_code == 200


def test_the_preview_offers_the_width_of_a_phone_first(tam, course):
    for page in (course, LessonPage.objects.child_of(course).first()):
        editor = tam.get(page_url("edit", page.pk)).content.decode()
        assert 'data-device-width="360"' in editor.replace("'", '"')
        assert page.preview_sizes[0]["device_width"] == 360 and page.default_preview_size == "mobile"


def test_a_draft_is_not_previewed_by_learners(desk, course, client):
    lesson = LessonPage.objects.child_of(course).first()
    for browser in (client, desk("lan")):
        response = browser.get(page_url("view_draft", lesson.pk))
        assert response.status_code == 403 or response.url.startswith("/tai-khoan/login/")
    assert desk("tam").get(page_url("view_draft", lesson.pk)).status_code == 200


# --- Scheduling ------------------------------------------------------------------------------------------


def test_a_scheduled_lesson_goes_live_at_its_time(tam, course, monkeypatch):
    add_lesson(tam, course)
    lesson = LessonPage.objects.get(slug="loi-chao")
    later = timezone.localtime(timezone.now() + timedelta(days=2))
    data = lesson_data(go_live_at=later.strftime("%d/%m/%Y %H:%M")) | {"action-publish": "1"}
    response = tam.post(page_url("edit", lesson.pk), data)
    assert response.status_code == 302, response.context["form"].errors
    assert publish_due() == 0
    lesson.refresh_from_db()
    assert not lesson.live and lesson.latest_revision.approved_go_live_at
    monkeypatch.setattr(timezone, "now", lambda: later + timedelta(minutes=1))
    assert publish_due() == 1
    lesson.refresh_from_db()
    assert lesson.live and edition_lessons(course)[-1].lesson_id == lesson.pk


def test_a_lesson_created_for_later_is_not_readable_before(tam, course, desk):
    later = timezone.localtime(timezone.now() + timedelta(days=2))
    course.is_open = True
    course.save_revision().publish()
    add_lesson(tam, course, go_live_at=later.strftime("%d/%m/%Y %H:%M"), **{"action-publish": "1"})
    lesson = LessonPage.objects.get(slug="loi-chao")
    assert not lesson.live
    assert Client().get(f"{course.url}loi-chao/").status_code == 404
    assert lesson.pk not in {row.lesson_id for row in edition_lessons(course)}


# --- Approval --------------------------------------------------------------------------------------------


def test_a_submitted_course_is_approved_by_an_administrator(tam, desk, catalogue, cast):
    add_course(tam, catalogue, **{"action-submit": "1"})
    course = CoursePage.objects.get(code="TCD-1")
    state = course.current_workflow_state
    assert state.workflow.name == "Duyệt khóa học" and not course.live
    assert [message.to for message in mail.outbox] == [[cast["an"].work_email]]
    an = desk("an")
    assert "Tiếp công dân" in an.get(reverse("wagtailadmin_home")).content.decode()
    task = state.current_task_state
    approve = page_url("workflow_action", course.pk, "approve", task.pk)
    assert tam.post(approve, {}).status_code == 302 and not CoursePage.objects.get(pk=course.pk).live
    an.post(approve, {})
    course.refresh_from_db()
    assert course.live
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_APPROVED


def test_an_administrator_sends_a_lesson_back_with_a_comment(tam, desk, course):
    add_lesson(tam, course, **{"action-submit": "1"})
    lesson = LessonPage.objects.get(slug="loi-chao")
    task = lesson.current_workflow_state.current_task_state
    reject = page_url("workflow_action", lesson.pk, "reject", task.pk)
    assert desk("an").get(reject, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 200
    desk("an").post(reject, {"comment": "Cần thêm ví dụ."})
    lesson.refresh_from_db()
    assert lesson.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES and not lesson.live
    assert "Cần thêm ví dụ." in tam.get(page_url("edit", lesson.pk)).content.decode()


# --- What must not be deleted ----------------------------------------------------------------------------


@pytest.fixture
def taken(course, cast) -> CoursePage:
    """A course one person completed and another one began."""
    complete(cast["lan"], course)
    enrolling.enrol(cast["minh"], course)
    assignment.assign(
        course, Unit.objects.get(code="LG-TS"), date(2027, 1, 1), directive=directive(), actor=cast["hung"]
    )
    return course


def directive(**fields) -> Directive:
    facts = {"number": "05/CT-UBND", "title": "Về văn hóa công vụ", "issuer": "UBND tỉnh Lam Giang"}
    return Directive.objects.create(**facts | fields)


@pytest.mark.parametrize("username", AUTHORS)
def test_a_course_that_was_taken_is_explained_and_not_deleted(desk, taken, username):
    browser, address = desk(username), page_url("delete", taken.pk)
    asked, sent = browser.get(address), browser.post(address)
    assert (asked.status_code, sent.status_code) == (200, 409)
    for page in (asked.content.decode(), sent.content.decode()):
        assert "Cannot be deleted" in page and "2 people have taken it" in page
        for kind in ("Enrolments: 2", "Completion: 1", "Edition: 1", "Assignment: 1", "Obligations: "):
            assert kind in page
        assert page_url("unpublish", taken.pk) in page and "Unpublish (archive)" in page
        assert reverse("wagtailadmin_explore", args=[taken.get_parent().pk]) in page
    assert CoursePage.objects.filter(pk=taken.pk).exists()


def test_the_archive_button_works_and_the_records_stay(tam, taken, cast, client):
    page = tam.get(page_url("unpublish", taken.pk))
    assert page.status_code == 200
    tam.post(page_url("unpublish", taken.pk), {"include_descendants": "on"})
    taken.refresh_from_db()
    assert not taken.live and taken.enrolments.count() == 2
    assert taken.title not in client.get("/khoa-hoc/").content.decode()
    assert browser_of(cast["lan"]).get("/giay-xac-nhan/").status_code == 200
    assert "Unpublish (archive)" not in tam.get(page_url("delete", taken.pk)).content.decode()


def test_a_lesson_that_was_read_is_explained_and_not_deleted(tam, taken):
    lesson = edition_lessons(taken)[0].lesson
    page = tam.get(page_url("delete", lesson.pk)).content.decode()
    assert "1 person has taken it" in page and "Lesson record: 1" in page
    assert tam.post(page_url("delete", lesson.pk)).status_code == 409


def test_whatever_stands_above_the_records_stays_too(desk, taken, catalogue):
    an, root = desk("an"), HomePage.objects.get().get_parent()
    for page in (catalogue, HomePage.objects.get()):
        shown = an.get(page_url("delete", page.pk))
        assert shown.status_code == 200 and taken.title in shown.content.decode()
        assert an.post(page_url("delete", page.pk)).status_code == 409
    assert an.get(page_url("delete", root.pk)).status_code == 302
    assert Page.objects.filter(pk=taken.pk).exists()


def test_bulk_deletion_explains_too(desk, taken):
    other = small_course("NHO-2")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    for username in AUTHORS:
        address_of_both = f"{address}?id={taken.pk}&id={other.pk}"
        assert desk(username).get(address_of_both).status_code == 200
        response = desk(username).post(address_of_both)
        assert response.status_code == 409 and "2 people have taken it" in response.content.decode()
        assert f"Unpublish (archive): {other.title}" in response.content.decode()
    assert CoursePage.objects.filter(pk__in=[taken.pk, other.pk]).count() == 2


def test_drafts_nobody_has_seen_can_be_deleted(tam, catalogue, course):
    add_course(tam, catalogue)
    draft = CoursePage.objects.get(code="TCD-1")
    add_lesson(tam, draft)
    page = tam.get(page_url("delete", draft.pk)).content.decode()
    assert "Cannot be deleted" not in page
    assert tam.post(page_url("delete", draft.pk)).status_code == 302
    assert not CoursePage.objects.filter(code="TCD-1").exists()
    add_lesson(tam, course)
    lesson = LessonPage.objects.get(slug="loi-chao")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    assert tam.post(f"{address}?id={lesson.pk}").status_code == 302
    assert not LessonPage.objects.filter(slug="loi-chao").exists()


def test_a_published_lesson_nobody_took_is_unpublished_first_and_deleted_then(tam, course):
    lesson = edition_lessons(course)[1].lesson
    assert tam.post(page_url("delete", lesson.pk)).status_code == 409
    tam.post(page_url("unpublish", lesson.pk))
    assert tam.post(page_url("delete", lesson.pk)).status_code == 302
    assert not LessonPage.objects.filter(pk=lesson.pk).exists()


def test_purging_old_revisions_keeps_the_pinned_ones(taken, cast, client):
    lesson = edition_lessons(taken)[0]
    page = lesson.lesson
    pinned = lesson.revision_id
    for number in range(3):
        page.title = f"Bản {number}"
        page.save_revision().publish()
    superseded = page.revisions.exclude(pk=pinned).order_by("created_at").first().pk
    call_command("purge_revisions")
    assert Revision.objects.filter(pk=pinned).exists()
    assert Revision.objects.filter(pk=taken.editions.last().course_revision_id).exists()
    assert not Revision.objects.filter(pk=superseded).exists()
    assert browser_of(cast["lan"]).get(f"{taken.url}{lesson.slug}/").status_code == 200


def test_a_lesson_of_an_edition_taken_is_not_moved_to_another_course(tam, taken):
    lesson = edition_lessons(taken)[0].lesson
    other = CoursePage(title="Khác", slug="khac", code="KHAC", summary="Khác", duration_minutes=5)
    taken.get_parent().add_child(instance=other)
    page = tam.get(page_url("move_confirm", lesson.pk, other.pk)).content.decode()
    assert "Cannot be moved" in page and page_url("copy", lesson.pk) in page
    assert tam.post(page_url("move_confirm", lesson.pk, other.pk)).status_code == 409
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    assert tam.post(f"{bulk}?id={lesson.pk}", {"chooser": other.pk}).status_code == 409
    assert lesson.get_parent().pk == taken.pk


def test_another_order_of_lessons_is_published_at_once(tam, course):
    first, second = (row.lesson_id for row in edition_lessons(course))
    tam.post(page_url("set_page_position", second) + "?position=0")
    assert [row.lesson_id for row in edition_lessons(course)] == [second, first]


# --- Copies ----------------------------------------------------------------------------------------------


def copy_data(course, parent, **changes) -> dict:
    facts = {"new_title": "Bản năm sau", "new_slug": "ban-nam-sau", "new_code": "NHO-27", "new_parent_page": parent.pk}
    return facts | {"copy_subpages": "on"} | changes


def test_the_copy_of_a_course_has_a_code_and_lessons_of_its_own(tam, course, catalogue):
    address = page_url("copy", course.pk)
    page = tam.get(address)
    assert page.status_code == 200 and "alias" not in page.context["form"].fields
    response = tam.post(address, copy_data(course, catalogue, new_code=course.code))
    assert "already. Choose another code." in str(response.context["form"].errors["new_code"])
    assert tam.post(address, copy_data(course, catalogue, publish_copies="on")).status_code == 302
    copy = CoursePage.objects.get(code="NHO-27")
    assert copy.live and copy.starter_fingerprint == "" and copy.get_children().count() == 2
    assert len(edition_lessons(copy)) == 2
    assert {row.lesson_id for row in edition_lessons(copy)}.isdisjoint(row.lesson_id for row in edition_lessons(course))
    assert copy.get_latest_revision_as_object().code == "NHO-27"


@pytest.mark.parametrize("model", [CourseIndexPage, HomePage])
def test_what_exists_once_is_not_copied_with_the_courses_in_it(desk, course, model):
    page = model.objects.get()
    data = copy_data(course, page.get_parent(), new_code="")
    assert desk("an").post(page_url("copy", page.pk), data).status_code in {200, 302}
    assert model.objects.count() == 1 and CoursePage.objects.count() == 1


def test_an_alias_of_a_lesson_is_not_offered(tam, course):
    lesson = edition_lessons(course)[0].lesson
    assert "alias" not in tam.get(page_url("copy", lesson.pk)).context["form"].fields


# --- Quizzes and directives ------------------------------------------------------------------------------


def quiz_screens(course) -> list[str]:
    return [
        reverse("quiz_desk:index"),
        reverse("quiz_desk:edit", args=[course.quiz_id]),
        reverse("quiz_desk:delete", args=[course.quiz_id]),
        reverse("quiz_desk:history", args=[course.quiz_id]),
        reverse("quiz_desk:usage", args=[course.quiz_id]),
        reverse("quiz_chooser:choose"),
    ]


def directive_screens(document) -> list[str]:
    one = [document.pk]
    return [
        reverse("directives:index"),
        reverse("directives:add"),
        reverse("directives:edit", args=one),
        reverse("directives:delete", args=one),
        reverse("directives:history", args=one),
        reverse("directives:usage", args=one),
    ]


def test_quizzes_and_directives_open_for_authors_and_administrators_only(desk, course):
    own = [*quiz_screens(course)[:-1], *directive_screens(directive())]
    for username in AUTHORS:
        for address in [*own, reverse("quiz_chooser:choose"), reverse("desk_courses")]:
            assert desk(username).get(address, follow=True).status_code == 200, address
    for address in own:
        assert desk("thao").get(address).status_code == 302, address
        assert desk("lan").get(address).status_code == 403, address


def test_the_rules_of_a_quiz_can_be_changed_and_its_questions_read(tam, course, cast):
    address = reverse("quiz_desk:edit", args=[course.quiz_id])
    assert reverse("exam_paper", args=[course.quiz_id]) in tam.get(address).content.decode()
    page = tam.get(reverse("exam_paper", args=[course.quiz_id])).content.decode()
    question = course.quiz.sections.get().section_questions.get().question
    stem = escape(in_language(question.current.content["stem"], "en"))
    assert question.code in page and stem[:60] in page
    rules = {"title": course.quiz.title, "time_limit_minutes": "15", "grace_seconds": "20", "max_attempts": "2"}
    rules |= {"questions_per_page": "5", "waiting_minutes": "60", "mode": "examination", "shows": "score"}
    rules |= {"shown_when": "at_once", "access_code": "Hoa Ban 26"}
    tam.post(address, rules | {"pass_percent": "80", "shuffle_questions": "on"})
    quiz = Quiz.objects.get(pk=course.quiz_id)
    assert (quiz.time_limit_minutes, quiz.max_attempts, quiz.pass_percent) == (15, 2, 80)
    assert (quiz.questions_per_page, quiz.waiting_minutes, quiz.shows) == (5, 60, "score")
    assert matches("hoa ban 26", quiz.access_code_digest)
    assert "Hoa Ban" not in tam.get(address).content.decode() + str(AuditEntry.objects.values())
    entry = AuditEntry.objects.get(action="quiz.changed")
    assert entry.actor == cast["tam"] and "pass_percent" in entry.details["fields"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("max_attempts", "0"),
        ("pass_percent", "101"),
        ("pass_percent", "0"),
        ("networks", "phòng thi"),
        ("closes_at", ""),  # needed where results are shown after it
    ],
)
def test_impossible_rules_are_refused(tam, course, field, value):
    rules = {"title": "Kiểm tra", "grace_seconds": "20", "max_attempts": "2", "pass_percent": "80"}
    rules |= {"shown_when": "after_close", field: value}
    response = tam.post(reverse("quiz_desk:edit", args=[course.quiz_id]), rules)
    assert field in errors_of(response)


def test_a_quiz_in_use_is_explained_and_not_deleted(tam, taken):
    address = reverse("quiz_desk:delete", args=[taken.quiz_id])
    page = tam.get(address).content.decode()
    assert "Cannot be deleted" in page and "Attempt: 1" in page and "Course: 1" in page
    assert tam.post(address).status_code == 409
    unused = Quiz.objects.create(code="THUA", title="Bài thừa")
    assert tam.post(reverse("quiz_desk:delete", args=[unused.pk])).status_code == 302
    assert AuditEntry.objects.filter(action="quiz.deleted").exists()
    assert not Quiz.objects.filter(code="THUA").exists()


def test_a_quiz_is_chosen_in_a_dialog_without_marks(tam, course):
    Quiz.objects.create(code="KHAC", title="Chữ ký số")
    page = tam.get(reverse("quiz_chooser:choose_results"), {"q": "chu ky"}).content.decode()
    assert "Chữ ký số" in page and course.quiz.title not in page
    assert reverse("quiz_chooser:choose") in tam.get(page_url("edit", course.pk)).content.decode()


def test_a_directive_is_entered_corrected_and_found_without_marks(tam, cast):
    data = {"number": "12/KH-UBND", "title": "Kế hoạch bồi dưỡng", "issuer": "UBND tỉnh", "issued_on": "05/01/2026"}
    response = tam.post(reverse("directives:add"), data)
    assert response.status_code == 302
    document = Directive.objects.get(number="12/KH-UBND")
    assert document.issued_on == date(2026, 1, 5)
    assert AuditEntry.objects.get(action="directive.created").actor == cast["tam"]
    tam.post(reverse("directives:edit", args=[document.pk]), data | {"checked_on": "01/11/2026"})
    assert AuditEntry.objects.get(action="directive.changed").details == {"fields": ["checked_on"]}
    directive()
    page = tam.get(reverse("directives:index_results"), {"q": "ke hoach boi duong"}).content.decode()
    assert "12/KH-UBND" in page and "05/CT-UBND" not in page


def test_a_directive_is_entered_once(tam):
    directive()
    data = {"number": "05/CT-UBND", "title": "Khác", "issuer": "UBND tỉnh Lam Giang"}
    assert errors_of(tam.post(reverse("directives:add"), data))


def test_a_directive_in_use_is_explained_and_not_deleted(tam, taken):
    document = Directive.objects.get()
    address = reverse("directives:delete", args=[document.pk])
    page = tam.get(address).content.decode()
    assert "Cannot be deleted" in page and "Assignment: 1" in page
    assert tam.post(address).status_code == 409
    unused = directive(number="99/CT-UBND")
    tam.post(reverse("directives:delete", args=[unused.pk]))
    assert not Directive.objects.filter(number="99/CT-UBND").exists()


def test_longer_lists_take_no_more_queries(tam, course):
    directive()
    lists = [reverse("quiz_desk:index"), reverse("directives:index")]
    few = [queries_of(lambda address=address: tam.get(address)) for address in lists]
    small_course("NHO-2", questions=3)
    small_course("NHO-3", questions=3)
    directive(number="1"), directive(number="2")
    assert [queries_of(lambda address=address: tam.get(address)) for address in lists] == few
    three = CoursePage.objects.get(code="NHO-2").quiz_id
    for name in ("quiz_desk:edit", "exam_paper"):
        few = queries_of(lambda name=name: tam.get(reverse(name, args=[course.quiz_id])))
        assert queries_of(lambda name=name: tam.get(reverse(name, args=[three]))) == few


# --- Files of lessons ------------------------------------------------------------------------------------


@pytest.fixture
def document(stage, db):
    return get_document_model().objects.create(title="Phiếu", file=ContentFile(b"noi dung", name="phieu.pdf"))


@pytest.fixture
def make_photograph(db):
    def make():
        file = BytesIO()
        Image.new("RGB", (120, 80), "#1D3B66").save(file, "JPEG")
        photograph = get_image_model()(
            title="Tranh",
            alt_text="Một bức tranh",
            credit="Tranh: Tổ báo chí",
            file=ContentFile(file.getvalue(), name="tranh.jpg"),
        )
        photograph._set_image_file_metadata()
        photograph.save()
        return photograph

    return make


def put_into(lesson: LessonPage, document, publish: bool = True) -> None:
    link = f'<p><a linktype="document" id="{document.pk}">Phiếu</a></p>'
    lesson.body = [("text", link)]
    revision = lesson.save_revision()
    if publish:
        revision.publish()


def opened(course: CoursePage, is_open: bool = True) -> None:
    course = CoursePage.objects.get(pk=course.pk)
    course.is_open = is_open
    course.save_revision().publish()


def may_have(client: Client, document) -> bool:
    response = client.get(document.url)
    if response.status_code == 302:
        assert response.url.startswith("/tai-khoan/login/?next=/tep/tai-lieu/")
        return False
    assert response.status_code == 200
    return True


def test_documents_need_sign_in_unless_their_course_is_open(client, desk, course, document):
    lesson = edition_lessons(course)[0].lesson
    put_into(lesson, document)
    assert not may_have(client, document) and may_have(desk("lan"), document)
    opened(course)
    assert may_have(client, document)
    opened(course, False)
    assert not may_have(client, document)


def test_nothing_unpublished_gives_a_document_away(client, course, document):
    opened(course)
    lesson = edition_lessons(course)[0].lesson
    put_into(lesson, document, publish=False)  # only in a draft of the live lesson
    assert not may_have(client, document)
    put_into(lesson, document)
    assert may_have(client, document)
    LessonPage.objects.get(pk=lesson.pk).unpublish()
    assert not may_have(client, document)


def test_a_course_taken_off_the_site_takes_its_documents_along(client, course, document):
    opened(course)
    put_into(edition_lessons(course)[0].lesson, document)
    CoursePage.objects.get(pk=course.pk).unpublish()
    assert not may_have(client, document)


def test_an_open_course_opens_no_other_courses_documents(client, course, document):
    opened(course)
    put_into(edition_lessons(small_course("KIN"))[0].lesson, document)
    assert not may_have(client, document)


def test_public_documents_are_for_everybody_and_never_below_the_public_folder(client, document):
    assert not may_have(client, document)
    document.is_public = True
    document.save()
    assert may_have(client, document)
    assert client.get(f"/tep/{document.file.name}").status_code == 404


@pytest.mark.parametrize("username", AUTHORS)
def test_a_document_of_a_published_lesson_is_explained_and_not_deleted(desk, course, document, username):
    browser, lesson = desk(username), edition_lessons(course)[0].lesson
    put_into(lesson, document)
    address = reverse("wagtaildocs:delete", args=[document.pk])
    page = browser.get(address).content.decode()
    assert "Cannot be deleted" in page and reverse("wagtaildocs:document_usage", args=[document.pk]) in page
    assert browser.post(address).status_code == 409
    bulk = reverse("wagtail_bulk_action", args=["media", "document", "delete"])
    assert browser.post(f"{bulk}?id={document.pk}").status_code == 409
    uploaded = reverse("wagtaildocs:delete_multiple", args=[document.pk])
    assert browser.post(uploaded, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 409
    LessonPage.objects.get(pk=lesson.pk).unpublish()
    assert browser.post(address).status_code == 302
    assert not get_document_model().objects.filter(pk=document.pk).exists()


@pytest.mark.parametrize("kind", ["download", "link", "image", "video"])
def test_a_lesson_whose_files_are_gone_can_still_be_read(course, cast, document, make_photograph, kind):
    lesson, photograph = edition_lessons(course)[0].lesson, make_photograph()
    link = f'<p><a linktype="document" id="{document.pk}">Phiếu</a></p>'
    video = {"title": "Phim", "video": document, "captions": document, "poster": photograph, "transcript": link}
    blocks = {
        "download": ("download", {"document": document, "note": ""}),
        "link": ("text", link),
        "image": ("image", {"image": photograph, "caption": ""}),
        "video": ("video", video),
    }
    lesson.body = [blocks[kind], ("heading", "Đọc tiếp")]
    lesson.save_revision().publish()
    finish_lessons(cast["lan"], course)
    document.delete()
    photograph.delete()
    page = browser_of(cast["lan"]).get(f"{course.url}{edition_lessons(course)[0].slug}/")
    assert page.status_code == 200 and "Đọc tiếp" in page.content.decode()


def test_a_photograph_of_a_published_lesson_is_explained_and_not_deleted(tam, course, make_photograph):
    lesson, photograph = edition_lessons(course)[0].lesson, make_photograph()
    lesson.body = [("image", {"image": photograph, "caption": ""})]
    lesson.save_revision().publish()
    address = reverse("wagtailimages:delete", args=[photograph.pk])
    page = tam.get(address)
    assert page.status_code == 200 and "Cannot be deleted" in page.content.decode()
    assert tam.post(address).status_code == 409
    bulk = reverse("wagtail_bulk_action", args=["media", "photograph", "delete"])
    assert tam.post(f"{bulk}?id={photograph.pk}").status_code == 409
    uploaded = reverse("wagtailimages:delete_multiple", args=[photograph.pk])
    assert tam.post(uploaded, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 409
    LessonPage.objects.get(pk=lesson.pk).unpublish()
    assert tam.post(address).status_code == 302
    assert not get_image_model().objects.filter(pk=photograph.pk).exists()
