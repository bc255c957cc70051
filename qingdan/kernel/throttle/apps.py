from django.apps import AppConfig


class ThrottleConfig(AppConfig):
    name = "qingdan.kernel.throttle"
    label = "throttle"
    verbose_name = "访问频率"

    def ready(self) -> None:
        from qingdan.kernel.ledger.closing import ON_SWEEP

        from .limits import forget

        if forget not in ON_SWEEP:
            ON_SWEEP.append(forget)
