"""Pages in headless Chromium, with what they say, ask for and break."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, Page


class Watched:
    """A page, with what it says to the console and asks for."""

    def __init__(self, browser: Browser, html: Path, *, edits: bool = True, **options: object) -> None:
        self.context = browser.new_context(**options)
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda asked: self.requests.append(asked.url))
        self.page.goto(html.as_uri())
        if not edits:
            return
        self.page.evaluate("() => document.getElementById('edits').scrollIntoView()")
        self.page.wait_for_selector(".edit .diff", timeout=5000)
        self.page.evaluate("() => scrollTo(0, 0)")

    @property
    def asked(self) -> list[str]:
        """What was asked for beside the page itself, and what it hands out."""
        own = (self.page.url.partition("#")[0], "blob:")
        return [url for url in self.requests if not url.startswith(own)]


def axe(browser: Browser, html: Path, source: str, *, edits: bool = True) -> list[str]:
    """Return the rules that axe finds broken seriously or critically, in light and dark, wide and narrow."""
    found = []
    for scheme in ("light", "dark"):
        for width in (1280, 320):
            options = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}, "bypass_csp": True}
            view = Watched(browser, html, edits=edits, **options)
            view.page.evaluate(source)
            rules = view.page.evaluate("() => axe.run().then((result) => result.violations)")
            for rule in rules:
                if rule["impact"] in ("serious", "critical"):
                    where = rule["nodes"][0]["target"]
                    found.append(f"{html.name} {scheme} {width}: {rule['id']} {len(rule['nodes'])} {where}")
            view.context.close()
    return found


def look_at_report(browser: Browser, html: Path, out: Path) -> tuple[list[str], list[str], list[str]]:
    """Open everything on the report's page, light, dark and narrow; return what is wrong, errors and requests."""
    wrong, errors, requests = [], [], []
    for name, scheme, width in (("light", "light", 1280), ("dark", "dark", 1280), ("narrow", "light", 320)):
        view = Watched(browser, html, edits=False, color_scheme=scheme, viewport={"width": width, "height": 1000})
        view.page.screenshot(path=out / f"report-{name}.png")
        for summary in view.page.locator("summary").all():
            summary.click()
        if view.page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"the report is wider than a window of {width} pixels")
        view.page.screenshot(path=out / f"report-{name}-all.png", full_page=True)
        errors, requests = errors + view.errors, requests + view.asked
        view.context.close()
    return wrong, errors, requests


def longest_work(trace: bytes) -> float:
    """Return the processor time of the longest task of the page's main thread, in ms, whatever the machine does."""
    events = json.loads(trace)["traceEvents"]
    names = [event for event in events if event.get("name") == "thread_name"]
    main = {(event["pid"], event["tid"]) for event in names if event["args"].get("name") == "CrRendererMain"}
    tasks = (event for event in events if "RunTask" in event.get("name", "") and "tdur" in event)
    return max(event["tdur"] / 1000 for event in tasks if (event["pid"], event["tid"]) in main)
