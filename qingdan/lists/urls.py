from django.urls import path

from qingdan.lists import views
from qingdan.lists.bases import views as bases

app_name = "lists"
urlpatterns = [
    path("import/", views.upload, name="import"),
    path("import/<str:token>/", views.plan, name="import_plan"),
    path("bases/", bases.register, name="bases"),
    path("bases/lacking/", bases.lacking, name="lacking"),
    path("bases/<int:pk>/", bases.document, name="basis"),
    path("bases/<int:pk>/check/", bases.check, name="basis_check"),
]
