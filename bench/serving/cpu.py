"""CPU of processes, to the microsecond, from /proc (Linux)."""

from pathlib import Path

PROC = Path("/proc")


def spent(pids) -> float:
    """Milliseconds of CPU all threads of these processes have used; processes that are gone count as nothing."""
    return sum(_of_process(pid) for pid in pids)


def family(pid: int) -> list[int]:
    """The process, its children and theirs."""
    children: dict[int, list[int]] = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit() and (parent := _parent(folder)) is not None:
            children.setdefault(parent, []).append(int(folder.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def named(name: str) -> list[int]:
    """All processes of this name, such as `postgres`."""
    return [int(folder.name) for folder in PROC.iterdir() if folder.name.isdigit() and _name(folder) == name]


def listening_on(port: int) -> list[int]:
    """The processes that accept connections on this TCP port of this machine."""
    sockets = set()
    for table in ("tcp", "tcp6"):
        for line in (PROC / "net" / table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                sockets.add(f"socket:[{fields[9]}]")
    return [int(folder.name) for folder in PROC.iterdir() if folder.name.isdigit() and sockets & _open_files(folder)]


def _of_process(pid: int) -> float:
    total = 0
    try:
        for thread in (PROC / str(pid) / "task").iterdir():
            total += int((thread / "schedstat").read_text().split()[0])
    except OSError:
        pass
    return total / 1_000_000


def _parent(folder: Path) -> int | None:
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def _name(folder: Path) -> str:
    try:
        return (folder / "comm").read_text().strip()
    except OSError:
        return ""


def _open_files(folder: Path) -> set[str]:
    try:
        return {str(file.readlink()) for file in (folder / "fd").iterdir()}
    except OSError:
        return set()
