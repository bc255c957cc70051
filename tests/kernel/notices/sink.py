"""A mail server for tests: it takes letters down, or refuses, is silent, or breaks off in the middle of one."""

import email
import socketserver
import threading
from contextlib import contextmanager
from email.policy import default

GOOD, REFUSING, SILENT, DYING, DEAF = "good", "refusing", "silent", "dying", "deaf"


class Sink(socketserver.ThreadingTCPServer):
    """`mode` may change at any time; `got`: the letters taken, [(Message-ID, to, subject, text)]."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, mode=GOOD, port=0):
        super().__init__(("127.0.0.1", port), Session)
        self.mode, self.got, self.waiting, self.chosen = mode, [], threading.Event(), None

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def now(self):
        """The mode of this moment; `chosen` draws one for each letter."""
        return self.chosen() if self.chosen else self.mode


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        if self.server.now() == SILENT:
            self.server.waiting.wait(30)
            return
        self.say("220 sink")
        to = ""
        for raw in self.rfile:
            word = raw.decode().strip()
            verb = word.upper()
            if verb.startswith(("EHLO", "HELO")):
                self.say("250 sink")
            elif verb.startswith("RCPT"):
                to = word.split("<")[1].rstrip(">")
                self.say("550 no such box" if self.server.now() == REFUSING else "250 ok")
            elif verb == "DATA":
                if not self.letter(to):
                    return
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def letter(self, to):
        mode = self.server.now()
        if mode == DYING:
            return False
        self.say("354 go on")
        lines = []
        for raw in self.rfile:
            if raw == b".\r\n":
                break
            lines.append(raw[1:] if raw.startswith(b"..") else raw)
        else:
            return False
        told = email.message_from_bytes(b"".join(lines), policy=default)
        self.server.got.append((told["Message-ID"], to, told["Subject"], told.get_content()))
        if mode == DEAF:  # taken, but the sender never hears of it
            return False
        self.say("250 taken")
        return True

    def say(self, word):
        self.wfile.write(f"{word}\r\n".encode())


@contextmanager
def sink(mode=GOOD):
    server = Sink(mode)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.waiting.set()
        server.shutdown()
        server.server_close()
