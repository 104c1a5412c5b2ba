"""The monthly mental health file, before and after its columns were renamed."""

from evidence.importers.periods import period_sort
from tests.evidence.importers.opened import opened, rows


def test_the_old_columns():
    england, ccg, young = rows("mhsds_old.csv")
    assert opened("mhsds_old.csv").mapping == "mhsds"
    assert (england.area_code, england.value, england.period) == ("E92000001", 10**6, "April 2019")
    assert (ccg.area_code, ccg.area_type, ccg.indicator_code) == ("00L", "CCG", "MHS01")
    assert (ccg.indicator_name, ccg.note) == ("People in contact with services", "Status: Final")
    assert (young.state, young.value) == ("suppressed", None)
    assert (young.category_type, young.category) == ("Age Group", "18 to 24")


def test_the_new_columns():
    quarter, provider, young, unknown = rows("mhsds_new.csv")
    assert (quarter.period, quarter.area_type) == ("April 2024 to June 2024", "Sub-ICB")
    assert (provider.area_code, provider.area_type, provider.value) == ("RXX", "Provider", 0)
    assert provider.category_type == ""
    assert (young.area_code, young.category_type) == ("E92000001", "Age Group; Gender")
    assert young.category == "18 to 24 / Female"
    assert unknown.area_name == "Local authority not known"
    assert unknown.area_code == "UNK-LA"


def test_months_follow_each_other():
    old, new = rows("mhsds_old.csv")[0], rows("mhsds_new.csv")[1]
    assert old.period_sort == period_sort("2019-04") < new.period_sort


def test_a_period_that_is_no_month_stays_as_the_file_has_it():
    content = (
        b"REPORTING_PERIOD_START,REPORTING_PERIOD_END,BREAKDOWN,PRIMARY_LEVEL,METRIC,METRIC_VALUE\n"
        b"2019-04-03,2019-04-30,England,England,MHS01,5\n"
        b"soon,later,England,England,MHS01,5\n"
    )
    odd, unread = list(opened(content))
    assert (odd.period, odd.indicator_name) == ("2019-04-03", "MHS01")
    assert "the period “soon” cannot be read" in unread.message
