from django.urls import path

from qingdan.kernel.accounts.views import login

from . import calendars, feeds, finding, mail, notices, views, wordings

app_name = "desk"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("login/", login.LogIn.as_view(), name="login"),
    path("logout/", login.log_out, name="logout"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read, name="notices_read"),
    path("notices/words/", wordings.wordings, name="wordings"),
    path("notices/words/<str:event>/", wordings.wording, name="wording"),
    path("notices/mail/", mail.mail, name="mail"),
    path("notices/feeds/", feeds.feeds, name="feeds"),
    path("notices/feeds/make/", feeds.make, name="feed_make"),
    path("notices/feeds/revoke/", feeds.revoke, name="feed_revoke"),
    path("calendar/", calendars.calendars, name="calendars"),
    path("calendar/<int:pk>/", calendars.calendar, name="calendar"),
    path("calendar/clock/", calendars.confirm_clock, name="clock"),
    path("calendar/holds/<int:pk>/", calendars.confirm_hold, name="hold"),
    path("cases/", finding.cases, name="cases"),
    path("filters/", finding.keep_filter, name="keep_filter"),
    path("cases/<str:number>/", views.case, name="case"),
    path("cases/<str:number>/why/<str:duty>/", views.why, name="why"),
]
