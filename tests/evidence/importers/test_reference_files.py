"""Files of references: what each kind says, and that one bad record stops no other.

The small files are of our own making. Those that other people published are read only where they
are at hand (PUBLIC_DATA names their folder); what is expected of them was read by eye.
"""

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.importers import UnreadableFile
from evidence.importers.references import (
    FORMATS,
    RecordProblem,
    ReferenceRecord,
    bibtex,
    open_references,
    title_key,
)
from evidence.importers.references.bibtex import LONGEST_RECORD
from evidence.importers.references.citations import take_apart
from evidence.importers.references.records import MAX_RECORDS
from evidence.importers.references.words import mended, names

FILES = Path(__file__).parent.parent / "files" / "references"
PUBLISHED = Path(os.environ.get("PUBLIC_DATA", "/nowhere"))


def read(name, folder=FILES):
    return list(open_references((folder / name).read_bytes()))


def test_ris_keeps_what_matters_and_drops_private_links():
    first, untitled, report, unended = read("endnote.ris")
    assert first == ReferenceRecord(
        number=1,
        title="Peer support after a crisis: a made-up trial",
        authors="Example, A. B.; O'Sample, C.",
        year=2015,
        published_in="Journal of Examples",
        doi="10.1234/test.2015.7",
        pmid="11112222",
        abstract="Background: we asked 40 people. Results: 12 of them said that it helped.",
        web_address="http://library.example.org/full;part=1.pdf",
        keywords=("Adult", "Peer Group", "*Recovery/psychology"),
        kind="trial",
        design="randomised_trial",
    )
    assert untitled == RecordProblem(2, "Record 2 has no title, so it cannot be found again.")
    assert (report.number, report.year, report.doi, report.abstract) == (3, None, "", "")
    assert report.authors == "Sample, D."
    assert report.web_address == "http://www.example.org/report"
    assert (unended.title, unended.year) == ("The record before this one has no end", 2009)


def test_pubmed_lines_go_on_and_the_kind_of_study_is_taken_over():
    review, untitled, guideline = read("pubmed.nbib")
    assert review == ReferenceRecord(
        number=1,
        title=(
            "Crisis houses run by people who have been there: a systematic review of made-up "
            "studies"
        ),
        authors="Example, Anna; Sample, Bo",
        year=2021,
        published_in="Journal of made-up reviews",
        doi="10.1234/made.up",
        pmid="33334444",
        abstract=("BACKGROUND: Nothing here is real. RESULTS: Two of three studies were invented."),
        keywords=("Crisis Intervention", "Humans"),
        kind="review",
        design="systematic_review",
    )
    assert isinstance(untitled, RecordProblem)
    assert untitled.number == 2
    assert guideline.title == "Ein erfundener Titel uber Hilfe"
    assert (guideline.authors, guideline.kind) == ("The Example Group", "guidance")


def test_bibtex_loses_nothing_to_a_key_that_stands_twice_or_a_missing_bracket():
    first, second, broken, report = read("zotero.bib")
    assert first.title == "The Müller effect in a made-up town"
    assert first.authors == "Müller, Anna; Sample, Bo"
    assert (first.published_in, first.doi) == ("Journal of Examples", "10.1234/mueller")
    assert (first.web_address, first.keywords) == ("", ("peer support", "recovery"))
    assert second.title == "The same key, another made-up study"
    assert broken.number == 3
    assert "begins on line 20" in broken.message
    assert (report.number, report.published_in) == (4, "Example Council")
    assert (report.year, report.web_address) == (2017, "https://www.example.org/report")


def test_table_of_pubmed():
    first, untitled = read("pubmed.csv")
    assert (first.title, first.pmid, first.year) == ("A table, with a comma", "1234", 2012)
    assert first.authors == "Example A, Sample B"
    assert isinstance(untitled, RecordProblem)


def test_table_of_trials_has_one_reference_for_all_results_of_a_trial():
    first, second, unnamed = read("metapsy.csv")
    assert first == ReferenceRecord(
        number=1,
        title="A made-up trial of talking in groups: twelve weeks",
        authors="Example, J., & Müller-Sample, K.",
        year=2017,
        published_in="J Ex",
        doi="10.1234/ex.1",
        kind="trial",
        design="randomised_trial",
        population="Adults, mean age 37.8, 71% women, Europe",
        outcome="Depression, measured with: bdi-1, phq-9",
    )
    assert (second.authors, second.year) == ("Sample AB, Hassén CD, et al.", 2003)
    assert (second.title, second.published_in) == (
        "Walking and talking as treatments for a made-up trouble",
        "Journal of Examples",
    )
    assert (second.population, second.outcome) == ("Older adults (55 and over)", "Depression")
    assert unnamed == RecordProblem(3, "Record 3: 1 rows name no reference.")


def test_list_of_printed_references_keeps_whole_what_cannot_be_told_apart():
    first, odd = read("metapsy.json")
    assert (first.authors, first.year) == ("Example, J., & Sample, K.", 2017)
    assert (odd.title, odd.authors, odd.year) == ("Nothing here can be told apart", "", 2001)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("M¸ller", "Müller"),
        ("D·vila-Rom·n", "Dávila-Román"),
        ("HassmÈn", "Hassmén"),
        ("1â€“9", "1–9"),
        ("MÃ¼ller", "Müller"),
        ("È vero", "È vero"),
        ("Gal·la", "Gal·la"),
        ("Sjögren", "Sjögren"),
        ("Ã", "Ã"),
    ],
)
def test_letters_are_mended_only_where_the_meaning_is_plain(written, meant):
    assert mended(written) == meant


def test_titles_are_compared_by_their_letters():
    assert title_key("Peer support: What helps?") == title_key("PEER SUPPORT – what helps")
    assert title_key("Détente and recovery") == title_key("Detente and Recovery.")
    assert title_key("Editorial") == ""


def test_authors_that_do_not_fit_are_counted():
    line = names(f"Author Number{number:04}" for number in range(500))
    assert len(line) <= 2000
    assert line.endswith(f"; and {500 - line.count('Author')} others")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04xl/", "Office or ZIP"),
        (b"\x00\x01binary", "not text"),
        (b"Dear colleague, here are the papers.", "do not know this kind"),
        (b"name,doi\na,b\n", "do not know this kind"),
        (b"year,titled\n2000,b\n", "no column"),
        (b"title\n", "no references"),
        (b"{broken", "broken"),
        (b'{"a": {"b": 1}}', "no list of references"),
        (b"TY  - JOUR\nTI  - x\n" + b"y" * 200, "larger than"),
    ],
)
def test_what_is_no_file_of_references_is_refused_with_what_to_do(content, says):
    with pytest.raises(UnreadableFile, match=says):
        list(open_references(content, max_bytes=200))


def test_more_records_than_the_limit_are_refused():
    many = b"TY  - JOUR\nTI  - A title that repeats\nER  - \n" * (MAX_RECORDS + 1)
    with pytest.raises(UnreadableFile, match="10,000"):
        list(open_references(many))


def test_bibtex_is_counted_before_it_is_read(monkeypatch):
    """A quarter of a million empty entries would hold a worker for half an hour."""
    monkeypatch.setattr(bibtex, "bibtexparser", None)
    with pytest.raises(UnreadableFile, match="10,000"):
        list(open_references(b"@article{a,\n title={A title}\n}\n" * (MAX_RECORDS + 1)))


def test_entry_of_bibtex_that_is_no_reference_is_left_out_and_spoils_no_other():
    """Decoding its letters would take minutes. What is after it stands on its own line."""
    long = b"\\'{e}\n" * (LONGEST_RECORD // 6 + 1)
    first, second, third = open_references(
        b"@article{a,\n title={" + long + b"}\n}\n@article{b,\n title={A title of its own}\n}\n"
        b"@article{c,\n title={No end\n"
    )
    assert first.message == "Record 1, which begins on line 1, is too long to be a reference."
    assert second.title == "A title of its own"
    line = 1 + 1 + LONGEST_RECORD // 6 + 1 + 2 + 3
    assert third.message.startswith(f"Record 3, which begins on line {line}, cannot be read.")


def test_field_of_bibtex_that_nobody_reads_is_not_looked_at():
    (item,) = open_references(
        b"@article{a,\n title={A title of its own},\n file={" + b"\\'{e}" * 20_000 + b"}\n}\n"
    )
    assert item.title == "A title of its own"


@settings(max_examples=150)
@given(
    st.sampled_from(["endnote.ris", "pubmed.nbib", "zotero.bib", "metapsy.csv", "metapsy.json"]),
    st.integers(0, 3000),
    st.binary(max_size=40),
)
def test_no_damage_to_a_file_raises_anything_but_a_refusal(name, at, noise):
    content = (FILES / name).read_bytes()
    with contextlib.suppress(UnreadableFile):
        items = list(open_references(content[:at] + noise + content[at:]))
        assert [item.number for item in items] == list(range(1, len(items) + 1))


@pytest.mark.parametrize(
    "content",
    [
        b"TY  - JOUR\nTI  - Long\n" + b"KW  - x\n" * 100_000,
        b"TY  - JOUR\nTI  - " + b"<i" * 200_000,
        b"PMID- 1\nTI  - Long\n" + b"\n" * 500_000,
        b"PMID- 1\nTI  - Long\n" + b"FAU - x\n" * 100_000,
        b"PMID- 1\nTI  - Long\n" + b"      y\n" * 300_000,
        b"@article{a, title={x}}\n" + b"\n" * 500_000,
        b'{"a": "' + b"Aa A, " * 100_000 + b'"}',
    ],
)
def test_hostile_lengths_are_read_to_the_end(content):
    (item,) = open_references(content)
    assert item.number == 1


def test_kinds_have_names_for_people():
    assert [each.name for each in FORMATS] == ["ris", "nbib", "bibtex", "json", "table"]


def test_printed_reference_in_each_style():
    printed = take_apart(
        "Example, A., & Sample, B. (2020, Feb). A title long enough. J Ex, 2(1), 3."
    )
    assert (printed.title, printed.published_in) == ("A title long enough", "J Ex")
    short = take_apart(
        "Example A, Sample BC. Longer words for a title: a trial. J Ex 2018; 22(1): 8."
    )
    assert (short.authors, short.published_in) == ("Example A, Sample BC.", "J Ex")


published = pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published files are not here")


@published
@pytest.mark.parametrize(
    ("name", "records", "dois"),
    [("ptsd_trajectories_included-2.ris", 38, 14), ("ptsd_trajectories_included-3.ris", 8, 4)],
)
def test_published_ris_is_read_whole(name, records, dois):
    items = read(name, PUBLISHED)
    assert len(items) == records
    assert all(isinstance(item, ReferenceRecord) for item in items)
    assert sum(bool(item.doi) for item in items) == dois
    assert not any("internal-pdf" in item.web_address for item in items)


@published
def test_published_trials_are_one_reference_each():
    trials = read("metapsy_depression_psyctr.csv", PUBLISHED)
    printed = read("metapsy_depression_references.json", PUBLISHED)
    assert (len(trials), len(printed)) == (481, 480)
    assert trials[0].authors.endswith("Müller-Nielsen, K.")
    assert all(item.year for item in trials)


@published
@pytest.mark.parametrize(
    ("name", "number", "title", "rest"),
    [
        (
            "ptsd_trajectories_included-2.ris",
            1,
            "Trajectory of post-traumatic stress following traumatic injury: 6-year follow-up",
            (2015, "10.1192/bjp.bp.114.145516", "25657356"),
        ),
        (
            "ptsd_trajectories_included-2.ris",
            2,
            "Identifying longitudinal trajectories of emotional distress symptoms 5 years after "
            "traumatic brain injury",
            (2014, "", ""),
        ),
        (
            "ptsd_trajectories_included-3.ris",
            1,
            "Psychopathology and Resilience Following Traumatic Injury: A Latent Growth Mixture "
            "Model Analysis",
            (2010, "", ""),
        ),
        (
            "metapsy_depression_psyctr.csv",
            1,
            "The efficacy of psychoeducation on recurrent depression: a randomized trial with a "
            "2-year follow-up",
            (2017, "", ""),
        ),
        (
            "metapsy_depression_psyctr.csv",
            3,
            "Cognitive behavior therapy for diabetes distress, depression, health anxiety, quality "
            "of life and treatment adherence among patients with Type-II diabetes mellitus: A "
            "randomized control trial",
            (2023, "10.1186/s12888-023-04546-w", ""),
        ),
        (
            "metapsy_depression_references.json",
            2,
            "Feasibility and acceptability of a task-shifted intervention to enhance adherence to "
            "HIV medication and improve depression in people living with HIV in Zimbabwe, a low "
            "income country in sub-Saharan Africa",
            (2018, "", ""),
        ),
        (
            "ptsd_trajectories_included-2.ris",
            38,
            "A Latent Growth Mixture Modeling Approach to PTSD Symptoms in Rape Victims",
            (2012, "", ""),
        ),
        (
            "ptsd_trajectories_included-3.ris",
            2,
            "Post-traumatic stress symptoms 5 years after military deployment to Afghanistan: An "
            "observational cohort study",
            (2016, "10.1016/s2215-0366(15)00368-5", ""),
        ),
        (
            "ptsd_trajectories_included-3.ris",
            5,
            "Growth curve trajectories of distress in burn patients",
            (2010, "10.1097/bcr.0b013e3181cb8ee6", ""),
        ),
        (
            "metapsy_depression_psyctr.csv",
            100,
            "Intervention for depression among undergraduate religious education students: A "
            "randomized controlled trial",
            (2022, "10.1097/md.0000000000031034", ""),
        ),
        (
            "metapsy_depression_references.json",
            50,
            "Developing therapies for depression in drug dependence: Results of a stage 1 therapy "
            "study",
            (2008, "", ""),
        ),
        (
            "metapsy_depression_references.json",
            400,
            "Telephone-based depression self-management in Hispanic adults with epilepsy: a pilot "
            "randomized controlled trial",
            (2021, "10.1093/tbm/ibab045", ""),
        ),
    ],
)
def test_published_records_say_what_was_read_in_them_by_eye(name, number, title, rest):
    item = read(name, PUBLISHED)[number - 1]
    assert item.title == title
    assert (item.year, item.doi, item.pmid) == rest
