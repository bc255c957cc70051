from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "qingdan.kernel.files"
    label = "files"
    verbose_name = "文件"
