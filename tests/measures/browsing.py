"""A person at the product's pages: what a browser would send back of a form, with what the person typed into it."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import unquote


class Page(HTMLParser):
    """The page's words, and the fields of the form in its main part as a browser would send them."""

    def __init__(self, response):
        super().__init__(convert_charrefs=True)
        self.response, self.status, self.html = response, response.status_code, response.content.decode()
        self.location = unquote(response.headers.get("Location", ""))
        self.fields, self.links, self.buttons, self.disabled, self._words = {}, [], [], set(), []
        self.chosen = set()  # names of selects, ticks, files and what is hidden: what is not typed
        self._inside, self._textarea, self._select = False, None, None
        self.feed(self.html)
        self.text = " ".join(" ".join(self._words).split())
        self.tight = "".join("".join(self._words).split())

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self._inside = "form" in a.get("class", "").split()
        if tag == "a":
            self.links.append(a.get("href", ""))
        if tag == "button":
            self.buttons.append((a.get("name"), a.get("value")))
        if not self._inside or ("name" not in a and tag != "option"):
            return
        if "disabled" in a:
            self.disabled.add(a.get("name"))
            return
        if tag == "input" and (a.get("type") not in ("checkbox", "radio") or "checked" in a):
            self.fields.setdefault(a["name"], []).append(a.get("value", ""))
            self.chosen |= {a["name"]} if a.get("type") in ("checkbox", "radio", "file", "hidden") else set()
        elif tag == "textarea":
            self._textarea = a["name"]
            self.fields[self._textarea] = [""]
        elif tag == "select":
            self._select = a["name"]
            self.chosen.add(a["name"])
        elif tag == "option" and self._select and "selected" in a:
            self.fields[self._select] = [a.get("value", "")]

    def handle_data(self, data):
        self._words.append(data)
        if self._textarea:
            self.fields[self._textarea][0] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self._textarea:
            self.fields[self._textarea] = [self.fields[self._textarea][0].removeprefix("\n")]
            self._textarea = None
        if tag == "select":
            self._select = None
        if tag == "form":
            self._inside = False

    def value(self, name):
        return self.fields[name][0]


class Reader:
    """One person, logged in."""

    def __init__(self, client):
        self.client = client

    def get(self, path, **query):
        return Page(self.client.get(path, query))

    def load(self, path):
        """The form at this address, as it lies before the person."""
        page = self.get(path)
        assert page.status == 200, (page.status, page.text)
        return page

    def send(self, page, path, **typed):
        """The loaded form with what was typed; the names of fields of 第六条 begin with f-."""
        data = {**page.fields, **{k.replace("f_", "f-"): v for k, v in typed.items()}}
        return Page(self.client.post(path, data))

    def fill(self, path, **typed):
        return self.send(self.load(path), path, **typed)
