"""A TCP proxy that now and then cuts a connection in the middle of what the site answers."""

import asyncio
import random


class CuttingProxy:
    """`async with CuttingProxy(port) as proxy:` … `proxy.base_url`; `proxy.cuts` counts."""

    def __init__(self, site_port: int, share: float = 0.02, seed: int = 1847):
        self.site_port, self.share = site_port, share
        self.random = random.Random(seed)
        self.cuts = 0
        self.server = None

    async def __aenter__(self):
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_problem):
        self.server.close()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    async def _serve(self, reader, writer):
        try:
            site_reader, site_writer = await asyncio.open_connection("127.0.0.1", self.site_port)
        except OSError:
            writer.close()
            return
        onwards = asyncio.create_task(_copy(reader, site_writer))
        try:
            while content := await site_reader.read(65536):
                if self.random.random() < self.share:
                    self.cuts += 1
                    writer.write(content[: self.random.randrange(len(content))])
                    await writer.drain()
                    break
                writer.write(content)
                await writer.drain()
        except OSError:
            pass
        finally:
            onwards.cancel()
            site_writer.close()
            writer.close()


async def _copy(reader, writer):
    try:
        while content := await reader.read(65536):
            writer.write(content)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()
