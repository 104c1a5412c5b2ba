"""One way to page through a list: fifty at a time, in an order that never shuffles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class PageLink:
    """A number in the row of pages; `is_gap` stands for those left out."""

    number: int
    url: str
    is_current: bool
    is_gap: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list: iterate over it; give it to the pagination component."""

    page: Page[Any]
    links: tuple[PageLink, ...]
    previous_url: str
    next_url: str

    def __iter__(self) -> Iterator[Any]:
        return iter(self.page.object_list)

    def __len__(self) -> int:
        return len(self.page.object_list)

    @property
    def number(self) -> int:
        """The number of this page, from 1."""
        return self.page.number

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return self.page.paginator.num_pages

    @property
    def total(self) -> int:
        """How many things there are on all pages together."""
        return self.page.paginator.count

    @property
    def first(self) -> int:
        """The place in the whole list of the first thing shown, from 1; 0 when there is none."""
        return self.page.start_index()

    @property
    def last(self) -> int:
        """The place in the whole list of the last thing shown."""
        return self.page.end_index()


def paginate(
    request: HttpRequest,
    things: QuerySet[Any] | Sequence[Any],
    *,
    per_page: int = PER_PAGE,
    parameter: str = "page",
    fragment: str = "",
    total: int | None = None,
) -> ListPage:
    """The page of `things` that the address asks for; what is not a page becomes the nearest one.

    A query set is given its primary key as the last thing to order by, so that rows that tie keep
    their place from page to page. Every other parameter of the address stays as it is. `fragment`
    names where on the page the list begins, for a list that does not begin it. `total` is how many
    there are, where that is known already.
    """
    if isinstance(things, QuerySet):
        things = in_stable_order(things)
    paginator = Paginator(things, per_page)
    if total is not None:
        # Django keeps what it has counted under this name.
        paginator.__dict__["count"] = total
    page = paginator.get_page(request.GET.get(parameter))

    def url(number: int) -> str:
        query = request.GET.copy()
        query[parameter] = str(number)
        return "?" + query.urlencode() + (f"#{fragment}" if fragment else "")

    gap = Paginator.ELLIPSIS
    links = []
    before = 0
    for shown in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        is_gap = shown == gap
        number = before + 1 if is_gap else int(shown)
        links.append(PageLink(number, url(number), number == page.number, is_gap))
        before = number
    return ListPage(
        page=page,
        links=tuple(links) if page.paginator.num_pages > 1 else (),
        previous_url=url(page.previous_page_number()) if page.has_previous() else "",
        next_url=url(page.next_page_number()) if page.has_next() else "",
    )


def in_stable_order(things: QuerySet[Any]) -> QuerySet[Any]:
    """The same query, with ties broken by the primary key."""
    ordering = list(things.query.order_by)
    if not ordering and things.query.default_ordering and things.model._meta.ordering:
        ordering = list(things.model._meta.ordering)
    names = {name.lstrip("-") for name in ordering if isinstance(name, str)}
    if names & {"pk", things.model._meta.pk.name}:
        return things
    return things.order_by(*ordering, "pk")
