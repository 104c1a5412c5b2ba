"""Reading a list of services: what is taken, and what is said of what is not."""

import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from evidence.importers import UnreadableFile
from evidence.importers.service_columns import EXAMPLE, HEAD
from evidence.importers.service_list import MAX_ROWS, ServiceFile, read
from evidence.importers.service_row import ReadFigure

WORDS = {
    "sector": {"nhs": "NHS", "user_led": "Run by people who use services"},
    "level": {"crisis": "Crisis", "community": "In the community"},
    "status": {"in_use": "In use", "closed": "Closed"},
    "groups": {"older": "Older people", "dementia": "People with dementia"},
    "ways_in": {"self": "They can just come or call", "gp": "Through a GP"},
    "basis": {"contract": "What the contract says"},
    "period": {"year": "a year", "at_once": "at any one time"},
}
NEEDED = "Service,What happens there and for whom,Provider,Who runs it,Kind of help"
GOOD = "Crisis house,Four rooms,The Open Door,user_led,Crisis"


def taken(text: str) -> ServiceFile:
    return read(io.BytesIO(text.encode("utf-8", "replace")), WORDS)


def row(**cells: str) -> ServiceFile:
    """One line with these columns beside the needed ones."""
    head = [NEEDED, *cells]
    values = [GOOD, *(f'"{cell}"' for cell in cells.values())]
    return taken(f"{','.join(head)}\n{','.join(values)}\n")


def said(found: ServiceFile) -> str:
    assert not found.rows
    assert len(found.problems) == 1, found.problems
    return found.problems[0].message


def test_every_column_is_read() -> None:
    cells = {
        "Service": "Crisis house",
        "What happens there and for whom": "Four rooms",
        "Provider": "The Open Door",
        "Where it is": "Sheffield",
        "Who to talk to": "The door, 0114 496 0106",
        "Who runs it": "run by people who use services",
        "Kind of help": "crisis",
        "Is it there": "in use",
        "Meant for": "Older people; dementia;older",
        "How people get in": "self",
        "From age": "18",
        "To age": "65",
        "Contract ends": "31/3/2027",
        "Cost a year in pounds": "£385,000.50",
        "Kind of cost": "what the contract says",
        "Year of the cost": "2025-26",
        "Room for": "6",
        "Room counted in": "beds",
        "Room over how long": "at any one time",
        "Used by": "540",
        "Use counted in": "people",
        "Use over how long": "a year",
        "Usual wait in days": "2",
        "Source of the figures": "The contract",
        "Figures as of": "2026-03-02",
    }
    assert tuple(cells) == (*HEAD,)
    line = ",".join(f'"{cell}"' for cell in cells.values())
    found = taken(",".join(HEAD) + f"\n{line}\n")
    assert found.problems == []
    (service,) = found.rows
    assert (service.sector, service.level, service.status) == ("user_led", "crisis", "in_use")
    assert (service.groups, service.ways_in) == (("older", "dementia"), ("self",))
    assert (service.age_from, service.age_to) == (18, 65)
    assert service.contract_ends == date(2027, 3, 31)
    assert service.dated_on == date(2026, 3, 2)
    assert service.figures == (
        ReadFigure("cost", 38_500_050, basis="contract", year="2025-26"),
        ReadFigure("capacity", 6, unit="beds", period="at_once"),
        ReadFigure("activity", 540, unit="people", period="year"),
        ReadFigure("waiting", 2),
    )


def test_needed_columns_are_enough_in_any_order_and_case_and_between_semicolons() -> None:
    found = taken(
        "KIND OF HELP;Provider;service;Who runs it?;What happens there and for whom;Extra\n"
        "crisis;The Open Door;Crisis house;nhs;Four rooms;x\n"
    )
    assert [each.title for each in found.rows] == ["Crisis house"]
    assert found.rows[0].figures == ()
    assert found.ignored == ("Extra",)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"Is it there": "perhaps"}, "is not one of the words that go here"),
        ({"Meant for": "Older people; Martians"}, "“Martians” is not one of the words"),
        ({"From age": "ten"}, "is not a number"),
        ({"From age": "1.5"}, "is not an age in years"),
        ({"From age": "151"}, "is not an age in years"),
        ({"From age": "30", "To age": "20"}, "is below the first age"),
        ({"Contract ends": "31/2/2027"}, "is not a day. Write it like 1/4/2026"),
        ({"Contract ends": "3/31/2027"}, "is not a day"),
        ({"Usual wait in days": "-3"}, "is below nought"),
    ],
)
def test_a_cell_that_cannot_be_read_is_a_problem_with_its_line(
    cells: dict[str, str], words: str
) -> None:
    message = said(row(**cells))
    assert message.startswith("Line 2, ")
    assert words in message


FIGURES = {"Source of the figures": "The contract", "Figures as of": "2/3/2026"}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"Cost a year in pounds": "5"}, "“Kind of cost”: is empty"),
        (
            {"Cost a year in pounds": "5", "Kind of cost": "contract"},
            "is not a year. Write it like 2025-26",
        ),
        (
            {
                "Cost a year in pounds": "5",
                "Kind of cost": "contract",
                "Year of the cost": "2025-27",
            },
            "is not a year. Write it like 2025-26",
        ),
        ({"Room for": "5"}, "“Room counted in”: does not say what is counted"),
        ({"Room for": "5", "Room counted in": "beds"}, "“Room over how long”: is empty"),
        ({"Used by": "5", "Use counted in": "people"}, "“Use over how long”: is empty"),
        ({"Room for": "5", "Counted in": "beds"}, "“Room over how long”: is empty"),
        (
            {"Room for": "6", "Used by": "6", "Counted in": "beds", "Over how long": "perhaps"},
            "“Over how long”: “perhaps” is not one of the words",
        ),
    ],
)
def test_a_figure_needs_what_goes_with_it(cells: dict[str, str], words: str) -> None:
    assert words in said(row(**cells, **FIGURES))


def amounts(**cells: str) -> list[tuple[str, int, str, str]]:
    (service,) = row(**cells, **FIGURES).rows
    return [(each.kind, each.value, each.unit, each.period) for each in service.figures]


def test_a_file_with_one_column_for_room_and_use_is_still_read() -> None:
    both = {"Counted in": "people", "Over how long": "a year"}
    assert amounts(**{"Room for": "600", "Used by": "540", **both}) == [
        ("capacity", 600, "people", "year"),
        ("activity", 540, "people", "year"),
    ]
    assert amounts(**{"Used by": "540", **both}) == [("activity", 540, "people", "year")]
    own = {"Room counted in": "beds", "Room over how long": "at any one time"}
    assert amounts(**{"Room for": "6", "Used by": "540", **own, **both}) == [
        ("capacity", 6, "beds", "at_once"),
        ("activity", 540, "people", "year"),
    ]


@pytest.mark.parametrize(
    "shared",
    [
        {"Counted in": "people", "Over how long": "a year"},
        {
            "Counted in": "people",
            "Room over how long": "at any one time",
            "Use over how long": "a year",
        },
    ],
)
def test_one_column_that_cannot_be_meant_for_both_is_asked_about(shared: dict[str, str]) -> None:
    message = said(row(**{"Room for": "6", "Used by": "540", **shared, **FIGURES}))
    assert "“Counted in”: “people” is said of the room and of the use" in message
    assert "540 is many times 6" in message
    assert "“Use counted in”, “Room over how long”" in message


@pytest.mark.parametrize("year", ["2025-26", "2025/26", "2025-2026", "2025 / 26"])
def test_a_financial_year_is_kept_in_one_way(year: str) -> None:
    cost = {"Cost a year in pounds": "5", "Kind of cost": "contract", "Year of the cost": year}
    (service,) = row(**cost, **FIGURES).rows
    assert service.figures[0].year == "2025-26"


@pytest.mark.parametrize("lacking", FIGURES)
def test_a_figure_needs_its_source_and_day(lacking: str) -> None:
    rest = {name: value for name, value in FIGURES.items() if name != lacking}
    message = said(row(**{"Usual wait in days": "5"}, **rest))
    assert f"“{lacking}”: is empty" in message


def test_one_bad_line_leaves_the_others() -> None:
    found = taken(
        f"{NEEDED}\n{GOOD}\nHouse,,The Open Door,nhs,crisis\n\nCafé,Tea,Elders,nhs,crisis\n"
    )
    assert [each.title for each in found.rows] == ["Crisis house", "Café"]
    assert [each.line for each in found.problems] == [3]
    assert "“What happens there and for whom”: is empty" in found.problems[0].message


def test_the_same_service_twice_is_a_problem() -> None:
    found = taken(f"{NEEDED}\n{GOOD}\n{GOOD.replace('Crisis house', 'CRISIS HOUSE')}\n")
    assert len(found.rows) == 1
    assert "stands on line 2 already" in found.problems[0].message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Service,Provider\nx,y\n", "lacks columns that every service needs"),
        (f"{NEEDED},service\n", "stands twice"),
        ("", "is empty"),
        (f"{NEEDED}\n" + "x,y,z,nhs,crisis\n" * 2 + "\0", "not text"),
    ],
)
def test_a_file_that_cannot_be_used_at_all_says_why(text: str, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        taken(text)


def test_too_many_lines_are_refused() -> None:
    lines = "".join(f"House {n},Rooms,Door,nhs,crisis\n" for n in range(MAX_ROWS))
    assert len(taken(f"{NEEDED}\n{lines}").rows) == MAX_ROWS
    with pytest.raises(UnreadableFile, match="more than 500 services"):
        taken(f"{NEEDED}\n{lines}One more,Rooms,Door,nhs,crisis\n")


@given(st.dictionaries(st.sampled_from(HEAD), st.text(max_size=8), max_size=4))
def test_whatever_stands_in_the_cells_is_a_row_or_a_problem(changed: dict[str, str]) -> None:
    good = dict(zip(NEEDED.split(","), GOOD.split(","), strict=True)) | changed
    cells = ",".join('"' + good.get(name, "").replace('"', '""') + '"' for name in HEAD)
    try:
        found = taken(f"{','.join(HEAD)}\n{cells}\n")
    except UnreadableFile:
        return
    assert not {each.line for each in found.rows} & {each.line for each in found.problems}
    assert len(found.rows) + bool(found.problems) <= 1


@pytest.mark.parametrize(
    ("cell", "groups", "age_from"),
    [
        ("Everybody", (), None),
        ("adults", (), 18),
        ("Adults; Older people", ("older",), 18),
        ("Older people", ("older",), None),
    ],
)
def test_there_is_a_word_for_adults_and_for_everybody(
    cell: str, groups: tuple[str, ...], age_from: int | None
) -> None:
    (service,) = row(**{"Meant for": cell}).rows
    assert (service.groups, service.age_from) == (groups, age_from)


def test_an_age_that_is_written_down_counts_more_than_adults() -> None:
    (service,) = row(**{"Meant for": "Adults", "From age": "16"}).rows
    assert service.age_from == 16


def test_everybody_beside_others_is_asked_about() -> None:
    message = said(row(**{"Meant for": "Everybody; Older people"}))
    assert "“Everybody; Older people” says “Everybody” and others too" in message


def test_a_list_of_words_is_not_repeated_in_each_problem() -> None:
    found = taken(f"{NEEDED}\n{GOOD},\nHouse,Rooms,Door,nhs,upstairs\n,Rooms,Door,,crisis\n")
    messages = [each.message for each in found.problems]
    assert len(messages) == 3
    assert not any("In the community" in each or "Run by people" in each for each in messages)


def workbook(**sheets: list[list[object]]) -> ServiceFile:
    made = Workbook()
    made.remove(made.active)
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    made.save(out)
    return read(io.BytesIO(out.getvalue()), WORDS)


def test_a_workbook_is_read_like_a_csv_file() -> None:
    head = [*NEEDED.split(","), "From age", "Contract ends"]
    found = workbook(
        About=[["Our services"]],
        North=[head, [*GOOD.split(","), 18, datetime(2027, 3, 31)]],
        South=[head, ["Café", "Tea", "Elders", "nhs", "upstairs", None, None]],
        Wards=[["ward", "beds"], ["Ash", 12]],
    )
    (service,) = found.rows
    assert (service.age_from, service.contract_ends) == (18, date(2027, 3, 31))
    assert [each.message for each in found.problems] == [
        "The sheet “Wards” was not read, because its columns are others. If it has services too,"
        " save it by itself and add that file.",
        "Row 2 of the sheet “South”, “Kind of help”: “upstairs” is not one of the words that go"
        " here, which are listed below.",
    ]
    assert found.sheets.without == ("About",)


def test_the_example_is_passed_over_and_alone_is_no_list() -> None:
    example = GOOD.replace("Crisis house", EXAMPLE)
    found = taken(f"{NEEDED}\n{example}\n{GOOD}\n")
    assert ([each.title for each in found.rows], found.had_example) == (["Crisis house"], True)
    with pytest.raises(UnreadableFile, match="no service below the column names but the example"):
        taken(f"{NEEDED}\n{example}\n")
    with pytest.raises(UnreadableFile, match=r"no service below the column names\. Write"):
        taken(f"{NEEDED}\n")
