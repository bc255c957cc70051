from django.urls import path

from . import answerable_pages, contacting, errand_pages, figuring, inquiring, intake, issuing, registers, shredding, views

app_name = "complaints"
urlpatterns = [
    path("", views.work_list, name="list"),
    path("new/", intake.new, name="new"),
    path("register/", registers.register, name="register"),
    path("register/table.xlsx", registers.register_xlsx, name="register_xlsx"),
    path("contacts/", contacting.contacts, name="contacts"),
    path("figures/", figuring.figures, name="figures"),
    path("figures/<str:quarter>/", figuring.figures_of_quarter, name="figures_quarter"),
    path("errands/", errand_pages.errands, name="errands"),
    path("errands/<str:number>/", errand_pages.errand, name="errand"),
    path("errands/<str:number>/letter/", errand_pages.letter, name="errand_letter"),
    path("errands/<str:number>/files/<str:pk>/", errand_pages.file, name="errand_file"),
    path("errands/<str:number>/do/<str:act>/", errand_pages.act, name="errand_act"),
    path("liability/", answerable_pages.liabilities, name="liabilities"),
    path("liability/<str:number>/", answerable_pages.liability, name="liability"),
    path("liability/<str:number>/words/", answerable_pages.words, name="liability_words"),
    path("liability/<str:number>/do/<str:act>/", answerable_pages.act, name="liability_act"),
    path("disposal/", shredding.disposals, name="disposals"),
    path("disposal/propose/", shredding.propose, name="disposal_propose"),
    path("disposal/<int:pk>/", shredding.disposal, name="disposal"),
    path("disposal/<int:pk>/decide/", shredding.decide, name="disposal_decide"),
    path("disposal/<int:pk>/certificate/", shredding.certificate, name="disposal_certificate"),
    path("<str:number>/", views.case, name="case"),
    path("<str:number>/liability/", answerable_pages.new, name="liability_new"),
    path("<str:number>/letters/<int:pk>/", inquiring.letter, name="draft_letter"),
    path("<str:number>/decisions/<int:pk>/", inquiring.decision, name="draft_decision"),
    path("<str:number>/content/", views.content, name="content"),
    path("<str:number>/files/<str:pk>/", views.file, name="file"),
    path("<str:number>/papers/<int:n>/<str:template>/make/", issuing.make, name="paper_make"),
    path("<str:number>/papers/<int:n>/<str:template>/<str:ending>/", issuing.paper, name="paper"),
    path("<str:number>/do/<str:act>/", views.act, name="act"),
]
