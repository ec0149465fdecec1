"""A small HTTP/1.1 client: one kept connection, cookies, gzip, as a browser that loads nothing but the page."""

import asyncio
import gzip
import json
import time
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Answer:
    """A response with its body unpacked; `bytes` as they came over the line, headers included."""

    status: int
    headers: dict[str, str]
    body: bytes
    bytes: int
    seconds: float

    def json(self):
        return json.loads(self.body)


class Cut(Exception):
    """The connection ended before the response was whole, or the site did not answer in time."""


class Browser:
    """One person's browser at one site. Not for several requests at once."""

    def __init__(self, base_url: str, address: str = "127.0.0.1", patience: float = 30):
        parts = urlsplit(base_url)
        self.connect_to = parts.hostname, parts.port or 80
        self.host = parts.netloc
        self.patience = patience
        self.cookies: dict[str, str] = {}
        self.address = address
        self._streams = None

    async def get(self, path: str) -> Answer:
        return await self._ask("GET", path, b"", "")

    async def post(self, path: str, form: dict | None = None) -> Answer:
        body = urlencode(form or {}, doseq=True).encode()
        return await self._ask("POST", path, body, "application/x-www-form-urlencoded")

    async def post_json(self, path: str, content) -> Answer:
        return await self._ask("POST", path, json.dumps(content).encode(), "application/json")

    async def close(self) -> None:
        streams, self._streams = self._streams, None
        if streams:
            streams[1].close()

    async def _ask(self, method: str, path: str, body: bytes, kind: str) -> Answer:
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(self.patience):
                if self._streams is None or self._streams[0].at_eof():
                    self._streams = await asyncio.open_connection(*self.connect_to)
                reader, writer = self._streams
                writer.write(self._head(method, path, body, kind) + body)
                await writer.drain()
                status, headers, content, size = await _read(reader)
        except (OSError, EOFError, TimeoutError, ValueError, asyncio.IncompleteReadError) as problem:
            await self.close()
            raise Cut(repr(problem)) from problem
        if headers.get("connection", "").lower() == "close":
            await self.close()
        if headers.get("content-encoding") == "gzip":
            content = gzip.decompress(content)
        return self.keep_cookies(Answer(status, headers, content, size, time.perf_counter() - begun))

    def _head(self, method: str, path: str, body: bytes, kind: str) -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.host}",
            "Accept: text/html,application/json",
            "Accept-Encoding: gzip",
            "Accept-Language: vi",
            "User-Agent: Mozilla/5.0 (bench)",
            f"X-Forwarded-For: {self.address}",
            "X-Forwarded-Proto: https",
            "Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        ]
        if method == "POST":
            lines += [
                f"Content-Type: {kind}",
                f"Content-Length: {len(body)}",
                f"Referer: https://{self.host}/",
                f"Origin: https://{self.host}",
                f"X-CSRFToken: {self.cookies.get('csrftoken', '')}",
            ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def keep_cookies(self, answer: Answer) -> Answer:
        for line in answer.headers.get("set-cookie", "").split("\n"):
            name, _, rest = line.partition("=")
            if name:
                self.cookies[name] = rest.partition(";")[0]
        return answer


async def _read(reader) -> tuple[int, dict[str, str], bytes, int]:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin1").split("\r\n")
    headers: dict[str, str] = {}
    for line in filter(None, lines):
        name, _, value = line.partition(":")
        name, value = name.lower(), value.strip()
        headers[name] = f"{headers[name]}\n{value}" if name == "set-cookie" and name in headers else value
    if headers.get("transfer-encoding", "").lower() == "chunked":
        content, size = await _chunks(reader)
    else:
        content = await reader.readexactly(int(headers.get("content-length", 0)))
        size = len(content)
    return int(first.split()[1]), headers, content, len(head) + size


async def _chunks(reader) -> tuple[bytes, int]:
    content, size = b"", 0
    while True:
        line = await reader.readuntil(b"\r\n")
        length = int(line.split(b";")[0], 16)
        chunk = await reader.readexactly(length + 2)
        size += len(line) + len(chunk)
        if not length:
            return content, size
        content += chunk[:-2]
