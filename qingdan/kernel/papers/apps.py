from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "qingdan.kernel.papers"
    label = "papers"
    verbose_name = "文书"

    def ready(self) -> None:
        """The check that names the fonts with which papers are set."""
        from . import checks  # noqa: F401 - registers its check
