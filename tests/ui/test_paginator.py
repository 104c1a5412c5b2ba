"""Fifty to a page, in an order that never shuffles."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory

from vbc.ui.paginator import in_stable_order, paginate


def page(address, things, **options):
    return paginate(RequestFactory().get(address), things, **options)


def test_fifty_to_a_page():
    first = page("/", list(range(120)))
    assert list(first) == list(range(50))
    assert (first.number, first.pages, first.total, first.first, first.last) == (1, 3, 120, 1, 50)
    assert list(page("/?page=3", list(range(120)))) == list(range(100, 120))


@pytest.mark.parametrize(
    ("asked", "number"), [("0", 3), ("-1", 3), ("99", 3), ("x", 1), ("", 1), ("2", 2)]
)
def test_what_is_not_a_page_becomes_the_nearest(asked, number):
    assert page(f"/?page={asked}", list(range(120))).number == number


def test_one_page_has_no_links():
    only = page("/", list(range(50)))
    assert only.links == ()
    assert (only.previous_url, only.next_url) == ("", "")


def test_empty_list_is_one_empty_page():
    empty = page("/", [])
    assert (list(empty), empty.total, empty.first, empty.last) == ([], 0, 0, 0)


def test_links_keep_what_else_the_address_says():
    middle = page("/?area=crisis+care&page=2&area=b", list(range(150)))
    assert middle.next_url == "?area=crisis+care&area=b&page=3"
    assert middle.previous_url == "?area=crisis+care&area=b&page=1"


def test_pages_left_out_are_gaps():
    shown = [
        "gap" if link.is_gap else link.number for link in page("/?page=6", list(range(600))).links
    ]
    assert shown == [1, "gap", 5, 6, 7, "gap", 12]


def test_ties_are_broken_by_the_primary_key():
    things = ContentType.objects.order_by("app_label")
    assert in_stable_order(things).query.order_by == ("app_label", "pk")
    assert in_stable_order(ContentType.objects.all()).query.order_by == ("pk",)
    assert in_stable_order(things.order_by("-pk")).query.order_by == ("-pk",)


def test_query_set_is_counted_and_cut_in_the_database(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(list(page("/?page=2", ContentType.objects.all(), per_page=1))) == 1


def test_exactly_one_link_is_the_current_page():
    links = page("/?page=6", list(range(600))).links
    assert [link.number for link in links if link.is_current] == [6]
