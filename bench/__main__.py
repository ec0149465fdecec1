"""./run bench NAME: runs bench/NAME.py or the folder bench/NAME; without a name lists what there is."""

import runpy
import sys
from pathlib import Path

_HERE = Path(__file__).parent
NAMES = sorted(
    [path.stem for path in _HERE.glob("[a-z]*.py")] + [path.parent.name for path in _HERE.glob("*/__main__.py")]
)

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in NAMES:
        print("Usage: ./run bench NAME, where NAME is one of:", ", ".join(NAMES))
        sys.exit(0 if len(sys.argv) < 2 else 2)
    sys.argv = sys.argv[1:]
    runpy.run_module(f"bench.{sys.argv[0]}", run_name="__main__")
