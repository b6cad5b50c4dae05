"""The results of scaling.py as tables, as a plot and as a cost model: all computed from scaling.json."""

from __future__ import annotations

import statistics
from typing import Any

from figures import Power, amdahl, enough_workers, last_exponent, power_law, serial_share
from plot import Chart, Curve, svg

TIME_EXPONENT = 1.05  # at most
MEMORY_EXPONENT = 0.1  # "flat": ten times the files, a quarter more at most
MILLION = 1_000_000
LABELS = {
    "cold": "cold",
    "warm": "warm, nothing changed",
    "after a commit": "warm, 20 files changed",
}


def medians(results: dict[str, Any], kind: str, figure: str) -> tuple[list[int], list[float]]:
    """Return sizes, and the median of a figure for each."""
    sizes = [entry["files"] for entry in results["sizes"]]
    if figure == "held":
        return sizes, [entry["held"][kind] for entry in results["sizes"]]
    return sizes, [statistics.median(run[figure] for run in entry["runs"][kind]) for entry in results["sizes"]]


def markdown(results: dict[str, Any]) -> str:
    return "\n".join([measured(results), exponents(results), model(results)])


def measured(results: dict[str, Any]) -> str:
    """Return a row for each size and kind of run."""
    head = "| files | | wall time | least to most | processor time | memory: largest process | all processes | held |"
    rows = [head, "|---:|---|---:|---:|---:|---:|---:|---:|"]
    for entry in results["sizes"]:
        for kind, label in LABELS.items():
            runs = entry["runs"][kind]
            seconds = [run["seconds"] for run in runs]
            held = f"{entry['held'][kind]:.0f} MB" if kind in entry["held"] else ""
            spread = f"{min(seconds):.2f} to {max(seconds):.2f} s"
            processor, largest, tree = (
                statistics.median(run[figure] for run in runs) for figure in ("processor", "largest", "tree")
            )
            rows.append(
                f"| {entry['files']:,} | {label} | {statistics.median(seconds):.2f} s | {spread}"
                f" | {processor:.2f} s | {largest:.0f} MB | {tree:.0f} MB | {held} |"
            )
    return "\n".join(rows) + "\n"


def exponents(results: dict[str, Any]) -> str:
    """Return a row for each curve: how it grows, and whether that is what is wanted."""
    rows = [
        "| growth with the number of files | wanted | exponent | between the two largest | |",
        "|---|---:|---:|---:|---|",
    ]
    curves = (("seconds", "wall time", TIME_EXPONENT), ("held", "memory held", MEMORY_EXPONENT))
    for kind, label in LABELS.items():
        for figure, what, limit in curves:
            if figure == "held" and kind not in results["sizes"][0]["held"]:
                continue
            sizes, values = medians(results, kind, figure)
            all_sizes, last = power_law(sizes, values).exponent, last_exponent(sizes, values)
            verdict = "met" if max(all_sizes, last) <= limit else "**missed**"
            rows.append(f"| {label}: {what} | at most {limit} | {all_sizes:.2f} | {last:.2f} | {verdict} |")
    return "\n".join(rows) + "\n"


def growth(results: dict[str, Any], figure: str) -> Power:
    """Return the power law through the two largest sizes of cold plans: what is larger still grows like these."""
    sizes, values = medians(results, "cold", figure)
    pairs = sorted(zip(sizes, values, strict=True))[-2:]
    return power_law([size for size, _ in pairs], [value for _, value in pairs])


def serial(results: dict[str, Any]) -> float:
    seconds = results["processes"]["seconds"]
    return serial_share(statistics.median(seconds["1"]), statistics.median(seconds["2"]))


def model(results: dict[str, Any]) -> str:
    """Return what a cold plan of a million files would cost, by the number of workers (Amdahl).

    The measured runs used `cores` processes; from them and the serial share follows what one process would take.
    """
    share, time, memory = serial(results), growth(results, "seconds"), growth(results, "held")
    cores = results["machine"]["cores"]
    one = time.at(MILLION) / amdahl(1, share, min(cores, 2))
    enough = enough_workers(share)
    one_time, two_time = (statistics.median(results["processes"]["seconds"][jobs]) for jobs in ("1", "2"))
    files = f"{results['processes']['files']:,} files"
    known = f"serial share {share:.0%}: {files} take {one_time:.2f} s with one process, {two_time:.2f} s with two"
    rows = [f"| a million files, cold ({known}) | time | memory held |", "|---|---:|---:|"]
    for workers in sorted({1, 2, 8, 32, enough}):
        mark = ", which is within a quarter of what any number could do" if workers == enough else ""
        plural = "s" if workers > 1 else ""
        seconds = amdahl(one, share, workers)
        rows.append(f"| {workers} worker{plural}{mark} | {minutes(seconds)} | {memory.at(MILLION) / 1000:.1f} GB |")
    return "\n".join(rows) + "\n"


def minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def plot(results: dict[str, Any]) -> str:
    """Return the curves as SVG."""
    charts = []
    for figure, title, unit, slope, label in (
        ("seconds", "plan: wall time", "s", TIME_EXPONENT, f"wanted: exponent {TIME_EXPONENT}"),
        ("held", "plan: memory held", "MB", MEMORY_EXPONENT, f"wanted: flat ({MEMORY_EXPONENT})"),
    ):
        curves = [
            Curve(kind, kind, tuple(zip(*medians(results, kind, figure), strict=True))) for kind in ("cold", "warm")
        ]
        charts.append(Chart(title, unit, tuple(curves), slope, label))
    cores, rounds = results["machine"]["cores"], results["rounds"]
    return svg(charts, f"Generated repositories, medians of {rounds}, {cores} cores; both axes logarithmic")
