"""What the panel asks of the board, and what the board answered."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cycles.forms.boards import BoardAnswerForm
from cycles.permissions.boards import may_enter_board_answer
from cycles.presenters.boards import request_page
from cycles.presenters.signatures import result_url
from cycles.services import boards
from cycles.views.decisions import scoped
from cycles.views.one_form import one_form
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted


@require_safe
def request_of_panel(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """How taking part changed the decision, and the answer asked for. Made to be printed."""
    decision = scoped(request, slug, public_id)
    return render(request, "cycles/boards/request.html", request_page(decision, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Write down what the board answered."""
    decision = scoped(request, slug, public_id)
    authorise(may_enter_board_answer(request.user, decision))
    form = BoardAnswerForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return boards.answer(decision, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The board's answer is written down, and everyone is told.")
        return redirect(f"{result_url(decision)}#board")
    return one_form(
        request,
        form,
        heading="What the board answered",
        caption=decision.title,
        back_url=reverse("cycles:board", args=[slug, public_id]),
        back_text="What the panel asks of the board",
        words=("If the board thinks again later, add its new answer. The ones before stay.",),
        submit="Save and tell everyone",
    )
