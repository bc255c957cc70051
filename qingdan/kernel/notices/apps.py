from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "qingdan.kernel.notices"
    label = "notices"
    verbose_name = "提醒"

    def ready(self) -> None:
        """Each sweep of the running product also tells what has become due, and writes letters; they are sent beside it.

        What the vault tells a person is a notice.
        """
        from qingdan.kernel.ledger.closing import ON_SWEEP
        from qingdan.kernel.ledger.runner import BESIDE
        from qingdan.kernel.vault.telling import TELL

        from .following import tell_of_events, warn_of_the_calendars_end
        from .letters import write_letters
        from .posting import post_letters
        from .reminders import remind
        from .telling import tell_person

        ON_SWEEP.extend([remind, tell_of_events, warn_of_the_calendars_end, write_letters])
        TELL.append(tell_person)
        BESIDE.append(post_letters)
