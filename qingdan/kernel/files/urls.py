from django.urls import path

from . import views

app_name = "files"
urlpatterns = [path("<str:stored>/", views.download, name="download")]
