"""The addresses of the talk and of what becomes of it. None says from which perspective somebody
reads or writes."""

from django.urls import path

from cycles.views import comments, contributions, moderation

_ONE = "<slug:slug>/decisions/<slug:public_id>/"
_COMMENT = _ONE + "comments/<slug:comment_id>/"
_OPTION = _ONE + "options/<slug:option_id>/"

urlpatterns = [
    path(_ONE + "comments/add/", comments.add, name="add-comment"),
    path(_COMMENT, comments.comment, name="comment"),
    path(_COMMENT + "thread/", comments.thread, name="thread"),
    path(_COMMENT + "reply/", comments.reply, name="reply"),
    path(_COMMENT + "edit/", comments.edit, name="edit-comment"),
    path(_COMMENT + "withdraw/", comments.withdraw, name="withdraw-comment"),
    path(_COMMENT + "earlier/", comments.earlier, name="earlier-wordings"),
    path(_COMMENT + "keep-back/", moderation.keep_back, name="moderate-comment"),
    path(_COMMENT + "another-look/", moderation.appeal, name="appeal"),
    path(_COMMENT + "another-look/answer/", moderation.answer_appeal, name="answer-appeal"),
    path(_ONE + "kept-safe/", moderation.log, name="moderation-log"),
    path(_ONE + "contributions/", contributions.contributions, name="contributions"),
    path(_ONE + "contributions/until/", contributions.cut_off, name="answers-until"),
    path(_COMMENT + "answer/", contributions.answer_comment, name="answer-comment"),
    path(_OPTION + "answer/", contributions.answer_option, name="answer-option"),
    path(
        _COMMENT + "not-answered/",
        contributions.comment_not_answered,
        name="comment-not-answered",
    ),
    path(_OPTION + "not-answered/", contributions.option_not_answered, name="option-not-answered"),
    path(
        "<slug:slug>/understanding/<slug:said_id>/not-answered/",
        contributions.understanding_not_answered,
        name="understanding-not-answered",
    ),
]
