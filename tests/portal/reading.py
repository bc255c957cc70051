"""A page as it is read: its words, links, headings, labels. Uses the standard library's parser only."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr", "path", "rect", "circle"}


class Page(HTMLParser):
    """What a response says. `text` without the markup, single blanks."""

    def __init__(self, response):
        super().__init__(convert_charrefs=True)
        self.status, self.html, self.response = response.status_code, response.content.decode(), response
        self.links, self.headings, self.ids, self.labelled, self.controls, self.addresses = [], [], [], set(), [], []
        self.inline, self.title, self._open, self._words = [], "", [], []
        self.feed(self.html)
        self.close()
        self.text = " ".join(" ".join(self._words).split())
        self.tight = "".join("".join(self._words).split())

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag not in VOID:
            self._open.append(tag)
        if "id" in a:
            self.ids.append(a["id"])
        if tag == "a":
            self.links.append(a.get("href", ""))
        if tag == "label" and "for" in a:
            self.labelled.add(a["for"])
        if tag in ("input", "select", "textarea") and a.get("type") != "hidden":
            self.controls.append(a.get("id"))
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append([int(tag[1]), ""])
        if tag == "style" or (tag == "script" and "src" not in a) or "style" in a or any(k.startswith("on") for k in a):
            self.inline.append(tag)
        self.addresses += [a[k] for k in ("src", "href", "action", "srcset") if a.get(k)]

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        if "title" in self._open and "svg" not in self._open:
            self.title += data
        elif not {"script", "style"} & set(self._open):
            self._words.append(data)
            if self.headings and self._open and self._open[-1] == f"h{self.headings[-1][0]}":
                self.headings[-1][1] += data
