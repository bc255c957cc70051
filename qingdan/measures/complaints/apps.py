from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "qingdan.measures.complaints"
    label = "complaints"
    verbose_name = "投诉处理"

    def ready(self) -> None:
        """Who handles a complaint, for the vault; whom a notice about one may reach; a check of the parts."""
        from qingdan.kernel.notices.telling import MAY_BE_TOLD
        from qingdan.kernel.vault.registry import WHO_HANDLES

        from . import configuring  # noqa: F401 - registers its check
        from .access import handling_of, may_be_told

        WHO_HANDLES.append(handling_of)
        MAY_BE_TOLD["诉"] = may_be_told
