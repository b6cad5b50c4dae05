"""The progress line: a step, how far it has come, and how long it will take if it goes on like this."""

from __future__ import annotations

from msgspec import Struct

from consolidate.render.look import Look

_CELLS = 20  # characters of a bar
_TELLING = 1.0  # seconds after which what is left can be told


class Pace(Struct):
    """The step that is under way, and since when (seconds of a clock)."""

    step: str = ""
    since: float = 0.0

    def line(self, step: str, done: int, total: int, now: float, look: Look) -> str:
        """Return the line for `done` of `total` (0: nothing is counted) at a time; it is narrower than the look."""
        if step != self.step:
            self.step, self.since = step, now
        if not total:
            return look.cut(step, look.width - 1)
        full = _CELLS * min(done, total) // total
        filled, empty = ("█", "░") if look.unicode else ("#", ".")
        counts = f" {filled * full}{empty * (_CELLS - full)} {done} of {total}"
        passed = now - self.since
        left = passed / done * (total - done) if done and passed >= _TELLING else 0.0
        rest = f", {_span(left)} left" if left >= 0.5 else ""
        room = look.width - 1 - len(counts) - len(rest)
        return (
            f"{look.cut(step, room)}{counts}{rest}"
            if room >= _CELLS // 2
            else look.cut(f"{step} {done}", look.width - 1)
        )


def _span(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < 90 else f"{round(seconds / 60)} min"
