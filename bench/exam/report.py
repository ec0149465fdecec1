"""Prints what was measured and gathers it for the last line."""

from bench.serving.truth import Acknowledged


def result(asked, first: dict, least: dict, together: dict, steady: dict, lost: list[Acknowledged]) -> dict:
    """The figures by name; prints them as tables on the way."""
    _alone(first, least)
    _closed(asked, together)
    _open(steady)
    errors = together["clock"].errors + together["door"].errors + steady["errors"]
    for error in errors[:5]:
        print("error:", error[:300])
    for one in lost[:5]:
        print("lost:", one)
    save = first["steps"]["save"]
    return {
        "learners": asked.learners,
        "attempts_per_s": round(together["attempts_per_s"], 2),
        "saves_per_s": round(together["saves_per_s"], 1),
        "sign_ins_per_s": round(together["sign_ins_per_s"], 2),
        "cpu_ms_per_attempt": first["attempt_cpu_ms"],
        "cpu_ms_per_attempt_crowd": round(together["cpu_ms_per_attempt"], 1),
        "cpu_ms_per_save": save["cpu_ms"],
        "floor_cpu_ms": least["floor_cpu_ms"],
        "save_to_floor": round(save["cpu_ms"] / least["floor_cpu_ms"], 2),
        "sql_per_save": save["sql"],
        "open_loop_rate": round(steady["rate"], 1),
        "p99_save_ms": _percentile(steady["seconds"], 99),
        "errors": len(errors),
        "lost": len(lost),
    }


def _alone(first: dict, least: dict) -> None:
    print(f"\nOne learner alone: {'CPU ms':>20} {'SQL':>5} {'bytes':>8} {'times':>6}")
    for name, step in first["steps"].items():
        sql = "–" if step["sql"] is None else f"{step['sql']:.0f}"
        print(f"  {name:30} {step['cpu_ms']:7.2f} {sql:>5} {step['bytes']:8.0f} {step['times']:6}")
    print(f"  a complete attempt on one page: {first['attempt_cpu_ms']:.1f} ms CPU")
    print(f"  floor (bare signed-in view, one UPDATE): {least['floor_cpu_ms']:.2f} ms CPU")


def _closed(asked, together: dict) -> None:
    print(f"\n{asked.learners} learners without think time: {together['requests_per_s']:.1f} requests/s,", end=" ")
    print(
        f"{together['attempts_per_s']:.2f} attempts/s, {together['cpu_ms_per_attempt']:.0f} ms CPU an attempt;", end=" "
    )
    print(f"before that {together['sign_ins_per_s']:.1f} sign-ins/s")
    _times(together["door"].seconds | together["clock"].seconds)


def _open(steady: dict) -> None:
    print(f"\n{steady['rate']:.1f} saves/s at their moment:")
    _times({"save": steady["seconds"]})


def _times(seconds: dict[str, list[float]]) -> None:
    print(f"  {'ms':30} {'p50':>8} {'p95':>8} {'p99':>8} {'times':>7}")
    for name, taken in seconds.items():
        shares = "".join(f" {_percentile(taken, share):8.1f}" for share in (50, 95, 99))
        print(f"  {name:30}{shares} {len(taken):7}")


def _percentile(seconds: list[float], share: int) -> float:
    """In milliseconds; 0 without any."""
    if not seconds:
        return 0.0
    ordered = sorted(seconds)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))] * 1000, 1)
