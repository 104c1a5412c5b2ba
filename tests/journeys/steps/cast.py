"""Who takes part in the main job, each in front of a browser of their own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.journeys.background import Worker
from tests.journeys.people import Person
from tests.journeys.watching import PHONE, Watch

SERVICE_USERS = ("Wren", "Robin", "Linnet")
CARERS = ("Heron", "Swift")
CLINICIANS = ("Lukasz", "Sarka", "Jay")
REVIEWERS = ("Merle", "Minh")
# What the commissioner chooses on the invitation, and what the person then says of themselves.
INVITED_AS = {
    **dict.fromkeys(SERVICE_USERS, "Service user"),
    **dict.fromkeys(CARERS, "Carer"),
    **dict.fromkeys(CLINICIANS, "Clinician"),
    **dict.fromkeys(REVIEWERS, "Evidence reviewer"),
}
SPEAKS_FROM = {
    "Service user": "I use mental health services, or have used them",
    "Carer": "I look after or support someone who does",
    "Clinician": "I treat or care for people as a health professional",
    "Evidence reviewer": "I read and judge research and figures",
}


@dataclass
class Cast:
    """The people, and what they share: the site, its worker, its mail."""

    site: Watch
    worker: Worker
    mail: Path
    arrive: Callable[..., Person]
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def comes(self, name: str) -> Person:
        """Service users and carers come with a phone, the others with a desktop."""
        screen = PHONE if name in SERVICE_USERS + CARERS else None
        self.people[name] = self.arrive(name, screen=screen)
        return self.people[name]

    @property
    def commissioner(self) -> Person:
        return self.people["Alex"]
