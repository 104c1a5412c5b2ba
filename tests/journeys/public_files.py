"""Public files as their publishers shape them, and cells of each that were read in them by eye.

The small files beside the tests hold the same cells as the whole ones, so that both are held
against the same numbers. They come in an order that nobody would call the right one.
"""

import os
from dataclasses import dataclass
from pathlib import Path

SMALL = Path(__file__).parents[1] / "evidence" / "files" / "published"
WHOLE = Path(os.environ.get("PUBLIC_DATA", "") or "/nowhere")

TALKING = "NHS England, NHS Talking Therapies annual report 2024-25"
LIBRARY = "House of Commons Library, QOF 2019/20"
FINGERTIPS = "Fingertips, as reshaped by Trafford Data Lab"
ONS = "Office for National Statistics"
SOUTH_YORKSHIRE = "NHS South Yorkshire Integrated Care Board"
MANCHESTER = "Greater Manchester"


@dataclass(frozen=True)
class Cell:
    """One figure on the page of its indicator: of which area, compared by which groups, in the
    table row that holds `row`, and what it must say there."""

    indicator: str
    area: str
    row: str
    shows: str
    group: str = ""


@dataclass(frozen=True)
class Place:
    """What the page of a place says after a list of areas or an outline was read."""

    code: str
    says: tuple[str, ...]


@dataclass(frozen=True)
class Printed:
    """What the page of a reference says."""

    title: str
    says: tuple[str, ...]


PREVALENCE = "recorded by general practices (QOF)"
DEPRESSION = f"Depression, {PREVALENCE}"
PSYCHOSIS = f"Schizophrenia, bipolar disorder and other psychoses, {PREVALENCE}"
HARM = "Emergency Hospital Admissions for Intentional Self-Harm"
YOUNG = "Hospital admissions as a result of self-harm (10-24 years)"
DEMENTIA = "Estimated dementia diagnosis rate (aged 65 and over)"
RECOVERY = "Recovery (percentage)"
OUTLINE = "Its outline is known, so it can be drawn on a map."

FIGURES: dict[str, tuple[str, tuple[Cell, ...]]] = {
    "nhstt_annual_2017-18_to_2024-25_totals_ccg_stp_icb.csv": (
        TALKING,
        (
            Cell(RECOVERY, SOUTH_YORKSHIRE, "2020-21", "48%"),
            Cell(RECOVERY, SOUTH_YORKSHIRE, "2022-23", "51%"),
            Cell("Referrals received (count)", SOUTH_YORKSHIRE, "2024-25", "46,725"),
        ),
    ),
    "nhstt_annual_2024-25_icb_england_equality.csv": (
        TALKING,
        (
            Cell(RECOVERY, SOUTH_YORKSHIRE, "Sikh", "24%", group="Religion"),
            Cell(RECOVERY, SOUTH_YORKSHIRE, "Jain", "Suppressed", group="Religion"),
            Cell(RECOVERY, SOUTH_YORKSHIRE, "Black or Black British", "51%", group="Ethnic Group"),
        ),
    ),
    "hoc_qof2019-20_lad_prevalence.csv": (
        LIBRARY,
        (
            Cell(DEPRESSION, "Carlisle", "Carlisle", "18.8%"),
            Cell(DEPRESSION, "Newham", "Newham", "6.1%"),
            Cell(PSYCHOSIS, "Blackpool", "Blackpool", "1.5%"),
        ),
    ),
    "hoc_qof2019-20_region_prevalence.csv": (
        LIBRARY,
        (
            Cell(DEPRESSION, "London", "London", "8.1%"),
            Cell(PSYCHOSIS, "London", "London", "1.1%"),
            Cell(PSYCHOSIS, "East Midlands", "East Midlands", "0.8%"),
        ),
    ),
    "hoc_qof2019-20_imd_prevalence.csv": (
        LIBRARY,
        (
            Cell(PSYCHOSIS, "England", "1 (most deprived)", "1.2%", group="Deprivation decile"),
            Cell(PSYCHOSIS, "England", "10 (least deprived)", "0.7%", group="Deprivation decile"),
            Cell(
                PSYCHOSIS, "England", "5 (fifth most deprived)", "0.9%", group="Deprivation decile"
            ),
        ),
    ),
    "traffordlab_fingertips_admissions_self_harm.csv": (
        FINGERTIPS,
        (
            Cell(HARM, MANCHESTER, "2010/11", "249.2"),
            Cell(HARM, MANCHESTER, "2011/12", "248.5"),
            Cell(HARM, MANCHESTER, "2013/14", "273.7"),
        ),
    ),
    "traffordlab_fingertips_admissions_self_harm_young_people.csv": (
        FINGERTIPS,
        (
            Cell(YOUNG, MANCHESTER, "2011/12", "No figure"),
            Cell(YOUNG, MANCHESTER, "2012/13", "402.2"),
            Cell(YOUNG, MANCHESTER, "2014/15", "486.6"),
        ),
    ),
    "traffordlab_fingertips_dementia_diagnosis.csv": (
        FINGERTIPS,
        (
            Cell(DEMENTIA, MANCHESTER, "2017", "77.1%"),
            Cell(DEMENTIA, "Hartlepool", "2017", "80.8%"),
            Cell(DEMENTIA, MANCHESTER, "2018", "76.3%"),
        ),
    ),
}
PLACES: dict[str, tuple[str, tuple[Place, ...]]] = {
    "icb_april2023_boundaries_bsc.geojson": (
        ONS,
        (
            # By name: the code may be an older partnership's too, whose figures came before.
            Place("NHS Cheshire and Merseyside Integrated", ("Integrated Care Board", OUTLINE)),
            Place("NHS Staffordshire and Stoke-on-Trent", ("Integrated Care Board", OUTLINE)),
            Place("QF7", (SOUTH_YORKSHIRE, "E54000061", OUTLINE)),
        ),
    ),
    "fingertipsnext_areas.csv": (
        "Department of Health and Social Care, Fingertips",
        (
            Place("E54000061", (SOUTH_YORKSHIRE, "QF7", "North East and Yorkshire NHS Region")),
            Place("A81002", ("Queens Park Medical Centre",)),
            Place("E38000006", ("02P", SOUTH_YORKSHIRE)),
        ),
    ),
    "ons_la_all_codes.csv": (
        ONS,
        (
            Place("E08000006", ("Salford", "North West", "Greater Manchester, as well")),
            Place("E07000028", ("Carlisle", "No longer there", "Cumberland", "E06000063")),
            Place("E09000001", ("City of London", "London")),
        ),
    ),
    "ons_utla_all_codes.csv": (
        ONS,
        (
            Place("E10000017", ("Lancashire", "County", "North West")),
            Place("E08000018", ("Rotherham", "Yorkshire and The Humber")),
            Place("E06000014", ("York", "Yorkshire and The Humber")),
        ),
    ),
    "ons_rgn_all_codes.csv": (
        ONS,
        (
            Place("E12000002", ("North West", "Region", "England")),
            Place("E12000004", ("East Midlands", "Region", "England")),
            Place("E12000007", ("London", "Region", "England")),
        ),
    ),
}
REFERENCES: dict[str, tuple[str, tuple[Printed, ...]]] = {
    "ptsd_trajectories_included-2.ris": (
        "A review of post-traumatic stress, first search",
        (
            Printed(
                "Trajectory of post-traumatic stress following traumatic injury: 6-year follow-up",
                ("Bryant, R. A.", "2015", "Br J Psychiatry", "10.1192/bjp.bp.114.145516"),
            ),
            Printed(
                "Identifying longitudinal trajectories of emotional distress symptoms 5 years "
                "after traumatic brain injury",
                ("Sigurdardottir, S.", "2014", "Brain Injury"),
            ),
            Printed(
                "Six years after the wave. Trajectories of posttraumatic stress following a "
                "natural disaster",
                ("Johannesson, K. B.", "2015", "10.1016/j.janxdis.2015.07.007"),
            ),
        ),
    ),
    "ptsd_trajectories_included-3.ris": (
        "A review of post-traumatic stress, second search",
        (
            Printed(
                "Psychopathology and Resilience Following Traumatic Injury: A Latent Growth "
                "Mixture Model Analysis",
                ("deRoon-Cassini, T. A.", "2010", "Rehabilitation Psychology"),
            ),
            Printed(
                "Post-traumatic stress symptoms 5 years after military deployment to Afghanistan: "
                "An observational cohort study",
                ("Eekhout, I.", "2016", "The Lancet Psychiatry"),
            ),
            Printed(
                "Growth curve trajectories of distress in burn patients",
                ("Mason, S. T.", "2010", "10.1097/bcr.0b013e3181cb8ee6"),
            ),
        ),
    ),
    "metapsy_depression_psyctr.csv": (
        "Metapsy, trials of psychotherapy for depression",
        (
            Printed(
                "The efficacy of psychoeducation on recurrent depression: a randomized trial with "
                "a 2-year follow-up",
                ("Müller-Nielsen, K.", "2017", "Nord J Psychiatry"),
            ),
            Printed(
                "Cognitive behavior therapy for diabetes distress, depression, health anxiety, "
                "quality of life and treatment adherence among patients with Type-II diabetes "
                "mellitus: A randomized control trial",
                ("Abbas, Q.", "2023", "10.1186/s12888-023-04546-w"),
            ),
            Printed(
                "Effects of antenatal depression screening and intervention among Chinese "
                "high-risk pregnant women with medically defined complications: A randomized "
                "controlled trial",
                ("Zhao, Y.", "2019", "10.1111/eip.12731"),
            ),
        ),
    ),
}
