"""XML from outside, read as a stream by defusedxml and written anew: no document type, no entity, no comment, no instruction comes through.

`Rules` say what else is left out. Elements are known by their names without prefix, since whoever writes the file chooses the prefixes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.saxutils import escape
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from .refusing import MAX_DEPTH, damaged, refused

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
IN_ATTRIBUTE = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
Attributes = dict[str, str]


@dataclass
class Rules:
    """What happens to a part. `attribute(element, name, value)` gives the value to write, or None: left out.

    Names of elements are without prefix, those of attributes as they stand.
    """

    drop: frozenset[str] = frozenset()  # elements that go with all that is in them
    attribute: Callable[[str, str, str], str | None] | None = None
    element: Callable[[str, Mapping[str, str]], bool] | None = None  # False: it goes with all that is in it
    text: Mapping[str, Callable[[str], str]] = field(default_factory=dict)  # element -> what becomes of its text


def local(name: str) -> str:
    return name.rpartition(":")[2]


def rewritten(data: bytes, rules: Rules) -> bytes:
    """The part as UTF-8. Raises Refused: not well-formed, too deep, or with a document type or entities."""
    writer = _Writer(rules)
    parser = make_parser()
    parser.setFeature(feature_namespaces, False)
    parser.forbid_dtd = True
    parser.setContentHandler(writer)
    try:
        parser.parse(io.BytesIO(data))
    except DefusedXmlException:
        raise refused("文件里有自行定义的实体（DTD），可能用来撑爆或者读取服务器", "请用 Word、Excel 或者 WPS 重新保存后再上传") from None
    except (SAXException, ValueError, LookupError, AttributeError, TypeError):  # expat and its codecs, of what is no XML
        raise damaged() from None
    return writer.out.getvalue().encode()


class _Writer(ContentHandler):
    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self.rules, self.out = rules, io.StringIO()
        self.out.write(HEAD)
        self.open: list[str] = []
        self.dropped = 0  # how deep we are inside something left out
        self.held: list[str] = []  # the text of an element whose text a rule looks at

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        here, given = local(name), dict(attrs.items())
        self._flush()
        self.open.append(name)
        if len(self.open) > MAX_DEPTH:
            raise damaged()
        if self.dropped or here in self.rules.drop or (self.rules.element is not None and not self.rules.element(here, given)):
            self.dropped += 1
            return
        self.out.write(f"<{name}")
        for key, value in given.items():
            kept = self._attribute(here, key, value)
            if kept is not None:
                self.out.write(f' {key}="{escape(kept, IN_ATTRIBUTE)}"')
        self.out.write(">")

    def _attribute(self, here: str, key: str, value: str) -> str | None:
        if key == "xmlns" or key.startswith(("xmlns:", "xml:")) or self.rules.attribute is None:
            return value
        return self.rules.attribute(here, key, value)

    def characters(self, content: str) -> None:
        if not self.dropped:
            self.held.append(content)

    def endElement(self, name: str) -> None:
        self._flush()
        self.open.pop()
        if self.dropped:
            self.dropped -= 1
        else:
            self.out.write(f"</{name}>")

    def _flush(self) -> None:
        """The text since the last tag, as the rule of the element around it wants it."""
        if self.held and self.open:
            text, self.held = "".join(self.held), []
            change = self.rules.text.get(local(self.open[-1]))
            self.out.write(escape(change(text) if change else text, {"\r": "&#13;"}))
