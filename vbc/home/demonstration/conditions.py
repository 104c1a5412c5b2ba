"""What the invented people of the demonstration can rely on."""

from typing import Any

from stakeholders.enums import ConditionKind
from stakeholders.models import Panel
from stakeholders.services import conditions

CONDITIONS = {
    ConditionKind.PROCESS: (
        "First we look at what is needed, for about three months. Then we talk about what could be done "
        "and each of us rates it. The board reads what we decided and answers within six weeks: yes, no, "
        "or differently, and why. After a year we look at whether it worked.\n\n"
        "Whatever you say gets an answer here, and you are told when it does."
    ),
    ConditionKind.LIMITS: (
        "There is £200,000 a year for three years. It can pay for one new thing, not for several. "
        "The contracts of the four services we have now run until the spring after next: until then we "
        "can add to them, and not end them.\n\n"
        "Two people at the ICB do this work, each for a day a week. We will not always be quick."
    ),
    ConditionKind.DOCUMENTS: (
        "Papers come at least a week before they are needed, with a summary of one page. They are on the "
        "panel's page. Tell us if you would like them in large print or on paper: we post them."
    ),
    ConditionKind.HURDLES: (
        "We asked people what made it hard for them to take part before. They named evening meetings, "
        "bus fares, long words and feeling that it was all decided already. So we meet at eleven, pay "
        "fares in advance, explain words, and say openly what is settled.\n\n"
        "If something is hard for you, tell Kim. You need not say why."
    ),
    ConditionKind.CHANNELS: (
        "You can take part here, in meetings, by telephone on Tuesdays and Thursdays, or by letter. "
        "Somebody answers within three working days. We have interpreters for any language."
    ),
    ConditionKind.INDUCTION: (
        "A start of about ten minutes is here on the site. Once a month there is an hour in which somebody "
        "who has been on a panel shows how a strategy is read. It is paid like a meeting."
    ),
}


def write_conditions(panel: Panel, *, by: Any) -> None:
    """All six, as every panel needs them before it opens."""
    for kind, text in CONDITIONS.items():
        conditions.write(panel, kind, text=text, expected=0, by=by)
