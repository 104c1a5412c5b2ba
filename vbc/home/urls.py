"""The addresses of what spans everything."""

from django.urls import path

from vbc.home import views

app_name = "home"

urlpatterns = [
    path("", views.front, name="front"),
    path("my-work/", views.my_work, name="my-work"),
    path("my-words/", views.my_words, name="my-words"),
    path("my-account/", views.account, name="account"),
    path("my-account/close/", views.close_account, name="close-account"),
    path("account-closed/", views.account_closed, name="account-closed"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("health/", views.health, name="health"),
    path("demonstration/mail/", views.mail, name="mail"),
    path("demonstration/mail/<slug:name>/", views.mail_message, name="mail-message"),
]
