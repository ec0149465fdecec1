"""A local mail server in a process of its own, so that its work is not counted."""

import multiprocessing
import time


def start() -> tuple[str, int]:
    """Starts it; returns where it listens. It ends with this process."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    return ours.recv()


def _serve(pipe) -> None:
    from tests.notices.sink import MailServer

    with MailServer() as server:
        pipe.send(server.address)
        while True:
            time.sleep(1)
            server.letters.clear()
