"""The public pages of calls for views, under /say/: short enough to read out."""

from django.urls import path

from cycles.views import say

app_name = "say"

urlpatterns = [
    path("<slug:slug>/", say.say, name="say"),
    path("<slug:slug>/hear/", say.hear, name="hear"),
    path("<slug:slug>/code/", say.follow, name="follow"),
]
