from django.urls import path

from . import views

urlpatterns = [
    path("papers/make/<str:source>/<str:kind>/", views.make, name="paper_make"),
    path("papers/issued/<str:code>/", views.paper, name="paper"),
    path("papers/issued/<str:code>/correct/", views.correct, name="paper_correct"),
    path("papers/<str:number>.pdf", views.bound, name="papers_pdf"),
]
