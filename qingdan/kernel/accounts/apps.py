from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "qingdan.kernel.accounts"
    label = "accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from .sessions import begin_on_login

        user_logged_in.connect(begin_on_login, dispatch_uid="accounts.begin")
