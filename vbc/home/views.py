"""The first page, my work, one's account, help, and the few pages that are open to everyone."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cycles.enums import STAGE_IN_PLAIN_WORDS, Stage
from cycles.queries.calls import public_calls
from stakeholders.presenters.payments import owed_to
from stakeholders.queries.panels import live_seats_of, organisation_of
from stakeholders.services import people
from vbc.core.saving import is_saved, posted
from vbc.home.forms import CloseAccountForm, NameForm
from vbc.home.presenters.my_words import my_words as my_words_of
from vbc.home.presenters.my_work import my_work as my_work_of
from vbc.home.presenters.taking_part import for_one
from vbc.home.presenters.words import WORDS
from vbc.home.queries import health as wellbeing
from vbc.home.queries import mailbox
from vbc.home.queries.my_words import everything_from
from vbc.ui.paginator import paginate

WORDS_PER_PAGE = 20
MOST_CALLS = 5


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What this is, for whoever is not signed in; everyone else goes to their work."""
    if request.user.is_authenticated:
        return redirect("home:my-work")
    asked, answered = public_calls(timezone.localdate(), MOST_CALLS)
    return render(request, "home/front.html", {"asked": asked, "answered": answered})


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    return render(request, "home/my_work.html", my_work_of(request.user))


@require_safe
def my_words(request: HttpRequest) -> HttpResponse:
    """Everything the reader gave, and what came of it."""
    page = paginate(request, everything_from(request.user), per_page=WORDS_PER_PAGE)
    context = {"page": page, "words": my_words_of(request.user, page)}
    return render(request, "home/my_words.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    form = NameForm(posted(request), initial={"display_name": person.display_name})

    def save(said: dict[str, Any]) -> object:
        return people.rename(person, **said, by=person)

    if is_saved(form, save, refused_at="display_name"):
        messages.success(request, "Saved. Others now see this name.")
        return redirect("home:account")
    seats = list(live_seats_of(person))
    context = {"form": form, "seats": seats, "for_you": for_one(person, seats)[:2]}
    return render(request, "home/account.html", context)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def close_account(request: HttpRequest) -> HttpResponse:
    """Asks which, says what stays, and asks for the password before anything happens."""
    person: Any = request.user
    if not ratelimit.consume(request, action="reauthenticate"):
        return ratelimit.respond_429(request)
    form = CloseAccountForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        (people.erase if form.erases else people.close)(person, by=person)
        get_adapter(request).logout(request)
        return redirect("home:account-closed")
    context = {"form": form, "seats": live_seats_of(person), "money": owed_to(person)}
    return render(request, "home/close_account.html", context)


@require_safe
def account_closed(request: HttpRequest) -> HttpResponse:
    return render(request, "home/account_closed.html")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    stages = [
        (Stage(stage).label, words)
        for stage, words in STAGE_IN_PLAIN_WORDS.items()
        if stage != Stage.CLOSED
    ]
    context = {"stages": stages, "words": WORDS, **_contact(request)}
    return render(request, "home/help.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html", _contact(request))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "home/privacy.html", _contact(request))


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For whatever watches the site: a plain word, and nothing about it or anybody."""
    if wellbeing.database_answers():
        return HttpResponse("ok", content_type="text/plain")
    return HttpResponse("the database does not answer", content_type="text/plain", status=503)


@never_cache
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """In the demonstration mail is not sent but kept, and anyone can read it here."""
    _only_in_the_demonstration()
    page = paginate(request, mailbox.letter_names())
    found = [letter for name in page for letter in mailbox.letters(name)]
    return render(request, "home/mail.html", {"page": page, "letters": found})


@never_cache
@require_safe
def mail_message(request: HttpRequest, name: str) -> HttpResponse:
    _only_in_the_demonstration()
    found = mailbox.letters(name)
    if not found:
        raise Http404
    return render(request, "home/mail_message.html", {"letters": found})


def _only_in_the_demonstration() -> None:
    if not settings.DEMONSTRATION:
        raise Http404


def _contact(request: HttpRequest) -> dict[str, str]:
    """Where to write: the organisation of whoever is signed in."""
    if not request.user.is_authenticated:
        return {"contact_email": ""}
    organisation = organisation_of(request.user)
    return {"contact_email": organisation.contact_email if organisation else ""}
