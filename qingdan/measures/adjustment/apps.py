from django.apps import AppConfig


class AdjustmentConfig(AppConfig):
    name = "qingdan.measures.adjustment"
    label = "adjustment"
    verbose_name = "动态调整"

    def ready(self) -> None:
        """Who may have files of this room; its papers; each sweep opens what a repeal asks for on its day (第十条（一）); a check of the leads."""
        from qingdan.kernel.files.access import MAY_SEE
        from qingdan.kernel.ledger.closing import ON_SWEEP

        from . import configuring  # noqa: F401 - registers its check
        from .filings.access import may_have
        from .holding import open_repeals
        from .papers import catalogue, seeing

        MAY_SEE.extend((may_have, seeing.may_have))
        catalogue.put_in()
        ON_SWEEP.append(open_repeals)
