import pytest

from vbc.ui.blocks import Block, blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n \n\n", []),
        ("One line\nand the next", [Block("paragraph", ("One line", "and the next"))]),
        ("One\n\nTwo", [Block("paragraph", ("One",)), Block("paragraph", ("Two",))]),
        (
            "We commit to:\n- asking\n- answering\nAnd more",
            [
                Block("paragraph", ("We commit to:",)),
                Block("list", ("asking", "answering")),
                Block("paragraph", ("And more",)),
            ],
        ),
        ("> I was sent home\n> at four", [Block("quotation", ("I was sent home", "at four"))]),
        ("Key point: nobody sits alone", [Block("key_point", ("nobody sits alone",))]),
        ("EXAMPLE:\nA café in Salford", [Block("example", ("A café in Salford",))]),
        ("Key point:", [Block("paragraph", ("Key point:",))]),
        ("-not a list", [Block("paragraph", ("-not a list",))]),
    ],
)
@pytest.mark.row("A3-3")
def test_plain_text_is_read_as_people_mean_it(text: str, expected: list[Block]) -> None:
    assert blocks(text) == expected


def test_nothing_in_a_text_is_lost_or_read_as_markup() -> None:
    text = "<b>bold</b> & more\n\n- <script>"
    assert [line for block in blocks(text) for line in block.lines] == [
        "<b>bold</b> & more",
        "<script>",
    ]
