"""Accounts of experience, themes, and how it is beside what people hope for. None says of anybody
what they speak from."""

from django.urls import path

from evidence.views import experience, hopes, telling, themes

_ONE = "experience/<slug:public_id>/"
_MINE = "experience/mine/<slug:public_id>/"
_HOPES = "hopes/<slug:public_id>/"

urlpatterns = [
    path("experience/", experience.experiences, name="experiences"),
    path("experience/to-check/", experience.to_check, name="experiences-to-check"),
    path("experience/tell/", telling.tell, name="tell-experience"),
    path("experience/write-down/", telling.write_down, name="write-down-experience"),
    path("experience/mine/", telling.my_experiences, name="my-experiences"),
    path("experience/code/", telling.enter_code, name="enter-code"),
    path("experience/code/mine/", telling.told_by_code, name="told-by-code"),
    path("experience/code/who-may-read/", telling.allow_by_code, name="allow-by-code"),
    path("experience/code/take-back/", telling.take_back_by_code, name="take-back-by-code"),
    path(_MINE, telling.my_experience, name="my-experience"),
    path(_MINE + "edit/", telling.edit, name="edit-experience"),
    path(_MINE + "who-may-read/", telling.allow, name="allow-experience"),
    path(_MINE + "take-back/", telling.take_back, name="take-back-experience"),
    path(_ONE, experience.experience, name="experience"),
    path(_ONE + "check/", experience.check, name="check-experience"),
    path(_ONE + "what-became/", experience.say_what_became, name="answer-experience"),
    path(_ONE + "themes/add/", experience.code, name="code-experience"),
    path(_ONE + "themes/<int:coding_id>/remove/", experience.uncode, name="uncode-experience"),
    path(_ONE + "quotes/add/", experience.quote, name="quote-experience"),
    path(_ONE + "quotes/<slug:quote_id>/remove/", experience.unquote, name="unquote-experience"),
    path("told/", telling.public_list, name="public-experiences"),
    path("told/<slug:public_id>/", telling.public_experience, name="public-experience"),
    path("themes/", themes.themes, name="themes"),
    path("themes/add/", themes.add, name="add-theme"),
    path("themes/<slug:public_id>/edit/", themes.edit, name="edit-theme"),
    path("themes/<slug:public_id>/withdraw/", themes.withdraw, name="withdraw-theme"),
    path("themes/<slug:public_id>/bring-back/", themes.bring_back, name="bring-back-theme"),
    path(_HOPES, hopes.hopes, name="hopes"),
    path(_HOPES + "event/", hopes.record_event, name="record-hopes"),
    path(_HOPES + "draw/", hopes.draw, name="draw-hopes"),
    path(_HOPES + "say/<slug:theme_id>/", hopes.say, name="say-hopes"),
    path(_HOPES + "say/<slug:theme_id>/take-back/", hopes.take_back, name="take-back-hopes"),
]
