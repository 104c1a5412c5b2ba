"""People read the guided start, and say something of themselves. All of it is invented."""

from datetime import date

from stakeholders.enums import Characteristic, InductionStep
from stakeholders.queries.induction import steps_for
from stakeholders.services import compositions, induction, self_descriptions
from vbc.home.demonstration.people import Cast

SOURCE = "Invented for this demonstration"
# Age, sex, gender, ethnic group, disability, sexual orientation, religion; a dash: left out.
SAID = {
    "wren": "35_49 female same white disabled straight none",
    "robin": "25_34 male same black disabled gay_lesbian christian",
    "linnet": "50_64 female same white disabled straight prefer_not",
    "heron": "65_74 male same asian not_disabled straight muslim",
    "swift": "35_49 female same mixed not_disabled prefer_not -",
    "lukasz": "50_64 male same white not_disabled straight christian",
    "sarka": "35_49 female same white not_disabled straight none",
    "jay": "25_34 male same asian not_disabled straight hindu",
    "merle": "35_49 female - white prefer_not bisexual none",
    "minh": "35_49 male same asian not_disabled straight buddhist",
}
PEOPLE_HERE = {
    Characteristic.AGE: {
        "under_25": 305,
        "25_34": 135,
        "35_49": 190,
        "50_64": 190,
        "65_74": 95,
        "75_over": 85,
    },
    Characteristic.SEX: {"female": 508, "male": 492},
    Characteristic.ETHNIC_GROUP: {
        "asian": 74,
        "black": 29,
        "mixed": 25,
        "white": 853,
        "other": 19,
    },
    Characteristic.DISABILITY: {"disabled": 205, "not_disabled": 795},
}


def settle_in(cast: Cast) -> None:
    """Most have read all of it, one is half way, and one has not begun."""
    for key in SAID:
        if key == "swift":
            continue
        steps = steps_for(cast[key])
        for step in steps[:4] if key == "robin" else steps:
            induction.read(InductionStep(step), by=cast[key])
    for key, said in SAID.items():
        answers = dict(zip(Characteristic.values, said.replace("-", "").split(" "), strict=True))
        self_descriptions.save(cast.organisation, answers=answers, by=cast[key])
    for characteristic, per_mille in PEOPLE_HERE.items():
        compositions.enter_population(
            cast.organisation,
            characteristic=characteristic,
            per_mille=per_mille,
            source=SOURCE,
            as_of=date(2025, 6, 30),
            by=cast["kim"],
        )
    compositions.make_edition(cast.organisation, by=None)
