from django.apps import AppConfig


class AdjustmentConfig(AppConfig):
    name = "qingdan.measures.adjustment"
    label = "adjustment"
    verbose_name = "动态调整"

    def ready(self) -> None:
        """Who may have the files of this room."""
        from qingdan.kernel.files.access import MAY_SEE

        from .filings.access import may_have

        MAY_SEE.append(may_have)
