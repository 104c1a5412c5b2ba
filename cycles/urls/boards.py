"""The addresses around the record: signing, correcting, statements, the board, urgent decisions."""

from django.urls import path

from cycles.views import boards, signatures, urgent

_ONE = "<slug:slug>/decisions/<slug:public_id>/"
_STATEMENT = _ONE + "statements/<slug:statement_id>/"
_URGENT = "<slug:slug>/urgent/"

urlpatterns = [
    path(_ONE + "record/sign/", signatures.sign, name="sign-record"),
    path(_ONE + "record/correct/", signatures.correct, name="correct-record"),
    path(_STATEMENT + "withdraw/", signatures.withdraw_statement, name="withdraw-statement"),
    path(_STATEMENT + "names/", signatures.redact_statement, name="redact-statement"),
    path(_STATEMENT + "original/", signatures.statement_original, name="statement-original"),
    path(_ONE + "board/", boards.request_of_panel, name="board"),
    path(_ONE + "board/answer/", boards.answer, name="board-answer"),
    path(_URGENT, urgent.urgent_list, name="urgent-decisions"),
    path(_URGENT + "new/", urgent.enter, name="enter-urgent-decision"),
    path(_URGENT + "<slug:urgent_id>/", urgent.urgent, name="urgent-decision"),
    path(_URGENT + "<slug:urgent_id>/edit/", urgent.edit, name="edit-urgent-decision"),
    path(_URGENT + "<slug:urgent_id>/review/", urgent.review, name="review-urgent-decision"),
]
