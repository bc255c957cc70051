from django.urls import path

from qingdan.lists import views

app_name = "lists"
urlpatterns = [
    path("import/", views.upload, name="import"),
    path("import/<str:token>/", views.plan, name="import_plan"),
]
