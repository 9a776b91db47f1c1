"""Drives one Chromium over the DevTools protocol, through a pipe: no port, no library.

Used by look.py (the test) and pictures (to see the pages).
"""
import fcntl
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
         "--disable-component-update", "--disable-extensions", "--no-first-run", "--hide-scrollbars",
         "--force-color-profile=srgb", "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe")


def find():
    """The browser's path, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def _high(fd):
    high = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(fd)
    return high


class Failed(Exception):
    """The browser refused a command, or is gone."""


class Browser:
    def __init__(self, path, seconds=60):
        self.profile = tempfile.mkdtemp(prefix="profile.")
        (to_read, self.to), (self.of, of_write) = [map(_high, os.pipe()) for _ in range(2)]
        os.dup2(to_read, 3)  # the browser reads commands at 3 and answers at 4
        os.dup2(of_write, 4)
        self.process = subprocess.Popen([path, *FLAGS, f"--user-data-dir={self.profile}"], pass_fds=(3, 4),
                                        start_new_session=True, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for fd in (to_read, of_write, 3, 4):
            os.close(fd)
        self.number, self.rest, self.events, self.deadline = 0, b"", [], time.monotonic() + seconds
        self.session = None
        signal.signal(signal.SIGALRM, self._late)
        signal.alarm(seconds)

    def _late(self, *_):
        raise Failed("the browser does not answer in time")

    def __enter__(self):
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(domain + ".enable")
        return self

    def __exit__(self, *_):
        signal.alarm(0)
        os.close(self.to)  # the browser ends when nobody can speak to it any more
        try:
            self.process.wait(3)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self.of)
        shutil.rmtree(self.profile, ignore_errors=True)

    def _message(self):
        while b"\0" not in self.rest:
            piece = os.read(self.of, 1 << 20)
            if not piece:
                raise Failed("the browser ended")
            self.rest += piece
        line, _, self.rest = self.rest.partition(b"\0")
        return json.loads(line)

    def ask(self, method, **params):
        """Sends a command and gives its result; what happens meanwhile is kept in self.events."""
        self.number += 1
        command = {"id": self.number, "method": method, "params": params}
        if self.session:
            command["sessionId"] = self.session
        data = json.dumps(command).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        while True:
            message = self._message()
            if message.get("id") == self.number:
                if "error" in message:
                    raise Failed(f"{method}: {message['error']['message']}")
                return message["result"]
            if "method" in message:
                self.events.append(message)

    def wait(self, method):
        """Waits for an event of that name; those before it stay in self.events."""
        seen = 0
        while True:
            for event in self.events[seen:]:
                if event["method"] == method:
                    return event["params"]
            seen = len(self.events)
            self.events.append(self._message())

    def open(self, path):
        """Opens a file; self.events then holds what happened since."""
        self.events = []
        answer = self.ask("Page.navigate", url="file://" + os.path.abspath(path))
        if "errorText" in answer:
            raise Failed(f"{path}: {answer['errorText']}")
        self.wait("Page.loadEventFired")
        frame = self.ask("Page.getFrameTree")["frameTree"]["frame"]["id"]
        # a world of its own: the page's policy holds for the page, not for what is asked here
        self.world = self.ask("Page.createIsolatedWorld", frameId=frame)["executionContextId"]

    def show(self, width, media="", scheme="light", height=900):
        """Sets the width in CSS pixels, the medium ('print' or '') and the colour scheme."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                 mobile=False)
        self.ask("Emulation.setEmulatedMedia", media=media,
                 features=[{"name": "prefers-color-scheme", "value": scheme}])

    def evaluate(self, expression):
        """The value of a JavaScript expression, a promise's included."""
        answer = self.ask("Runtime.evaluate", expression=expression, contextId=self.world, awaitPromise=True,
                          returnByValue=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise Failed(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")
