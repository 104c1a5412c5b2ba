from cycles.models.actions import Action
from cycles.models.agendas import DecisionOnAgenda
from cycles.models.appraisals import Appraisal, AppraisalSignature, OptionEvidence
from cycles.models.comments import Comment
from cycles.models.cycles import CarriedItem, Cycle, StageChange
from cycles.models.decisions import Decision, Option, Round
from cycles.models.grants import CycleGroupGrant, CycleUserGrant
from cycles.models.interests import OptionInterest
from cycles.models.outcomes import Finding, OutcomeMeasure
from cycles.models.ratings import Rating
from cycles.models.records import DecisionRecord, MinorityStatement, PillarSentence, PillarView
from cycles.models.redactions import Redaction
from cycles.models.strategy import StrategyText

__all__ = [
    "Action",
    "Appraisal",
    "AppraisalSignature",
    "CarriedItem",
    "Comment",
    "Cycle",
    "CycleGroupGrant",
    "CycleUserGrant",
    "Decision",
    "DecisionOnAgenda",
    "DecisionRecord",
    "Finding",
    "MinorityStatement",
    "Option",
    "OptionEvidence",
    "OptionInterest",
    "OutcomeMeasure",
    "PillarSentence",
    "PillarView",
    "Rating",
    "Redaction",
    "Round",
    "StageChange",
    "StrategyText",
]
