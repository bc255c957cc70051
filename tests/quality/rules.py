"""h2: what the product's code must not do, each rule a walk over the tree of one file; `allowed` in test_rules.py says where it may, and why."""

import ast
import re

WRITES = {"bulk_create", "bulk_update", "update_or_create", "get_or_create", "raw", "extra", "_raw_delete", "executescript"}
SAFE = {"mark_safe", "SafeString", "SafeText", "mark_for_escaping"}
FILES = {"open", "Path", "remove", "unlink", "rename", "replace", "rmtree", "FileResponse", "system", "run", "Popen", "import_module"}
EXEMPT = {"csrf_exempt", "login_not_required", "xframe_options_exempt", "requires_csrf_token", "ensure_csrf_cookie"}
DOCUMENTS = re.compile(r"(?:^|_)(?:paper|document|letter|docx|pdf)s?(?:_|$)|^render_to_string$")


def last(node):
    """The last word of what is called."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def mixed(node):
    """A text put together from pieces: f"", +, %, format."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(v, ast.FormattedValue) for v in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        return not all(isinstance(side, ast.Constant) for side in (node.left, node.right))
    return isinstance(node, ast.Call) and last(node.func) == "format"


def of_request(node):
    return any(isinstance(n, ast.Name) and n.id == "request" for n in ast.walk(node))


def answer_put_together(call):
    return last(call.func).startswith("HttpResponse") and any(mixed(arg) for arg in call.args[:1])


def file_named_by_request(call):
    return last(call.func) in FILES and any(of_request(arg) for arg in call.args)


def called_safe(call):
    """mark_safe of anything that is not written out in the code; format_html whose pattern is put together."""
    first = call.args[0] if call.args else None
    if last(call.func) in SAFE:
        return not isinstance(first, ast.Constant)
    return last(call.func) in ("format_html", "format_html_join") and mixed(first)


def written_past_the_ledger(call):
    """Bulk writes, SQL by hand, `.update(field=…)` and `.delete()` of a query set. The update of a dict or of a hash takes no keywords."""
    name = last(call.func) if isinstance(call.func, ast.Attribute) else ""
    if name == "update":
        return bool(call.keywords) and not call.args
    if name == "write" and isinstance(call.func.value, ast.Name) and call.func.value.id == "sql":
        return True  # kernel/sql.py
    if name == "execute" and call.args:
        first = call.args[0]
        return not (isinstance(first, ast.Constant) and str(first.value).startswith(("SELECT", "PRAGMA")))
    return name in WRITES or (name == "delete" and not call.args)


def statement_put_together(call):
    return last(call.func) in ("execute", "raw", "extra", "RawSQL") and any(mixed(arg) for arg in call.args)


def row_in_a_document(call):
    """T3: a document is written from a view model made for it. A row of the database is one that a query or `.get`, `.first`, `self.object` gives."""
    if not DOCUMENTS.search(last(call.func)):
        return False
    given = [*call.args[1:], *(k.value for k in call.keywords)]
    values = [v for arg in given for v in (arg.values if isinstance(arg, ast.Dict) else [arg])]
    return any(isinstance(n, ast.Attribute) and n.attr in ("objects", "_base_manager") for v in values for n in ast.walk(v))


CALLS = {
    "answer put together": answer_put_together, "file named by a request": file_named_by_request, "called safe": called_safe,
    "written past the ledger": written_past_the_ledger, "statement put together": statement_put_together, "row in a document": row_in_a_document,
}  # fmt: skip


def found(source):
    """(rule, line) of every breach in this Python source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from ((rule, node.lineno) for rule, breaks in CALLS.items() if breaks(node))
        names = [a.name for a in node.names] if isinstance(node, ast.ImportFrom | ast.Import) else [last(node)]
        if EXEMPT & {name.split(".")[-1] for name in names}:
            yield "exempt", node.lineno


def found_in_template(text):
    """Data that a template does not escape."""
    for n, line in enumerate(text.splitlines(), 1):
        if re.search(r"\|\s*safe(seq)?\b|\{%\s*autoescape\s+off|\|\s*escapejs\b|\{%\s*debug", line):
            yield "called safe", n


def unexplained(text):
    """Lines on which a check is silenced without saying which one and why."""
    silenced = re.compile(r"#\s*(?:noqa|nosec|type:\s*ignore)\b(.*)")
    for n, line in enumerate(text.splitlines(), 1):
        if (told := silenced.search(line)) and "type" not in told[0] and not re.match(r":\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)* - \w", told[1]):
            yield n
        if told and "type" in told[0] and not re.match(r"\[[\w, -]+\]", told[1]):
            yield n
