"""A page in headless Chromium, spoken to through a pipe; where there is no Chromium, a test that needs it is skipped."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from base64 import b64decode
from pathlib import Path
from shutil import which
from typing import Any, Final

import pytest

CHROMIUM: Final = next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium: Final = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")

QUIET: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


class Page:
    """One file, opened. Answers are whatever JSON holds, hence Any."""

    def __init__(self, file: Path, width: int = 1280, height: int = 900, scheme: str = "light") -> None:
        assert CHROMIUM is not None
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        theirs_in, self.ours_out = os.pipe()
        self.ours_in, theirs_out = os.pipe()

        def at_three_and_four() -> None:
            spare = os.dup(theirs_out)
            os.dup2(theirs_in, 3)
            os.dup2(spare, 4)

        command = [CHROMIUM, *QUIET, "--remote-debugging-pipe", f"--user-data-dir={self.folder.name}", "about:blank"]
        self.process = subprocess.Popen(
            command,
            preexec_fn=at_three_and_four,  # noqa: PLW1509  # it only moves two descriptors
            pass_fds=(3, 4),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self.count, self.pending, self.session = 0, b"", ""
        self.events: list[dict[str, Any]] = []
        targets = self.call("Target.getTargets")["targetInfos"]
        target = next(each["targetId"] for each in targets if each["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Page.navigate", url=file.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(self.receive())

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        self.count += 1
        message: dict[str, object] = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.ours_out, json.dumps(message).encode() + b"\0")
        while True:
            received = self.receive()
            if received.get("id") == self.count:
                assert "result" in received, received
                result: dict[str, Any] = received["result"]
                return result
            if "method" in received:
                self.events.append(received)

    def receive(self) -> dict[str, Any]:
        while b"\0" not in self.pending:
            read = os.read(self.ours_in, 1 << 20)
            assert read, "Chromium ended"
            self.pending += read
        message, _, self.pending = self.pending.partition(b"\0")
        received: dict[str, Any] = json.loads(message)
        return received

    def run(self, script: str) -> Any:
        """What an expression comes to, promises awaited."""
        found = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def write(self, place: str, value: str | None = None) -> None:
        """What a person does in a field: writes or chooses `value`, or clicks it."""
        self.run(f"""new Promise((done) => {{
            const field = document.getElementById({json.dumps(place)});
            if ({json.dumps(value)} === null) field.click();
            else {{
                field.value = {json.dumps(value)};
                field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input", {{ bubbles: true }}));
            }}
            setTimeout(done, 100);
        }})""")

    def picture(self, file: Path) -> None:
        """As it stands on the screen, whole."""
        found = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        file.write_bytes(b64decode(found["data"]))

    def complaints(self) -> list[str]:
        """Errors, what the policy refused, and requests to anywhere."""
        told = [
            str(event["params"])
            for event in self.events
            if event["method"] in ("Runtime.exceptionThrown", "Log.entryAdded")
        ]
        sent = [
            event["params"]["request"]["url"] for event in self.events if event["method"] == "Network.requestWillBeSent"
        ]
        return told + [url for url in sent if not url.startswith(("file:", "blob:"))]

    def close(self) -> None:
        os.close(self.ours_out)
        os.close(self.ours_in)
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()
