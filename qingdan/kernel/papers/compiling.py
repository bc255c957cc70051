"""Run by `typesetting` as a process of its own (it imports nothing of the product): one sheet in, one PDF or a word of what is wrong out.

Standard input: JSON with the template's path, the folders of fonts and the data. Standard output: the PDF. Exit 3: see standard error.
"""

from __future__ import annotations

import json
import sys

import typst


def main() -> int:
    asked = json.load(sys.stdin)
    try:
        pdf = typst.compile(
            asked["template"], root=asked["root"], font_paths=asked["folders"], ignore_system_fonts=True, sys_inputs=asked["inputs"],
            pdf_standards=asked["standards"], timestamp=asked["moment"],
        )  # fmt: skip
    except (typst.TypstError, RuntimeError) as error:
        sys.stderr.write(str(error))
        return 3
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
