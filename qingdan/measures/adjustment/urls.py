from django.urls import include, path

from . import views

app_name = "adjustment"
urlpatterns = [
    path("", include("qingdan.measures.adjustment.registers.urls")),
    path("", include("qingdan.measures.adjustment.annulment.urls")),
    path("", include("qingdan.measures.adjustment.watching.urls")),
    path("", include("qingdan.measures.adjustment.succession.urls")),
    path("", include("qingdan.measures.adjustment.filings.urls")),
    path("new/", views.start, name="start"),
    path("apply/", views.apply_new, name="apply"),
    path("<str:number>/<str:act>/", views.act, name="act"),
]
