"""The talk on the page of a decision: which part of it, and the form for one more comment."""

from typing import Any

from django.http import HttpRequest

from cycles.forms.comments import WHOLE, CommentForm, TalkFilterForm
from cycles.models import Decision, Option
from cycles.presenters.comments import Talk
from cycles.presenters.contributions import cut_off_sentence
from cycles.queries.comments import THREADS, Wanted, linked_references, threads_on, with_replies
from vbc.ui.paginator import paginate


def talk(
    request: HttpRequest, decision: Decision, page: dict[str, Any], form: CommentForm | None = None
) -> dict[str, Any]:
    """A page of threads with their first replies, and the form for one more comment.

    `page` is what the decision's page has fetched already; `form` where it has to be mended.
    """
    options = [card.option for card in page["cards"]]
    filters = TalkFilterForm(request.GET or None, options=options)
    wanted = _wanted(filters, options)
    threads = paginate(
        request,
        threads_on(decision, wanted),
        per_page=THREADS,
        parameter="talk",
        fragment="talk",
        total=getattr(decision, "thread_count", None) if wanted.is_all else None,
    )
    reader = Talk(decision, request.user, page["may"])
    first: Any = threads.page.object_list
    comments = with_replies(decision, first, request.user)
    return {
        "talk_page": threads,
        "threads": reader.threads(comments, newest_first=wanted.newest_first),
        "talk_filters": filters,
        "is_talk_filtered": not wanted.is_all,
        "talk_is_sorted": wanted.newest_first or not wanted.is_all,
        "cut_off_sentence": cut_off_sentence(decision),
        "comment_form": form or CommentForm(**offered(options)),
    }


def offered(options: list[Option]) -> dict[str, Any]:
    """What a remark can point to: these options, and the evidence linked to them."""
    return {"options": options, "references": linked_references(options)}


def _wanted(filters: TalkFilterForm, options: list[Option]) -> Wanted:
    """What the address asks for; nonsense asks for everything."""
    filters.is_valid()
    said = getattr(filters, "cleaned_data", {})
    about = said.get("about", "")
    return Wanted(
        option=next((each for each in options if each.public_id == about), None),
        only_whole=about == WHOLE,
        stance=said.get("stance", ""),
        newest_first=said.get("order") == "newest",
    )
