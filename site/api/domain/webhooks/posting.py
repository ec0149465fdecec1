"""One POST to another system: to the address that was judged, without redirects, in bounded time."""

import http.client
import socket
import ssl
from threading import Timer

from django.conf import settings

from api.domain.webhooks import addresses

SECONDS_A_STEP = 10  # to connect, and for each piece of the answer
SECONDS_IN_ALL = 30  # well below the lease of an outbox entry


class NoAnswer(Exception):
    """There was no answer; `why` is the kind of fault, without host or content."""

    def __init__(self, why: str):
        self.why = why
        super().__init__(why)


class _Connection(http.client.HTTPSConnection):
    """Speaks TLS with the host by its name, over a connection to an IP address that was chosen before."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext):
        super().__init__(host, port, timeout=SECONDS_A_STEP, context=context)
        self.address, self.tls = address, context

    def connect(self):
        bare = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = self.tls.wrap_socket(bare, server_hostname=self.host)


def post(url: str, headers: dict[str, str], body: str) -> int:
    """The status of the answer, whose content is not read. Raises NoAnswer."""
    connection = None
    try:
        target = addresses.read(url)
        connection = _Connection(target.host, target.port, addresses.permitted(target), _trust())
        end = Timer(SECONDS_IN_ALL, _cut, [connection])
        end.daemon = True
        end.start()
        try:
            usual = {"Content-Type": "application/json", "User-Agent": "Neu-Guong-Webhooks/1", "Connection": "close"}
            connection.request("POST", target.path, body.encode(), usual | headers)
            return connection.getresponse().status
        finally:
            end.cancel()
    except addresses.AddressRefused as refusal:
        raise NoAnswer("address_refused") from refusal
    except ssl.SSLError as fault:
        raise NoAnswer("tls") from fault
    except TimeoutError as fault:
        raise NoAnswer("timeout") from fault
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise NoAnswer("no_connection") from fault
    finally:
        if connection is not None:
            connection.close()


def _cut(connection: http.client.HTTPSConnection) -> None:
    """A receiver that answers a byte at a time does not hold a worker."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _trust() -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.WEBHOOK_CA_FILE:
        context.load_verify_locations(settings.WEBHOOK_CA_FILE)
    return context
