from django.urls import path

from . import contacting, figuring, intake, issuing, registers, shredding, views

app_name = "complaints"
urlpatterns = [
    path("", views.work_list, name="list"),
    path("new/", intake.new, name="new"),
    path("register/", registers.register, name="register"),
    path("register/table.xlsx", registers.register_xlsx, name="register_xlsx"),
    path("contacts/", contacting.contacts, name="contacts"),
    path("figures/", figuring.figures, name="figures"),
    path("figures/<str:quarter>/", figuring.figures_of_quarter, name="figures_quarter"),
    path("disposal/", shredding.disposals, name="disposals"),
    path("disposal/propose/", shredding.propose, name="disposal_propose"),
    path("disposal/<int:pk>/", shredding.disposal, name="disposal"),
    path("disposal/<int:pk>/decide/", shredding.decide, name="disposal_decide"),
    path("disposal/<int:pk>/certificate/", shredding.certificate, name="disposal_certificate"),
    path("<str:number>/", views.case, name="case"),
    path("<str:number>/content/", views.content, name="content"),
    path("<str:number>/files/<str:pk>/", views.file, name="file"),
    path("<str:number>/papers/<int:n>/<str:template>/make/", issuing.make, name="paper_make"),
    path("<str:number>/papers/<int:n>/<str:template>/<str:ending>/", issuing.paper, name="paper"),
    path("<str:number>/do/<str:act>/", views.act, name="act"),
]
