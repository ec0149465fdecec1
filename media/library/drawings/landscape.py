"""Mountains and terraces."""

import itertools
import random

from shapes import path


def ridge(y, amp, seed, n, width, base, x0=0):
    r = random.Random(seed)
    pts = [(x0 + width * i / n, y + amp * (r.random() - 0.5) * 2) for i in range(n + 1)]
    d = f"M{x0} {base}L{pts[0][0]:.0f} {pts[0][1]:.0f}"
    for (x1, y1), (x2, y2) in itertools.pairwise(pts):
        mx = (x1 + x2) / 2
        d += f"C{mx:.0f} {y1:.0f} {mx:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    return d + f"L{x0 + width} {base}Z"


def karst(y, amp, seed, n, width, base, x0=0):
    """Overlapping limestone peaks: each a rounded cone, all one colour."""
    r = random.Random(seed)
    step = width / n
    d = f"M{x0 - 20} {base}V{y:.0f}H{x0 + width + 20}V{base}Z"
    x = x0 - step * 0.6
    while x < x0 + width + step * 0.4:
        bw = step * (1.15 + r.random() * 0.8)
        h = amp * (0.42 + r.random() * 0.58)
        px = x + bw * (0.42 + r.random() * 0.16)
        d += (
            f"M{x:.0f} {y + 4:.0f}C{x + bw * 0.24:.0f} {y - h * 0.08:.0f} {px - bw * 0.21:.0f} {y - h:.0f} {px:.0f} {y - h:.0f}"
            f"S{px + bw * 0.27:.0f} {y - h * 0.12:.0f} {x + bw * 1.06:.0f} {y + 4:.0f}Z"
        )
        x += step * (0.62 + r.random() * 0.5)
    return d


def terraces(y, step, rows, width, base, seed, colours, x0=0, edge=None):
    """Rice terraces: curved steps, each with a lit lip."""
    s = ""
    for i in range(rows):
        d = ridge(y + i * step * (1 + i * 0.07), 10 + i * 1.8, seed + i, 5, width + 24, base + 6, x0 - 12)
        s += path(d, colours[i % len(colours)], f'stroke="{edge}" stroke-width="2.5"' if edge else "")
    return s
