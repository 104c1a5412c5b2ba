"""The addresses of decisions. No address says from which perspective somebody reads or writes."""

from django.urls import path

from cycles.views import (
    appraisals,
    decisions,
    interests,
    options,
    ratings,
    records,
    redactions,
    results,
    rounds,
)

_ALL = "<slug:slug>/decisions/"
_ONE = _ALL + "<slug:public_id>/"
_OPTION = _ONE + "options/<slug:option_id>/"
_COMMENT = _ONE + "comments/<slug:comment_id>/"

urlpatterns = [
    path(_ALL, decisions.decision_list, name="decisions"),
    path(_ALL + "propose/", decisions.propose, name="propose-decision"),
    path(_ONE, decisions.decision, name="decision"),
    path(_ONE + "edit/", decisions.edit, name="edit-decision"),
    path(_ONE + "easy-words/", decisions.easy_words, name="easy-words"),
    path(_ONE + "keep-secret/", decisions.keep_secret, name="keep-secret"),
    path(_COMMENT + "names/", redactions.redact_comment, name="redact-comment"),
    path(_OPTION + "names/", redactions.redact_option, name="redact-option"),
    path(_ONE + "originals/<slug:redaction_id>/", redactions.see_original, name="see-original"),
    path(_ONE + "options/propose/", options.propose, name="propose-option"),
    path(_ONE + "options/reopen/", options.reopen, name="reopen-options"),
    path(_ONE + "options/stood/<slug:reopening_id>/", options.stood, name="options-stood"),
    path(_OPTION + "edit/", options.edit, name="edit-option"),
    path(_OPTION + "withdraw/", options.withdraw, name="withdraw-option"),
    path(_OPTION + "interest/", interests.declare, name="declare-option-interest"),
    path(_OPTION + "interest/withdraw/", interests.withdraw, name="withdraw-option-interest"),
    path(_ONE + "agenda/", interests.put_on_agenda, name="put-on-agenda"),
    path(_OPTION + "evidence/link/", appraisals.link, name="link-evidence"),
    path(_OPTION + "evidence/unlink/", appraisals.unlink, name="unlink-evidence"),
    path(_OPTION + "evidence/", appraisals.appraisal, name="appraisal"),
    path(_OPTION + "evidence/write/", appraisals.write, name="write-appraisal"),
    path(_OPTION + "evidence/criteria/<slug:criterion>/", appraisals.judge, name="judge-option"),
    path(_OPTION + "evidence/sign/", appraisals.sign, name="sign-appraisal"),
    path(_OPTION + "evidence/agree/", appraisals.agree, name="agree-appraisal"),
    path(_ONE + "round/open/", rounds.open_round, name="open-round"),
    path(_ONE + "round/close/", rounds.close_round, name="close-round"),
    path(_ONE + "rate/", ratings.begin, name="begin-rating"),
    path(_OPTION + "rate/", ratings.rate, name="rate"),
    path(_ONE + "receipt/", ratings.receipt, name="receipt"),
    path(_ONE + "receipt/check/", ratings.check_receipt, name="check-receipt"),
    path(_ONE + "result/", results.result, name="decision-result"),
    path(_ONE + "result/closer/", results.closer, name="decision-result-closer"),
    path(_OPTION + "sentence/", records.sentence, name="sentence"),
    path(_ONE + "heard/", records.heard, name="heard"),
    path(_ONE + "statement/", records.minority_statement, name="minority-statement"),
    path(_ONE + "record/", records.record, name="record"),
]
