from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "qingdan.kernel.notices"
    label = "notices"
    verbose_name = "提醒"

    def ready(self) -> None:
        """Each sweep of the running product also tells what has become due, and writes letters; they are sent beside it."""
        from qingdan.kernel.ledger.closing import ON_SWEEP
        from qingdan.kernel.ledger.runner import BESIDE

        from .following import tell_of_events, warn_of_the_calendars_end
        from .letters import write_letters
        from .posting import post_letters
        from .reminders import remind

        ON_SWEEP.extend([remind, tell_of_events, warn_of_the_calendars_end, write_letters])
        BESIDE.append(post_letters)
