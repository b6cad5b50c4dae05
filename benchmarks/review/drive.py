"""Drive the review page in headless Chromium: what it does, what it asks the network for, how fast it is.

    python -m pip install -r benchmarks/review/requirements.txt
    python benchmarks/review/drive.py --chromium /usr/bin/chromium --axe axe-core.tgz --out /tmp/review

`axe-core.tgz` is what `npm pack axe-core` gives. The program makes the sample's page and one with 5,000 edits, prints
the figures as a table, and leaves screenshots in the folder `--out`. It ends with 1 where a figure is not as it should
be.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import large
from playwright.sync_api import Browser, sync_playwright
from watched import Watched, axe, longest_work, look_at_report

ROOT = Path(__file__).parents[2]
FRAMES = """async (start) => {
  scrollTo(0, start * document.documentElement.scrollHeight);
  await new Promise((done) => setTimeout(done, 300));
  const times = [];
  let on = true;
  let last = performance.now();
  const tick = (now) => { times.push(now - last); last = now; if (on) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  for (let step = 0; step < 120; step += 1) {
    scrollBy(0, 400);
    await new Promise((done) => requestAnimationFrame(done));
  }
  on = false;
  return times.slice(1);
}"""
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"


def consolidate(folder: Path, *words: str) -> bytes:
    """Run the program in a folder, and return what it prints."""
    return subprocess.run(
        [sys.executable, "-m", "consolidate", *words], cwd=folder, check=True, stdout=subprocess.PIPE
    ).stdout


def make_sample(folder: Path) -> Path:
    shutil.copytree(ROOT / "sample_repo", folder)
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), (*identity, "commit", "-qm", "Start")):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


def walk(browser: Browser, html: Path, out: Path) -> tuple[list[str], list[str], list[str]]:
    """Use the page as a reviewer does; return what went wrong, the console's errors and the requests."""
    view = Watched(browser, html, viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page, wrong = view.page, []

    def see(what: str, holds: bool) -> None:
        if not holds:
            wrong.append(what)

    edits = page.locator(".edit")
    page.keyboard.press("j")
    page.keyboard.press("a")
    first = page.evaluate("() => document.activeElement.id")
    see("a accepts", page.locator(f"#{first} .accept").get_attribute("aria-pressed") == "true")
    page.keyboard.press("j")
    page.keyboard.press("r")
    second = page.evaluate("() => document.activeElement.id")
    see("j goes on", first != second)
    see("r rejects", page.locator(f"#{second} .reject").get_attribute("aria-pressed") == "true")
    page.keyboard.press("c")
    page.keyboard.type("not this one </script><b>")
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.click("#export")
    exported = json.loads(Path(download.value.path()).read_text())
    shutil.copy(download.value.path(), out / "decisions.json")
    verdicts = {entry["id"]: entry for entry in exported["decisions"]}
    see("the export", verdicts[first]["verdict"] == "accepted" and verdicts[second]["verdict"] == "rejected")
    see("the comment", verdicts[second]["comment"] == "not this one </script><b>")
    before = edits.count()
    page.locator(".more").first.click()
    page.wait_for_function(f"() => document.querySelectorAll('.edit').length > {before}", timeout=3000)
    page.keyboard.press("/")
    page.keyboard.type("zzz-nothing")
    page.wait_for_function("() => !document.querySelector('.edit')")
    page.fill("#search", "")
    page.wait_for_selector(".edit")
    page.select_option("#by-verdict", "rejected")
    page.wait_for_function("() => document.querySelectorAll('.edit').length === 1", timeout=3000)
    page.select_option("#by-verdict", "")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.fill("#search", "test_patches")
    page.wait_for_function("() => document.querySelector('.edit h4')?.textContent.includes('test_patches')")
    kept = page.locator(".edit details.besides").first
    see("what it keeps back is told", "keeps back" in kept.locator("summary").inner_text())
    page.locator(".edit .reject").first.click()
    see("what is kept back is counted", "keeps back" in page.locator("#progress").inner_text())
    page.locator(".edit .reject").first.click()
    page.fill("#search", "")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.querySelectorAll('.group').length > 20")
    page.select_option("#view", "split")
    see("side by side", page.locator(".diff.split").count() > 0)
    page.reload()
    page.wait_for_selector(".edit")
    see("kept", "1 accepted, 1 rejected" in page.locator("#progress").inner_text())
    page.evaluate("() => localStorage.clear()")
    page.goto(f"{html.as_uri()}#{second}")
    page.reload()
    page.wait_for_selector(f"#{second} .diff")
    see("a link", page.evaluate("() => document.activeElement.id") == second)
    see("forgotten", "0 accepted, 0 rejected" in page.locator("#progress").inner_text())
    page.set_input_files("#load", str(out / "decisions.json"))
    page.wait_for_function("() => document.getElementById('progress').textContent.includes('loaded')")
    see("load", "1 accepted, 1 rejected" in page.locator("#progress").inner_text())
    errors, requests = view.errors, view.asked
    view.context.close()
    return wrong, errors, requests


def walk_far(browser: Browser, html: Path) -> list[str]:
    """Follow a link into the middle of the largest shape of a large page, and go on from there by keys."""
    view = Watched(browser, html, viewport={"width": 1280, "height": 900})
    data = json.loads(view.page.locator("#data").text_content() or "")
    shapes = [edit[6] for edit in data["edits"]]
    largest = max(set(shapes), key=shapes.count)
    risky = sorted((edit for edit in data["edits"] if edit[6] == largest), key=lambda edit: -edit[4])
    ids = [edit[0] for edit in risky]
    middle = len(ids) // 2
    view.page.goto(f"{html.as_uri()}#{ids[middle]}")
    view.page.reload()
    view.page.wait_for_selector(f"#{ids[middle]} .diff")
    focused = "() => document.activeElement.id"
    wrong = [] if view.page.evaluate(focused) == ids[middle] else ["a link far down is not followed"]
    for _ in range(100):
        view.page.keyboard.press("j")
    wrong += [] if view.page.evaluate(focused) == ids[middle + 100] else ["j does not go on for 100 edits"]
    view.page.keyboard.press("r")
    view.page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    view.page.wait_for_function(f"() => !document.getElementById('{ids[middle + 100]}')", timeout=5000)
    view.page.keyboard.press("k")
    pressed = view.page.locator(f"#{ids[middle + 100]} .reject")
    wrong += [] if view.page.evaluate(focused) == ids[middle + 99] else ["k does not go back to what was left"]
    wrong += [] if pressed.get_attribute("aria-pressed") == "true" else ["a decision is lost far away"]
    wrong += view.errors
    view.context.close()
    return wrong


def applied(folder: Path, exported: Path) -> list[str]:
    """Import what the page exported and apply everything; return what is not as it was decided."""
    rejected = [
        entry["path"] for entry in json.loads(exported.read_text())["decisions"] if entry["verdict"] == "rejected"
    ]
    before = {path: (folder / path).read_bytes() for path in rejected}
    consolidate(folder, "review", "--import", str(exported))
    identity = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org"}
    os.environ.update(identity, GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@example.org")
    consolidate(folder, "apply", "--all")
    words = ("git", "log", "--format=", "--name-only", "--grep=Consolidate-Phase")
    named = subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True).stdout.splitlines()
    told = consolidate(folder, "plan", "--json")
    listed = {item["path"] for item in json.loads(told)["references"] if "rejected in review" in item["reason"]}
    wrong = [f"{path} was changed" for path in rejected if (folder / path).read_bytes() != before[path]]
    wrong += [f"{path} is in a commit" for path in rejected if path in named]
    wrong += [f"{path} is not listed" for path in rejected if path not in listed]
    return wrong if rejected and named else ["nothing was rejected, or nothing applied"]


def shots(browser: Browser, html: Path, out: Path) -> list[str]:
    """Leave pictures of the page in the folder; return where it is wider than its window."""
    wrong = []
    for name, scheme, width in (("light", "light", 1280), ("dark", "dark", 1280), ("narrow", "light", 320)):
        view = Watched(browser, html, color_scheme=scheme, viewport={"width": width, "height": 1000})
        view.page.screenshot(path=out / f"{name}-top.png")
        view.page.evaluate("() => document.getElementById('edits').scrollIntoView()")
        view.page.wait_for_timeout(300)
        view.page.screenshot(path=out / f"{name}-edits.png")
        view.page.evaluate("() => document.getElementById('todo').scrollIntoView()")
        view.page.wait_for_timeout(300)
        view.page.screenshot(path=out / f"{name}-todo.png")
        wide = view.page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
        if wide:
            wrong.append(f"{name}: the page is wider than the window")
        view.context.close()
    return wrong


def speed(browser: Browser, html: Path) -> tuple[float, list[float], float]:
    """Return first paint, the frames, sorted, while all edits are scrolled by 400 pixels each, and the longest work.

    All in ms.
    """
    view = Watched(browser, html, viewport={"width": 1280, "height": 900})
    paint = view.page.evaluate(PAINT)
    while view.page.locator('.more[aria-expanded="false"]').count():
        view.page.locator('.more[aria-expanded="false"]').first.click()
    view.page.evaluate("() => scrollTo(0, 0)")
    view.page.wait_for_timeout(500)
    browser.start_tracing(page=view.page, categories=["devtools.timeline", "toplevel"])
    frames = sorted(time for start in (0, 0.3, 0.6, 0.9) for time in view.page.evaluate(FRAMES, start))
    work = longest_work(browser.stop_tracing())
    view.context.close()
    return paint, frames, work


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--chromium", default=shutil.which("chromium"))
    options.add_argument("--axe", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--edits", type=int, default=5000)
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with tarfile.open(given.axe) as archive:
        source = archive.extractfile("package/axe.min.js").read().decode()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = {}
        for name, make in (("sample", make_sample), ("large", lambda place: large.make(place, given.edits))):
            pages[name] = given.out / f"{name}.html"
            consolidate(make(Path(folder) / name), "review", "--html", str(pages[name]))
        plain = given.out / "plain.html"
        plain.write_text("<!doctype html><title>plain</title>" + "<p>a line of text</p>" * 20_000)
        browser = playwright.chromium.launch(executable_path=given.chromium)
        wrong, errors, requests = walk(browser, pages["sample"], given.out)
        broken = axe(browser, pages["sample"], source)
        wrong += shots(browser, pages["sample"], given.out)
        wrong += applied(Path(folder) / "sample", given.out / "decisions.json")
        # With some phases applied: by now all but what was rejected.
        report = given.out / "report.html"
        report.write_bytes(consolidate(Path(folder) / "sample", "report", "--format", "html"))
        broken += axe(browser, report, source, edits=False)
        found = look_at_report(browser, report, given.out)
        wrong, errors, requests = wrong + found[0], errors + found[1], requests + found[2]
        wrong += walk_far(browser, pages["large"])
        paint, frames, work = speed(browser, pages["large"])
        machine = browser.new_page(viewport={"width": 1280, "height": 900})
        machine.goto(plain.as_uri())
        bare = max(time for start in (0, 0.3, 0.6) for time in machine.evaluate(FRAMES, start))
        browser.close()
    for item in (*wrong, *errors, *requests, *broken):
        print(item)
    rows = (
        ("actions that went wrong", len(wrong), 0),
        ("errors on the console", len(errors), 0),
        ("requests beside the page itself", len(requests), 0),
        ("serious findings of axe-core", len(broken), 0),
        (f"first paint of {given.edits} edits, ms", round(paint), 1500),
        ("median frame while scrolling, ms", round(frames[len(frames) // 2]), 50),
        ("longest work of the page for a frame, ms of processor time", round(work), 50),
        # A machine that is at other work misses frames of any page.
        ("longest frame while scrolling, ms", round(frames[-1]), 50 if bare < 20 else None),
        ("longest frame of a page of plain text on this machine, ms", round(bare), None),
    )
    for what, figure, most in rows:
        print(f"| {what} | {figure} | {'' if most is None else f'at most {most}'} |")
    return int(any(most is not None and figure > most for _, figure, most in rows))


if __name__ == "__main__":
    sys.exit(main())
