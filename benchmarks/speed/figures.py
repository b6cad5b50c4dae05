"""What is computed from measurements: medians with spread, ratios within a round, a power law, a cost model."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some values, with the least and the most of them."""

    median: float
    least: float
    most: float


def spread(values: Sequence[float]) -> Spread | None:
    """Return median and spread, None where there are no values."""
    return Spread(statistics.median(values), min(values), max(values)) if values else None


def ratios(ours: Sequence[float | None], theirs: Sequence[float | None]) -> list[float]:
    """Return ours / theirs for each round in which both were measured: noise hits both sides of such a ratio alike.

    What was measured in the first round only (a peer that takes an hour, or gave up) is not compared with other rounds.
    """
    return [a / b for a, b in zip(ours, theirs, strict=False) if a is not None and b is not None and b > 0]


@dataclass(frozen=True, slots=True)
class Power:
    """value = factor * size ** exponent."""

    factor: float
    exponent: float

    def at(self, size: float) -> float:
        return self.factor * size**self.exponent


def power_law(sizes: Sequence[float], values: Sequence[float]) -> Power:
    """Return the power law by least squares on the logarithms. Raises ValueError for fewer than two sizes."""
    if len(set(sizes)) < 2:
        raise ValueError("a power law wants two sizes")
    x, y = [math.log(size) for size in sizes], [math.log(value) for value in values]
    line = statistics.linear_regression(x, y)
    return Power(math.exp(line.intercept), line.slope)


def last_exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Return the exponent between the two largest sizes, which the time that it takes to start does not flatter."""
    pairs = sorted(zip(sizes, values, strict=True))[-2:]
    return power_law([size for size, _ in pairs], [value for _, value in pairs]).exponent


def serial_share(one: float, two: float) -> float:
    """Return the share of the work that does not get faster with processes, from the times of one and of two (Amdahl).

    0 where two take half the time of one, 1 where they take as long; never outside of that.
    """
    return min(1.0, max(0.0, 2 * two / one - 1))


def amdahl(seconds: float, serial: float, workers: int) -> float:
    """Return how long `workers` take for what takes one `seconds`."""
    return seconds * (serial + (1 - serial) / workers)


def enough_workers(serial: float, near: float = 1.25, most: int = 4096) -> int:
    """Return the fewest workers (a power of two) that come within `near` of what any number could do."""
    workers = 1
    while workers < most and amdahl(1, serial, workers) > near * max(serial, 1 / most):
        workers *= 2
    return workers
