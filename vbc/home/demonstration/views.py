"""What people outside the panel said, and what some of them lived through. All of it is invented."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cycles.enums import QuestionKind, SpeaksFrom
from cycles.models import Call, Cycle
from cycles.services import answers, calls
from cycles.services.answers import Said
from evidence.models import Experience, Theme
from evidence.services import codings, experience, gaps, themes
from stakeholders.models import EngagementEvent
from vbc.home.demonstration.people import Cast

THEMES = {
    "Getting in touch": "How the first call, letter or visit is, and whether anybody answers.",
    "A place I know": "Where help is, and whether it feels safe to go there.",
    "My language": "Being understood, in words and in what matters to a family.",
    "Waiting": "How long it takes, and what happens meanwhile.",
}
# Who tells, the title, the words, what is to be taken out, what may be done with it, and a quote.
ACCOUNTS: tuple[dict[str, Any], ...] = (
    {
        "by": "robin",
        "title": "The phone that rang from nowhere",
        "text": (
            "They said they would ring. It rang from a hidden number, and I do not pick those up: "
            "for years they meant debt. After two calls I was off the list. Mrs Example at the "
            "community centre rang them for me, and then it went fast. I am glad I went."
        ),
        "happened": "spring of last year",
        "told_by": "self",
        "names": ["Mrs Example"],
        "may": ("panel_may_read", "report_may_quote", "public_may_read"),
        "found": {"Getting in touch": "It rang from a hidden number", "A place I know": ""},
        "quote": "After two calls I was off the list.",
        "became": (
            "The services now ring from a number that shows, and send a text first. Nobody is off a "
            "list after two calls any more."
        ),
    },
    {
        "by": "heron",
        "title": "I was the interpreter",
        "text": (
            "My mother went, and I sat between her and the therapist and put it into English. There "
            "are things a mother does not say through her son. Nobody told us that you can ask for "
            "an interpreter. She stopped after the second time."
        ),
        "happened": "two years ago",
        "told_by": "carer",
        "names": [],
        "may": ("panel_may_read", "report_may_quote"),
        "found": {"My language": "There are things a mother does not say through her son."},
        "quote": "There are things a mother does not say through her son.",
        "became": "",
    },
)
# Of each theme how it is and what is hoped for, from two afternoons in community centres.
EVENT_HOPES = {
    "Getting in touch": [
        (2, 8),
        (3, 9),
        (2, 7),
        (4, 8),
        (1, 8),
        (3, 8),
        (2, 9),
        (5, 8),
        (3, 7),
        (2, 8),
    ],
    "My language": [(2, 9), (1, 9), (3, 8), (2, 8), (4, 9), (3, 9), (2, 8)],
    "Waiting": [(4, 7), (5, 8), (3, 7), (4, 8), (6, 8)],
}
WORDS = (
    ("Ring from a number that I can see.", "Getting in touch"),
    ("I would go to the centre. I would not go to a clinic.", "A place I know"),
    ("My father needs somebody who speaks Urdu, not a leaflet in it.", "My language"),
    ("Three months is a long time when you do not sleep.", "Waiting"),
    ("A text first, then a call.", "Getting in touch"),
    ("Tell people that they can ask for an interpreter.", "My language"),
    ("Evenings. We work.", ""),
    ("Somebody should have told me how long it takes.", "Waiting"),
    ("The mosque has a room on Thursdays.", "A place I know"),
    ("I did not understand the letter.", "Getting in touch"),
    ("Women should be able to choose a woman.", "My language"),
    ("It was good once I got there.", ""),
    ("Not another phone number with a menu.", "Getting in touch"),
    ("Somewhere with a bus.", "A place I know"),
)
PARTS = (SpeaksFrom.USES, SpeaksFrom.CARES, SpeaksFrom.USES, "", SpeaksFrom.WORKS)
WAYS = ["A call from a number I can see", "A text message", "Somebody I know tells me", "A letter"]


def tell(cast: Cast) -> None:
    """Accounts, themes and hopes in the library; one call that is over, and one that is open."""
    found = {
        label: themes.add(cast.organisation, label=label, meaning=meaning, by=cast["merle"])
        for label, meaning in THEMES.items()
    }
    for told in ACCOUNTS:
        _tell_one(cast, told, found)
    _say_what_is_hoped_for(cast, found)
    planned = Cycle.objects.get(organisation=cast.organisation, stage="plan")
    _ask_and_answer(cast, planned, found)
    analysed = Cycle.objects.get(organisation=cast.organisation, stage="analyse")
    calls.put_out(
        _call(cast, analysed, found, title="What stops people from asking for help?"),
        by=cast["alex"],
    )


def _tell_one(cast: Cast, told: dict[str, Any], found: dict[str, Theme]) -> Experience:
    leave = {name: name in told["may"] for name in experience.CONSENTS}
    words = {name: told[name] for name in ("title", "text", "happened", "told_by")}
    made = experience.tell(cast.organisation, **words, **leave, by=cast[told["by"]])
    experience.check(made, version=made.version, names=told["names"], by=cast["alex"])
    for label, passage in told["found"].items():
        codings.code(made, theme=found[label], passage=passage, by=cast["wren"])
    codings.code(made, theme=found["Getting in touch"], by=cast["merle"])
    codings.quote(made, passage=told["quote"], by=cast["merle"])
    if told["became"]:
        experience.say_what_became(
            made, version=made.version, words=told["became"], by=cast["alex"]
        )
    return made


def _say_what_is_hoped_for(cast: Cast, found: dict[str, Theme]) -> None:
    """At the events that are over; and members in the quarter that runs."""
    events = list(EngagementEvent.objects.filter(panel=cast.panel).order_by("pk"))
    long_ago = timezone.localdate() - timedelta(days=120)
    for label, pairs in EVENT_HOPES.items():
        gaps.record_event(events[0], theme=found[label], pairs=pairs, by=cast["alex"], on=long_ago)
    gaps.say(found["Waiting"], actual=4, hoped=8, by=cast["robin"])


def _call(cast: Cast, cycle: Cycle, found: dict[str, Theme], *, title: str, **more: Any) -> Call:
    today = timezone.localdate()
    call = calls.start(
        cycle,
        title=title,
        why=(
            "Fewer people from some communities get a talking therapy, and we do not know enough "
            "about why. You may never have used one: then we want to hear from you all the more."
        ),
        what_happens=(
            "Alex Example and members of the panel read all of it. It can change which help is bought "
            "and where it is. It cannot get you an appointment."
        ),
        is_anonymous=True,
        opens_on=today,
        closes_on=today + timedelta(days=21),
        hear_by=today + timedelta(days=60),
        by=cast["alex"],
        **more,
    )
    by = cast["alex"]
    calls.ask(call, kind=QuestionKind.WORDS, text="What should change first?", by=by)
    calls.ask(
        call, kind=QuestionKind.CHOICE, text="How should we get in touch?", choices=WAYS, by=by
    )
    calls.ask(
        call,
        kind=QuestionKind.HOPES,
        text="Getting in touch with help",
        theme=found["Getting in touch"],
        by=by,
    )
    return call


def _ask_and_answer(cast: Cast, cycle: Cycle, found: dict[str, Theme]) -> None:
    call = _call(
        cast,
        cycle,
        found,
        title="Help that reaches you",
        decision=cycle.decisions.order_by("pk").first(),
    )
    calls.put_out(call, by=cast["alex"])
    calls.name_reader(call, reader=cast["wren"], by=cast["alex"])
    words, ways, scale = call.questions.all()
    for number in range(len(WORDS) * 2):
        text, _ = WORDS[number % len(WORDS)]
        said = [
            Said(words, words=text),
            Said(ways, choice=WAYS[number * number % 3]),
            Said(scale, actual=2 + number % 3, hoped=7 + number % 3),
        ]
        answers.give(call, said=said, perspective=PARTS[number % len(PARTS)])
    by_words = dict(WORDS)
    for part in words.parts.select_related("answer__call__cycle"):
        if label := by_words[part.words]:
            answers.toggle_theme(part.answer, theme=found[label], by=cast["wren"])
    calls.close(call, by=cast["alex"])
    for theme, you_said, we_did in (
        (
            None,
            "Help is good once people get there. Too many never do.",
            "The panel had what you said before it when it weighed what to buy first.",
        ),
        (
            found["Getting in touch"],
            "A call from a hidden number is not picked up, and a letter is not understood.",
            "The services ring from a number that shows, and send a text first.",
        ),
        (
            found["Waiting"],
            "Nobody says how long it takes.",
            "Not yet: there is no money for more staff this year. From May each letter says how long "
            "it takes.",
        ),
    ):
        calls.respond(
            call, theme=theme, you_said=you_said, we_did=we_did, expected=0, by=cast["alex"]
        )
    calls.publish_responses(call, by=cast["alex"])
