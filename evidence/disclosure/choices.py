"""What of people's answers on choice may be shown: what most of them said, never how many.

A count of five people tells whoever is one of them too much: of "yes 1, no 4" whoever said yes
knows what all the others said, and of "no 5" everybody knows everybody's. So it is as with secret
votes (`cycles/disclosure/votes.py`): from five people, whether more than half gave one answer, and
which. A test tries all that five to seven people can say.
"""

from collections import Counter
from collections.abc import Sequence

PEOPLE_NEEDED = 5


def most_said(answers: Sequence[str]) -> str | None:
    """The answer that more than half of the people gave, empty where there is none such. None where
    nothing may be shown."""
    if len(answers) < PEOPLE_NEEDED:
        return None
    ((answer, count),) = Counter(answers).most_common(1)
    return answer if 2 * count > len(answers) else ""
