from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, tags and styles that every page is made of. No models, no views."""

    name = "qingdan.kernel.ui"
    label = "ui"
    verbose_name = "界面"
