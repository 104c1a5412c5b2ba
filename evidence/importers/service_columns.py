"""The columns of a list of services, by the names they have in the pattern that is given out."""

TEXTS = {
    "title": ("Service", 160, True),
    "description": ("What happens there and for whom", 5000, True),
    "provider": ("Provider", 120, True),
    "place": ("Where it is", 160, False),
    "contact": ("Who to talk to", 240, False),
}
CHOSEN = {"sector": "Who runs it", "level": "Kind of help", "status": "Is it there"}
SEVERAL = {"groups": "Meant for", "ways_in": "How people get in"}
NUMBERS = {"age_from": "From age", "age_to": "To age"}
DAY = {"contract_ends": "Contract ends"}
COST, COST_BASIS, COST_YEAR = "Cost a year in pounds", "Kind of cost", "Year of the cost"
# What there is room for and what is used are often counted in different things: six beds at any one
# time, 540 people a year. So each has its unit and its period beside it.
CAPACITY, ACTIVITY = "Room for", "Used by"
UNITS = {CAPACITY: "Room counted in", ACTIVITY: "Use counted in"}
PERIODS = {CAPACITY: "Room over how long", ACTIVITY: "Use over how long"}
# Files that were filled in before have one of each for both.
BOTH_UNIT, BOTH_PERIOD = "Counted in", "Over how long"
WAITING = "Usual wait in days"
SOURCE, AS_OF = "Source of the figures", "Figures as of"

HEAD = (
    *(label for label, _, _ in TEXTS.values()),
    *CHOSEN.values(),
    *SEVERAL.values(),
    *NUMBERS.values(),
    *DAY.values(),
    *(COST, COST_BASIS, COST_YEAR),
    *(CAPACITY, UNITS[CAPACITY], PERIODS[CAPACITY]),
    *(ACTIVITY, UNITS[ACTIVITY], PERIODS[ACTIVITY]),
    *(WAITING, SOURCE, AS_OF),
)
NEEDED = (
    *(label for label, _, is_needed in TEXTS.values() if is_needed),
    CHOSEN["sector"],
    CHOSEN["level"],
)
# Words for whom a service is that name no group: everybody, and those who are grown up.
EVERYBODY, ADULTS = "Everybody", "Adults"
# A line that shows how to fill in the others; it is passed over where it is left in.
EXAMPLE = "Example: take this line out"
