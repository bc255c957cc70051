"""`python -m qingdan COMMAND`: the product's own command; a hyphen in a command's name may be written."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingdan.config.settings.demo")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    argv = list(sys.argv)
    argv[0] = "qingdan"
    if len(argv) > 1:
        argv[1] = argv[1].replace("-", "_") if not argv[1].startswith("-") else argv[1]
    try:
        execute_from_command_line(argv)
    except OperationalError:
        from qingdan.kernel.commands import unusable_folder

        if not (why := unusable_folder()):
            raise
        sys.exit(f"不能运行 qingdan {' '.join(argv[1:2])}：{why}")


if __name__ == "__main__":
    main()
