"""The register of public data: what each kind answers, and what has become of it.

What there was then is from The Commissioning Friend for Mental Health Services (NMHDU and
Commissioning Support for London, December 2009), appendix 6. What there is now is named as of 2025.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataSource:
    """One kind of public data. `then` is empty for what has come since 2009; `reads` says which
    files of it the library reads by itself, and is empty where a person names the columns. `where`
    is the address of its publisher's own page, for those that are read by themselves."""

    answers: str
    then: str
    now: str
    note: str = ""
    reads: str = ""
    where: str = ""


_STATISTICS = "https://digital.nhs.uk/data-and-information/publications/statistical"

SOURCES = (
    DataSource(
        answers="Who is in touch with mental health services, and what care do they get?",
        then="Mental Health Minimum Dataset (MHMDS)",
        now="Mental Health Services Data Set (MHSDS), NHS England, every month",
        reads="The monthly CSV file, with its old and its new column names",
        where=f"{_STATISTICS}/mental-health-services-monthly-statistics",
    ),
    DataSource(
        answers="Who gets talking therapies, who finishes, and who recovers?",
        then="",
        now="NHS Talking Therapies reports, NHS England (called IAPT until 2023)",
        note="Small numbers are left out and the others rounded to the nearest 5.",
        reads="The annual report as a table, with or without groups of people",
        where=f"{_STATISTICS}/nhs-talking-therapies-for-anxiety-and-depression-annual-reports",
    ),
    DataSource(
        answers="How does one area compare with others and with England?",
        then="Mental Health Observatory",
        now="Fingertips, Office for Health Improvement and Disparities",
        note="Its mental health needs profile was withdrawn on 4 November 2025; the profiles on "
        "adult mental health and wellbeing, and on perinatal, children and young people's mental "
        "health, took its place.",
        reads="“All data” as CSV, what its indicators mean, and its areas",
        where="https://fingertips.phe.org.uk/",
    ),
    DataSource(
        answers="How many people have a mental health problem, seen by a service or not?",
        then="Adult Psychiatric Morbidity Survey",
        now="Adult Psychiatric Morbidity Survey, NHS England, about every seven years",
        note="The one that shows unmet need: it asks people at home, not patients.",
    ),
    DataSource(
        answers="How many people do general practices know of?",
        then="",
        now="Quality and Outcomes Framework (QOF), NHS England, every year",
        note="For districts the House of Commons Library makes estimates out of it.",
        reads="The House of Commons Library's files by district, region and deprivation",
    ),
    DataSource(
        answers="Who lives here, how old are they, and how deprived is the area?",
        then="National Statistics on population and geography",
        now="Office for National Statistics: census, population estimates, area codes, boundaries; "
        "the Index of Multiple Deprivation",
        reads="Lists of area codes, and boundaries as GeoJSON",
        where="https://geoportal.statistics.gov.uk/",
    ),
    DataSource(
        answers="Who is in hospital, and are some ethnic groups there more than others?",
        then="Count Me In census (2008)",
        now="Mental Health Act statistics, from the Mental Health Services Data Set",
    ),
    DataSource(
        answers="How are people from different ethnic groups treated?",
        then="Delivering Race Equality (DRE)",
        now="The Patient and Carer Race Equality Framework, and figures by ethnic group in the "
        "Mental Health Services Data Set",
    ),
    DataSource(
        answers="How do chances in life make people ill?",
        then="The Marmot review, then under way",
        now="The Marmot reviews of 2010 and 2020; figures in Fingertips",
    ),
    DataSource(
        answers="How do work and mental health go together?",
        then="The Carol Black review (2008)",
        now="Figures on work and benefits of the Office for National Statistics and the Department "
        "for Work and Pensions",
    ),
    DataSource(
        answers="Do women, men and people with protected characteristics fare differently?",
        then="Publications on equalities and gender",
        now="Figures by group in the sources above",
        note="Each needs assessment and each decision asks about every group.",
    ),
)


@dataclass(frozen=True, slots=True)
class AreaList:
    """A published list of areas that the library reads, and the codes that are in it."""

    name: str
    codes: str


AREA_LISTS = (
    AreaList(
        "Local authorities, counties, regions: Office for National Statistics",
        "Codes that begin with E06, E07, E08, E09, E10, E12 or E47",
    ),
    AreaList(
        "NHS regions, integrated care boards and what lies in them, general practices: the areas "
        "of Fingertips",
        "Codes that begin with E38, E40, E54 or U, NHS codes such as QF7, and practice codes such "
        "as A81002",
    ),
)
