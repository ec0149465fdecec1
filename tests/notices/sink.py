"""A small mail server on this machine that keeps what it is given, and can behave badly on demand."""

import email
import email.policy
import socketserver
from threading import Thread


class MailServer:
    """`letters` are (recipient, message) as taken. Hooks: `answer_recipient(address)` gives the reply to RCPT;
    `on_text()` is called when a letter's text is in, before it is confirmed; returning False cuts the line."""

    def __init__(self):
        self.letters: list[tuple[str, email.message.EmailMessage]] = []
        self.answer_recipient = lambda address: "250 OK"
        self.on_text = lambda: True
        server = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                _talk(self, server)

        self._tcp = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler, bind_and_activate=True)
        self._tcp.daemon_threads = True

    @property
    def address(self) -> tuple[str, int]:
        return self._tcp.server_address

    def __enter__(self):
        Thread(target=self._tcp.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_problem):
        self._tcp.shutdown()
        self._tcp.server_close()


def _talk(handler, server: MailServer) -> None:
    def say(text: str) -> None:
        handler.wfile.write(f"{text}\r\n".encode())

    say("220 sink")
    recipient = ""
    while line := handler.rfile.readline().decode(errors="replace").strip():
        verb = line[:4].upper()
        if verb == "QUIT":
            say("221 bye")
            return
        if verb == "RCPT":
            recipient = line.partition("<")[2].partition(">")[0]
            say(server.answer_recipient(recipient))
        elif verb == "DATA":
            say("354 go on")
            content = b""
            while (part := handler.rfile.readline()) not in (b".\r\n", b""):
                content += part
            server.letters.append((recipient, email.message_from_bytes(content, policy=email.policy.default)))
            if not server.on_text():
                return
            say("250 taken")
        else:
            say("250 sink")
