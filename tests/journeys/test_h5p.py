"""H5P activities in a real browser, with both ways of keeping them apart from the site.

“one host”: the frame stands in a sandbox without an origin. “own host”: H5P_CONTENT_ORIGIN names a second host.
"""

import contextlib
import json
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.h5p.packages import package, write
from tests.h5p.scripts import honest, hostile
from tests.journeys.conftest import ROOT, _free_port, _wait_until_up

pytestmark = pytest.mark.browser

KEPT_PLAYER = ROOT / "var" / "kept-for-tests" / "h5p-player"
_ATTEMPTS = ("parent", "top", "storage", "page", "blind", "report", "elsewhere", "image", "navigate", "worker")
BLOCKED = dict.fromkeys(_ATTEMPTS, "blocked")

MAKE_LESSON = """
import json
from courses.models import CourseIndexPage, CoursePage, LessonPage
from h5p.models import Content
ids = {ids!r}
course = CoursePage(title="Khóa có hoạt động", slug="khoa-co-hoat-dong", code="H5P-THU", summary="Minh họa",
                    duration_minutes=10)
CourseIndexPage.objects.get().add_child(instance=course)
course.save_revision().publish()
lesson = LessonPage(title="Bài có hoạt động", slug="bai-co-hoat-dong", minutes=5)
course.add_child(instance=lesson)
blocks = [
    {{"type": "activity", "value": {{"activity": Content.objects.get(uuid=uuid).pk, "rule": "reported",
      "percent": None, "required": uuid == ids[0], "starts_by_itself": False}}}}
    for uuid in ids
]
lesson.body = json.dumps(blocks)
lesson.save_revision().publish()
print(lesson.pk, course.pk, lesson.url)
"""

RESULTS = """
import json
from h5p.models import Play, SavedState
plays = Play.objects.order_by("pk").values_list("person__username", "content__uuid", "raw", "max", "completed")
print(json.dumps([[name, str(uuid), raw, highest, done] for name, uuid, raw, highest, done in plays]))
print(json.dumps(list(SavedState.objects.order_by("pk").values_list("person__username", "data"))))
"""


@pytest.fixture(scope="session")
def player(served):
    """The player's core in the served site's folder, fetched once and kept between test runs."""
    if not (KEPT_PLAYER / "frame.bundle.js").exists():
        served.manage("h5p_assets")
        shutil.copytree(served.folder / "h5p-player", KEPT_PLAYER, dirs_exist_ok=True)
    shutil.copytree(KEPT_PLAYER, served.folder / "h5p-player", dirs_exist_ok=True)


@pytest.fixture(scope="session")
def lesson(served, player, tmp_path_factory) -> dict:
    """A lesson with two honest activities and a hostile one; their ids and its address."""
    folder = tmp_path_factory.mktemp("packages")

    def imported(data: bytes, name: str) -> str:
        path = write(folder, data, name)
        told = served.manage("import_h5p", str(path), "--install-libraries", "--json", "-")
        return json.loads(told[told.index("{") :])["content_id"]

    first = imported(package(honest(), params={"question": "Câu một", "check": "Check"}), "mot.h5p")
    second = imported(package(honest(), params={"question": "Câu hai", "check": "Trả lời"}, title="Hai"), "hai.h5p")
    params = {"site": served.url, "victim": first}
    evil = imported(package(hostile(), params=params, title="Hoạt động thù địch"), "thu-dich.h5p")
    told = served.shell(MAKE_LESSON.format(ids=[first, second, evil])).splitlines()[-1]
    page, course, address = told.split()
    return {"first": first, "second": second, "evil": evil, "page": page, "course": course, "address": address}


@pytest.fixture(scope="session")
def own_host(served, player) -> str:
    """The same site served once more, its activities on the host “localhost”."""
    port = _free_port()
    environment = served.environment | {"H5P_CONTENT_ORIGIN": f"http://localhost:{port}", "PORT": str(port)}
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1",
         "--port", str(port), "--workers", "1", "--blocking-threads", "4", "--log-level", "warning",
         "config.wsgi:application"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_until_up(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(params=["one host", "own host"])
def site(request, served) -> str:
    """The site's address in one of the two ways."""
    return served.url if request.param == "one host" else request.getfixturevalue("own_host")


@pytest.fixture
def learner(browser, served):
    """A function: a browser of a demo account's own, signed in."""
    with contextlib.ExitStack() as stack:

        def sign_in(site: str, username: str, **options):
            context = browser.new_context(**options)
            stack.callback(context.close)
            page = context.new_page()
            page.goto(f"{site}/tai-khoan/login/")
            page.fill("[name=login]", username)
            page.fill("[name=password]", served.password)
            page.click("main form button")
            page.wait_for_url(lambda url: "login" not in url)
            return page

        yield sign_in


def start(page, uuid: str):
    """Starts the activity by keyboard; returns its section and the inside of its frame.

    A mouse click in the very moment of scrolling past another frame may end up in that frame.
    """
    section = page.locator(f"[data-h5p-activity='{uuid}']")
    section.locator("[data-start]").press("Enter")
    frame = section.frame_locator("iframe")
    frame.locator(".h5p-container").wait_for(timeout=90_000)  # the first play makes the bundle
    return section, frame


def results(served) -> tuple[list, list]:
    plays, states = served.shell(RESULTS).splitlines()[-2:]
    return json.loads(plays), json.loads(states)


def test_an_answer_is_stored_as_reported_and_taken_up_again(site, served, lesson, learner):
    name = "lan" if site == served.url else "minh"
    page = learner(site, name, viewport={"width": 360, "height": 740})
    page.goto(site + lesson["address"])
    page.locator(".lesson-nav form button").press("Enter")
    expect(page.locator(".message-list")).to_contain_text("Hoạt động minh họa")

    section, frame = start(page, lesson["first"])
    expect(frame.locator(".answer")).to_have_text("Kiểm tra")
    frame.locator(".choose").click()
    frame.locator(".choose").click()
    with page.expect_response("**/h5p/state/") as saved:
        frame.locator(".choose").click()
    assert saved.value.json() == {"saved": True}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.reload()
    section, frame = start(page, lesson["first"])
    expect(frame.locator(".chosen")).to_have_text("3")

    _other, inside = start(page, lesson["second"])
    expect(inside.locator(".asked")).to_have_text("Câu hai")
    expect(inside.locator(".answer")).to_have_text("Trả lời")
    frame.locator(".answer").press("Enter")
    expect(section.locator(".activity-score")).to_contain_text("2")
    page.wait_for_timeout(500)  # for what the player tells after an answer that was given twice
    plays, states = results(served)
    assert [one for one in plays if one[:2] == [name, lesson["first"]]] == [[name, lesson["first"], 2, 3, True]]
    assert [name, lesson["second"], None, None, False] in plays
    assert [name, '{"chosen":3}'] in states

    section.locator("[data-afresh]").click()
    expect(section.frame_locator("iframe").locator(".chosen")).to_have_text("0")
    page.locator(".lesson-nav form button").press("Enter")
    page.wait_for_url(lambda url: "bai-co-hoat-dong" not in url)
    page.goto(f"{site}/h5p/activity/{lesson['first']}/results/")
    assert page.locator("main").inner_text().count("2") >= 1
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}})
    assert found.response["violations"] == []


def test_a_hostile_library_reaches_nothing(site, served, lesson, learner):
    name = "hoa" if site == served.url else "mai"
    page = learner(site, name)
    page.goto(site + lesson["address"])
    page.evaluate("localStorage.setItem('secret', 'mật')")
    opened = []
    page.context.on("page", lambda popup: opened.append(popup))
    _victim, victim_frame = start(page, lesson["first"])
    before = results(served)
    before = [one for one in before[0] if one[1] != lesson["evil"]], before[1]
    _section, frame = start(page, lesson["evil"])
    expect(frame.locator(".h5p-container")).to_have_text("attacking")
    inside = next(one for one in page.frames if one != page.main_frame and one.evaluate("Boolean(window.attack)"))
    inside.wait_for_function("Object.keys(attack).length >= 15")
    attack = inside.evaluate("attack")
    assert {key: attack[key] for key in BLOCKED} == BLOCKED
    assert attack["own storage"] == "null"
    assert not {"sessionid", "csrftoken"} & {part.split("=")[0].strip() for part in attack["cookie"].split(";")}
    assert attack["frames"] == "blocked", "the other activity's frame has no number on the page"
    assert attack["popup"] in {"null", "blocked"}
    page.wait_for_timeout(1000)
    assert page.url == site + lesson["address"]
    assert opened == []
    after = results(served)
    assert [one for one in after[0] if one[1] != lesson["evil"]] == before[0]
    assert after[1] == before[1]
    expect(victim_frame.locator(".asked")).to_have_text("Câu một")


def test_control_a_frame_without_a_sandbox_would_reach_the_page(served, lesson, learner):
    page = learner(served.url, "son")
    page.goto(served.url + lesson["address"])
    title = page.evaluate(
        """() => new Promise((tell) => {
             const frame = document.createElement("iframe");
             frame.src = "/healthz";
             frame.addEventListener("load", () => {
               const { parent } = frame.contentWindow;
               tell(parent.document.title + parent.length);
             });
             document.body.append(frame);
           })"""
    )
    assert "Bài có hoạt động" in title
    assert title.endswith("1"), "outside of a shadow tree a frame can be found"


def test_a_second_play_on_the_own_host_loads_no_file_again(own_host, lesson, learner):
    page = learner(own_host, "thao")
    page.goto(own_host + lesson["address"])
    start(page, lesson["first"])
    page.reload()
    loaded = []
    page.on("requestfinished", lambda request: loaded.append(request))
    start(page, lesson["first"])
    page.wait_for_timeout(500)
    files = [one for one in loaded if "localhost" in one.url and "/h5p/play/" not in one.url]
    assert len(files) >= 2, "script and style sheet"
    assert [one.url for one in files if one.sizes()["responseBodySize"] > 0] == []


def test_nothing_of_the_player_is_loaded_before_the_start(served, lesson, learner):
    page = learner(served.url, "binh", viewport={"width": 360, "height": 740})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served.url + lesson["address"])
    page.wait_for_timeout(500)
    assert not [url for url in asked if "/h5p/c/" in url or "/h5p/play/" in url or "/h5p/core/" in url]
    assert page.locator("iframe").count() == 0


def test_without_javascript_the_activity_explains_itself(served, lesson, learner):
    page = learner(served.url, "quang", java_script_enabled=False)
    page.goto(served.url + lesson["address"])
    section = page.locator("[data-h5p-activity]").first
    assert section.locator("[data-start]").is_hidden()
    assert "JavaScript" in section.inner_text()


def test_the_own_host_has_no_pages(own_host):
    address = own_host.replace("127.0.0.1", "localhost")
    for path in ("/", "/quan-tri/", "/static/shared/css/site.css", "/khoa-hoc/"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(address + path, timeout=10)
        assert refused.value.code == 404
