"""What nobody would type and somebody will send: text for every field, encoded as bytes that a browser could put on the wire."""

from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

SPECIAL = (
    "", " ", "\0", "前\0后", "\ud800", "好\udfff半", "👍🏽👨‍👩‍👧", "\u202e写倒", "\u2066左右\u2069", "𠮷𪚥𮯠生僻字", "１２３", "２０１６-０６-０７", "2016-02-30", "0001-01-01",
    "9999-12-31", "1", "-1", "0", "99999999999999999999", "9" * 400, "1e309", "NaN", "²", "٣", "on", "<script>alert(1)</script>", "{{ 7|add:7 }}{% now %}",
    "' OR 1=1 --", '"><b>', "%s%n%x", "../../etc/passwd", "a/b?c#d", "长" * 30000, "\r\n", "一行\r\n二行", "\t", "=1+1", "a" * 300, "\ufeff", "\u2028", "\x1b[0m",
    "e\u0301", "ﬁ", "I\u0307", "\x85", "\ufffe", "\U0010ffff",
)  # fmt: skip
EVERYWHERE = ("\0", "好\udfff半", "99999999999999999999", "长" * 30000, "２０１６-０６-０７", "\u202e𠮷👍🏽")
"""Each of these is put into all fields at once, whatever the examples that are drawn."""
TEXT = st.sampled_from(SPECIAL) | st.text(st.characters(exclude_categories=()), max_size=30)


def raw(text):
    """As UTF-8, half surrogates as the three bytes that a careless program makes of them."""
    return text.encode("utf-8", "surrogatepass")


def body(fields):
    """A form's content for the wire."""
    return "&".join(f"{quote_from_bytes(raw(k))}={quote_from_bytes(raw(v))}" for k, values in fields.items() for v in values)


def arrived(text):
    """The text as the product reads it: what is no UTF-8 comes as the replacement character."""
    return raw(text).decode("utf-8", "replace")


def plain(text):
    """As it is compared on the page that shows it again: without what HTML and a form normalise."""
    return "".join(text.replace("\0", "\ufffd").replace("\x85", " ").split())
