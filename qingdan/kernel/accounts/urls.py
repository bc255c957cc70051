from django.urls import path

from .views import own

app_name = "accounts"
urlpatterns = [
    path("", own.own, name="own"),
    path("password/", own.password, name="password"),
    path("sessions/end/", own.end, name="end"),
    path("told/", own.told, name="told"),
]
