"""The one door to ratings. What someone gave is never logged and never in the audit.

A rating is a number, a place in an order, or a yes or no, by the decision's method; in each way
somebody can choose not to say. Whatever the way, the same holds: one voice a place, sealed, to be
changed until the close, with a receipt.
"""

from cycles.services.ratings.acts import Helped, NotInOrder, NoVoice, ReasonNeeded, RoundNotOpen
from cycles.services.ratings.giving import cast, rank, vote
from cycles.services.ratings.reasons import release_reason, take_reason_back
from cycles.services.ratings.receipts import ReceiptCheck, check_receipt, new_receipt

__all__ = [
    "Helped",
    "NoVoice",
    "NotInOrder",
    "ReasonNeeded",
    "ReceiptCheck",
    "RoundNotOpen",
    "cast",
    "check_receipt",
    "new_receipt",
    "rank",
    "release_reason",
    "take_reason_back",
    "vote",
]
