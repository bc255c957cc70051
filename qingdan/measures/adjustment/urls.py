from django.urls import include, path

from . import gathering, together, views

app_name = "adjustment"
urlpatterns = [
    path("", include("qingdan.measures.adjustment.registers.urls")),
    path("", include("qingdan.measures.adjustment.annulment.urls")),
    path("", include("qingdan.measures.adjustment.watching.urls")),
    path("", include("qingdan.measures.adjustment.succession.urls")),
    path("", include("qingdan.measures.adjustment.filings.urls")),
    path("", include("qingdan.measures.adjustment.issuing.urls")),
    path("new/", views.start, name="start"),
    path("apply/", views.apply_new, name="apply"),
    path("drafts/", gathering.drafts, name="drafts"),
    path("drafts/<int:pk>/discard/", gathering.throw_away, name="throw_away"),
    path("gather/<str:group>/", gathering.gather, name="gather"),
    path("group/<str:number>/", together.group, name="group"),
    path("together/", together.several, name="several"),
    path("together/<str:act>/", together.together, name="together"),
    path("<str:number>/<str:act>/", views.act, name="act"),
]
