import io

from consolidate.terminal import Terminal


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_at_most_ten_times_a_second_and_is_wiped(monkeypatch):
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    now = iter(n / 100 for n in range(1, 1000))
    monkeypatch.setattr("time.monotonic", lambda: next(now))
    terminal = Terminal(environment={})
    terminal._shown = -1.0
    for step in range(100):  # one second
        terminal.progress("reading\x1b", step, 100)
    shown = screen.getvalue().split("\r\x1b[K")[1:]
    assert 9 <= len(shown) <= 11
    assert shown[0] == "reading\\x1b 0 of 100"
    terminal.note("done")
    assert screen.getvalue().endswith("\r\x1b[Kdone\n")


def test_quiet_means_no_progress_and_no_notes(monkeypatch):
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    terminal = Terminal(verbosity=-1, environment={})
    terminal.progress("reading", 1, 2)
    terminal.note("note")
    assert screen.getvalue() == ""
    terminal.error("what", "where", "hint")
    assert "what; where; hint\n" in screen.getvalue()


def test_colours_on_a_terminal_unless_it_is_dumb_or_told_not_to(monkeypatch):
    monkeypatch.setattr("sys.stdout", Screen())
    assert Terminal(environment={}).look.colour
    assert not Terminal(environment={"TERM": "dumb"}).look.colour
    assert not Terminal(environment={"NO_COLOR": "1"}).look.colour
    assert Terminal(environment={"NO_COLOR": ""}).look.colour
    assert not Terminal(environment={"FORCE_COLOR": "0"}).look.colour
    assert not Terminal(color="never", environment={"FORCE_COLOR": "1"}).look.colour
