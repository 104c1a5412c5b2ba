from cycles.models.actions import Action
from cycles.models.agendas import DecisionOnAgenda
from cycles.models.appraisals import (
    Appraisal,
    AppraisalSignature,
    CriterionJudgement,
    OptionEvidence,
)
from cycles.models.boards import BoardAnswer, UrgentDecision
from cycles.models.calls import (
    AnswerNote,
    AnswerTheme,
    Call,
    CallAnswer,
    CallAnswerPart,
    CallListener,
    CallQuestion,
    CallReader,
    CallResponse,
)
from cycles.models.checklists import ChecklistAnswer
from cycles.models.comments import Comment, CommentEdit, ModerationStep
from cycles.models.cycles import CarriedItem, Cycle, CycleTopic, StageChange
from cycles.models.decisions import Decision, Option, OptionsReopening, Round
from cycles.models.equality import DutyEntry, EqualityAssessment, EqualityEdition, EqualityImpact
from cycles.models.grants import CycleGroupGrant, CycleUserGrant
from cycles.models.interests import OptionInterest
from cycles.models.lenses import CycleLens
from cycles.models.outcomes import Finding, OutcomeMeasure
from cycles.models.priorities import DecisionFromNeed
from cycles.models.ratings import Rating, RatingHelper
from cycles.models.records import (
    DecisionRecord,
    MinorityStatement,
    PillarSentence,
    PillarView,
    RecordCorrection,
    RecordSignature,
    StatementRedaction,
    StatementWithdrawal,
)
from cycles.models.redactions import Redaction
from cycles.models.risks import Risk
from cycles.models.stock_take import DecisionFromService
from cycles.models.strategy import StrategyText
from cycles.models.values import (
    DecisionValue,
    SharedValue,
    Understanding,
    UnderstandingRedaction,
    ValuesAgreement,
    ValuesEdition,
)

__all__ = [
    "Action",
    "AnswerNote",
    "AnswerTheme",
    "Appraisal",
    "AppraisalSignature",
    "BoardAnswer",
    "Call",
    "CallAnswer",
    "CallAnswerPart",
    "CallListener",
    "CallQuestion",
    "CallReader",
    "CallResponse",
    "CarriedItem",
    "ChecklistAnswer",
    "Comment",
    "CommentEdit",
    "CriterionJudgement",
    "Cycle",
    "CycleGroupGrant",
    "CycleLens",
    "CycleTopic",
    "CycleUserGrant",
    "Decision",
    "DecisionFromNeed",
    "DecisionFromService",
    "DecisionOnAgenda",
    "DecisionRecord",
    "DecisionValue",
    "DutyEntry",
    "EqualityAssessment",
    "EqualityEdition",
    "EqualityImpact",
    "Finding",
    "MinorityStatement",
    "ModerationStep",
    "Option",
    "OptionEvidence",
    "OptionInterest",
    "OptionsReopening",
    "OutcomeMeasure",
    "PillarSentence",
    "PillarView",
    "Rating",
    "RatingHelper",
    "RecordCorrection",
    "RecordSignature",
    "Redaction",
    "Risk",
    "Round",
    "SharedValue",
    "StageChange",
    "StatementRedaction",
    "StatementWithdrawal",
    "StrategyText",
    "Understanding",
    "UnderstandingRedaction",
    "UrgentDecision",
    "ValuesAgreement",
    "ValuesEdition",
]
