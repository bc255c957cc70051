from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("login/", views.LogIn.as_view(), name="login"),
    path("logout/", views.log_out, name="logout"),
    path("cases/", views.cases, name="cases"),
    path("cases/<str:number>/", views.case, name="case"),
]
