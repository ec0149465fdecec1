"""A story's page as readers without a session get it: kept and not kept, its weight, and its first photograph.

In this process, through the WSGI door with all middleware; CPU time, which a busy machine changes least.
"""

import gzip
import json
import os
import re
import sys
import time
from io import BytesIO

from bench import _throw_away

UNCACHED_RUNS, CACHED_RUNS = 30, 2000
LEAST_RATIO, HEAVIEST_PAGE, HEAVIEST_PICTURE = 30, 60 * 1024, 80 * 1024


def main() -> int:
    kept = os.environ.get("BENCH_VAR_DIR")  # a folder that is set up already, as of an earlier measurement
    if kept:
        os.environ |= {"VAR_DIR": kept, "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    else:
        _throw_away.prepare()
    import django

    django.setup()
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.db import connection

    if not kept:
        call_command("set_up", verbosity=0)
    from media.domain import pictures
    from media.models import StoryPage

    story = StoryPage.objects.live().order_by("pk").first()
    for one in StoryPage.objects.live():
        pictures.prepare(one.pk)
    door = get_wsgi_application()
    results = _rates(door, f"/guong-dien-hinh/{story.slug}/") | _weights(door, story) | {"database": connection.vendor}
    print(json.dumps(results, indent=1))
    holds = (
        results["ratio"] >= LEAST_RATIO
        and results["page_gzip_bytes"] <= HEAVIEST_PAGE
        and results["first_photograph_bytes"] <= HEAVIEST_PICTURE
    )
    return 0 if holds else 1


def _rates(door, path: str) -> dict:
    from django.core.cache import caches

    _get(door, path)

    def uncached():
        caches["rendered"].delete_many(_kept_keys())
        _get(door, path)

    slow = _cpu(uncached, UNCACHED_RUNS)
    _get(door, path)
    fast = _cpu(lambda: _get(door, path), CACHED_RUNS)
    return {
        "uncached_ms": round(slow * 1000, 3),
        "cached_ms": round(fast * 1000, 3),
        "ratio": round(slow / fast, 1),
        "cached_per_cpu_second": round(1 / fast),
    }


def _kept_keys() -> list[str]:
    """The keys of kept story pages: everything else stays warm, as it would be on a busy site."""
    from django.core.cache import caches

    return [key.split(":", 2)[2] for key in list(caches["rendered"]._cache) if ":story-" in key]


def _cpu(work, runs: int) -> float:
    begun = time.process_time()
    for _run in range(runs):
        work()
    return (time.process_time() - begun) / runs


def _weights(door, story) -> dict:
    from django.core.files.storage import default_storage

    body = _get(door, f"/guong-dien-hinh/{story.slug}/")
    text = gzip.decompress(body).decode()
    sources = re.search(r'fetchpriority="high"', text) and re.findall(r'srcset="/tep/([^ "]+) 400w', text)
    return {
        "page_gzip_bytes": len(body),
        "page_bytes": len(text.encode()),
        "first_photograph": sources[0],
        "first_photograph_bytes": default_storage.size(sources[0]),
    }


def _get(door, path: str) -> bytes:
    status = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 12)",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    response = door(environ, lambda line, headers: status.append(line))
    body = b"".join(response)
    response.close()
    assert status[0].startswith("200"), status
    return body


if __name__ == "__main__":
    sys.exit(main())
