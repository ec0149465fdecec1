"""Where frames and files are answered: with and without a host of their own, and what they carry."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from h5p.checks import content_origin_is_another_host
from h5p.domain import folders
from h5p.models import Library
from h5p.player import core_files, tokens
from h5p.player.bundles import bundle_of
from h5p.player.libraries import libraries_of
from tests.config.test_security_headers import policy_of
from tests.h5p.packages import PIXEL, library, text_field
from tests.h5p.player.stage import activity

pytestmark = pytest.mark.django_db
OWN_HOST = "http://h5p.example:8100"
FOREIGN = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "script"}
SITE = "http://testserver"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def content(tmp_path):
    main = library(
        "H5P.Ask",
        "1.2.3",
        semantics=[text_field()],
        css=".x { background: url('img/drawing.svg') }",
        files={"img/drawing.svg": DRAWING},
    )
    return activity(tmp_path, main, params={"question": "Hỏi"}, media={"images/diem.png": PIXEL})


def frame_address(content, site=SITE) -> str:
    return f"/h5p/play/{tokens.FramePass(content.uuid, content.revision, 'vi', site).sign()}/"


def files(content) -> dict[str, str]:
    base = f"/h5p/c/{content.uuid}/{content.revision}/{tokens.files_pass(content.uuid, content.revision)}"
    place = Library.objects.get(machine_name="H5P.Ask").build
    key = bundle_of(libraries_of(content)).key
    return {
        "library": f"{base}/lib/H5P.Ask-1.2/{place}/main.js",
        "drawing": f"{base}/lib/H5P.Ask-1.2/{place}/img/drawing.svg",
        "media": f"{base}/f/images/diem.png",
        "script": f"{base}/b/{key}.js",
        "styles": f"{base}/b/{key}.css",
    }


def lasting(content) -> dict[str, str]:
    place = Library.objects.get(machine_name="H5P.Ask").build
    key = bundle_of(libraries_of(content)).key
    return {
        "library": f"/h5p/lib/H5P.Ask-1.2/{place}/main.js",
        "script": f"/h5p/b/{key}.js",
        "styles": f"/h5p/b/{key}.css",
        "core": f"/h5p/core/{core_files.version()}/{core_files.CORE_SCRIPT}",
    }


@pytest.fixture
def own_host(settings):
    settings.H5P_CONTENT_ORIGIN = OWN_HOST
    return Client(headers={"host": "h5p.example:8100"})


def body(response) -> bytes:
    return response.getvalue() if response.streaming else response.content


def test_a_frame_in_the_opaque_sandbox(client, content):
    response = client.get(frame_address(content))
    assert response.status_code == 200
    policy = policy_of(response)
    assert policy["sandbox"] == ["allow-scripts"], "no origin of its own, not even when opened by itself"
    assert policy["default-src"] == policy["frame-src"] == policy["form-action"] == policy["worker-src"] == ["'none'"]
    assert policy["frame-ancestors"] == [SITE]
    assert all(source.startswith(f"{SITE}/h5p/") for source in policy["script-src"] + policy["connect-src"])
    assert "X-Frame-Options" not in response.headers
    assert "Set-Cookie" not in response.headers
    page = response.content.decode()
    assert len(re.findall(r"<script src=", page)) == len(re.findall(r"<link rel=", page)) == 1
    assert "Hỏi" in page
    assert "lan" not in re.findall(r"[a-z]+", page.split("</title>")[1].split("l10n")[0])


def test_a_frame_on_a_host_of_its_own(own_host, client, content):
    response = own_host.get(frame_address(content))
    assert response.status_code == 200
    policy = policy_of(response)
    assert policy["sandbox"] == ["allow-scripts", "allow-same-origin"]
    assert policy["frame-ancestors"] == [SITE]
    assert all(source.startswith(f"{OWN_HOST}/h5p/") for source in policy["script-src"])
    assert client.get(frame_address(content)).status_code == 404, "the site does not serve it"


def test_eval_is_allowed_only_to_libraries_that_need_it(client, content):
    assert "'unsafe-eval'" not in policy_of(client.get(frame_address(content)))["script-src"]
    Library.objects.update(needs_eval=True)
    assert "'unsafe-eval'" in policy_of(client.get(frame_address(content)))["script-src"]


def test_other_hosts_are_allowed_one_by_one_and_never_for_scripts(client, content):
    content.allowed_external_hosts = ["video.example.gov.vn"]
    content.save()
    policy = policy_of(client.get(frame_address(content)))
    assert "https://video.example.gov.vn" in policy["media-src"]
    assert not [source for source in policy["script-src"] if "video" in source]


def test_only_passes_made_here_open_a_frame(client, content, monkeypatch):
    good = frame_address(content)
    assert client.get(good[:-3] + "x/").status_code == 404
    content.revision = 2
    content.save()
    assert client.get(good).status_code == 404
    monkeypatch.setattr(tokens, "FRAME_MAX_AGE", -1)
    assert client.get(frame_address(content)).status_code == 404


def test_files_need_the_pass_of_their_activity(client, content):
    for name, address in files(content).items():
        assert client.get(address, headers=FOREIGN).status_code == 200, name
        spoilt = re.sub(r"/[0-9a-f]{32}/", f"/{'0' * 32}/", address)
        other = address.replace(str(content.uuid), str(uuid4()))
        next_revision = address.replace("/1/", "/2/", 1)
        assert [client.get(one).status_code for one in (spoilt, other, next_revision)] == [404] * 3


def test_a_pass_holds_for_a_while(content):
    made = tokens.files_pass(content.uuid, 1, now=0)
    tokens.check_files_pass(made, content.uuid, 1, now=2 * tokens.PERIOD - 1)
    with pytest.raises(tokens.BadPass):
        tokens.check_files_pass(made, content.uuid, 1, now=2 * tokens.PERIOD)


def test_the_sites_own_pages_cannot_load_uploaded_scripts(client, content):
    for name, address in files(content).items():
        for destination in ("script", "style", "empty", "worker", "iframe", "image"):
            asked = client.get(address, headers={"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": destination})
            assert asked.status_code == 404, (name, destination)


def test_lasting_addresses_exist_on_the_own_host_alone(own_host, client, content, settings):
    for name, address in lasting(content).items():
        response = own_host.get(address)
        assert response.status_code == 200, name
        assert "immutable" in response["Cache-Control"]
        assert client.get(address).status_code == 404, name
    settings.H5P_CONTENT_ORIGIN = ""
    for name, address in lasting(content).items():
        assert client.get(address).status_code == (200 if name == "core" else 404), name


@pytest.mark.parametrize(
    "address", ["/", "/healthz", "/quan-tri/", "/static/shared/css/site.css", "/h5p/report/", "/tep/x"]
)
def test_the_own_host_answers_nothing_else(own_host, content, address):
    response = own_host.get(address)
    assert response.status_code == 404
    assert "Set-Cookie" not in response.headers
    assert own_host.post(address).status_code == 404


def test_control_the_site_answers_them(client, site, settings):
    settings.H5P_CONTENT_ORIGIN = OWN_HOST
    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 200


def test_files_are_dead_when_opened_by_themselves(client, content):
    for address in files(content).values():
        response = client.get(address, headers=FOREIGN)
        assert "sandbox" in policy_of(response)
        assert policy_of(response)["default-src"] == ["'none'"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("name", ["seite.html", "seite.xhtml", "seite.xml", "seite.htm", "bericht.pdf", "seite"])
def test_what_is_not_known_is_a_download(client, content, name):
    folder = folders.content_folder(content.uuid, 1)
    (folder / name).write_text("<script>alert(1)</script>")
    base = files(content)["media"].rsplit("/images", 1)[0]
    response = client.get(f"{base}/{name}")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == "attachment"


@pytest.mark.parametrize("path", ["../../../../secret", "..%2f..%2fx", "images/..\\x", "a/../../b", "%00", "images"])
def test_addresses_do_not_climb_out(client, content, path):
    base = files(content)["media"].rsplit("/images", 1)[0]
    assert client.get(f"{base}/{path}").status_code == 404


def test_a_script_may_ask_before_it_reads(client, content):
    response = client.options(files(content)["library"])
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_the_content_origin_must_be_another_host(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://hoc.example.gov.vn"
    expected = {
        "": [],
        "https://noi-dung.example.vn": [],
        "https://hoc.example.gov.vn": ["h5p.E001"],
        "https://hoc.example.gov.vn:443": ["h5p.E001"],
        "https://h5p.hoc.example.gov.vn": ["h5p.W001"],
    }
    for origin, ids in expected.items():
        settings.H5P_CONTENT_ORIGIN = origin
        assert [problem.id for problem in content_origin_is_another_host(None)] == ids
