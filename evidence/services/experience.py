"""Accounts of experience: told, checked, allowed and no longer allowed, taken back, answered.

Only whoever told an account changes what may be done with it. `by` is None where they act with
their code: nobody is signed in then. The audit says what was done with an account and by whom of
those who work with it; never its words, and never who told it.
"""

from typing import Any
from unicodedata import normalize

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from evidence.enums import ToldBy
from evidence.models import Experience, Quote
from evidence.notices.experience import EXPERIENCE_NEWS
from stakeholders.services import codes
from vbc.core.names import first_missing, moved, places_of, without
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import save_version

LONGEST_SHOWN_LINE = 300
ASIDE = 1_000_000  # Further than any account is long, also where every other word was a name.
CONSENTS = ("panel_may_read", "report_may_quote", "public_may_read")


@transaction.atomic
def tell(organisation: Any, *, by: Any, **said: Any) -> Experience:
    """Keep what somebody who is signed in lived through. Nobody but they and staff read it yet.

    `said`: `title`, `text`, `happened`, `told_by` and each of `CONSENTS`.
    """
    return _keep(organisation, said, recorded_by=None, teller=by)


@transaction.atomic
def write_down(organisation: Any, *, by: Any, **said: Any) -> tuple[Experience, str]:
    """Keep what somebody without an account told to `by`; and their code, to be given to them now.

    Only its digest is kept, so nobody can look the code up again.
    """
    code = codes.new_code()
    said["told_by"] = ToldBy.WRITTEN_DOWN
    experience = _keep(
        organisation, said, recorded_by=by, code_digest=codes.digest(code), written_down_by=by
    )
    return experience, code


@transaction.atomic
def edit(
    experience: Experience, *, version: int, title: str, text: str, happened: str, by: Any
) -> None:
    """Whoever told it changes their words, until they have been checked. Raises EditedMeanwhile."""
    locked = _standing(experience)
    if locked.is_checked:
        raise Refused(
            "This was read and opened meanwhile, so it stays as it is. Nothing was saved. You can "
            "change who may read it, or take it back and tell it anew."
        )
    fields = {"title": _plain(title), "text": _plain(text), "happened": _on_a_line(happened)}
    save_version(experience, expected=version, fields=fields)
    audit.record("experience.edited", experience, by=None)


@transaction.atomic
def allow(experience: Experience, *, by: Any, **consents: bool) -> None:
    """Whoever told it says anew what may be done with it. It holds from the next page on.

    Quotes are withdrawn with the leave to quote. A document that was published before keeps what it
    printed; its next edition leaves it out and says that something was withdrawn.
    """
    locked = _standing(experience)
    before = {name: getattr(locked, name) for name in CONSENTS}
    after = {name: bool(consents[name]) for name in CONSENTS}
    if after == before:
        return
    Experience.objects.filter(pk=locked.pk).update(**after)
    if not after["report_may_quote"]:
        _withdraw_quotes(locked)
    experience.refresh_from_db()
    audit.record("experience.allowed", experience, by=None, data=after)


@transaction.atomic
def take_back(experience: Experience, *, by: Any) -> None:
    """Whoever told it takes all of it back: the words are deleted, and with them who told them and
    what others found in them. That there was a quote stays known, so that the next edition can say
    that it is gone."""
    locked = _standing(experience)
    _withdraw_quotes(locked)
    locked.codings.all().delete()
    Experience.objects.filter(pk=locked.pk).update(
        title="",
        text="",
        shown_title="",
        shown_text="",
        happened="",
        shown_happened="",
        told_by="",
        teller=None,
        code_digest="",
        became="",
        became_at=None,
        became_by=None,
        withdrawn_at=timezone.now(),
        version=locked.version + 1,
        **dict.fromkeys(CONSENTS, False),
    )
    experience.refresh_from_db()
    audit.record("experience.taken_back", experience, by=None)


@transaction.atomic
def check(experience: Experience, *, version: int, names: list[str], by: Any) -> None:
    """Open it to whoever its teller allows, with `names` taken out; or take out more of them.

    Only names can be taken out: what somebody said stays as they said it. How it was told is sealed
    from now on. Raises EditedMeanwhile, or Refused where a name does not stand there.
    """
    locked = _standing(experience)
    names = [normalize("NFC", each) for each in names]
    title, text = locked.shown_title or locked.title, locked.shown_text or locked.text
    happened = locked.shown_happened or locked.happened
    if (missing := first_missing(names, (title, text, happened))) is not None:
        raise Refused(
            f"“{missing}” does not stand there, so nothing was changed. Write it as it stands in "
            "the text."
        )
    shown_title, shown_happened = without(title, names), without(happened, names)
    fields = {
        "shown_title": shown_title,
        "shown_text": without(text, names),
        "shown_happened": shown_happened,
        "checked_at": locked.checked_at or timezone.now(),
        "checked_by": locked.checked_by or by,
    }
    if max(len(shown_title), len(shown_happened)) > LONGEST_SHOWN_LINE:
        raise Refused(
            "Without the names, its title, or when it was, is longer than fits. Nothing was "
            "changed. Take out several words that stand side by side as one."
        )
    is_new = not locked.is_checked
    save_version(experience, expected=version, fields=fields)
    if not is_new and names:
        _move_passages(experience, text, names)
    audit.record("experience.checked", experience, by=by, data={"names_taken_out": len(names)})
    if is_new and experience.teller is not None:
        notices.tell(experience.teller, EXPERIENCE_NEWS, experience, once="checked")


@transaction.atomic
def say_what_became(experience: Experience, *, version: int, words: str, by: Any) -> None:
    """Tell whoever told it what came of it, or why nothing did. Raises EditedMeanwhile."""
    _standing(experience)
    fields = {"became": words.strip(), "became_at": timezone.now(), "became_by": by}
    save_version(experience, expected=version, fields=fields)
    audit.record("experience.answered", experience, by=by)
    if experience.teller is not None:
        notices.tell(experience.teller, EXPERIENCE_NEWS, experience, once=str(experience.version))


def _keep(organisation: Any, said: dict[str, Any], *, recorded_by: Any, **whose: Any) -> Experience:
    experience = Experience.objects.create(
        organisation=organisation,
        title=_plain(said["title"]),
        text=_plain(said["text"]),
        happened=_on_a_line(said.get("happened", "")),
        told_by=ToldBy(said["told_by"]) if said.get("told_by") else "",
        **{name: bool(said.get(name)) for name in CONSENTS},
        **whose,
    )
    audit.record("experience.told", experience, by=recorded_by)
    return experience


def _on_a_line(text: str) -> str:
    return normalize("NFC", text.strip())


def _plain(text: str) -> str:
    text = normalize("NFC", text.replace("\r\n", "\n").strip())
    if not text:
        raise Refused("There is nothing written yet. Nothing was saved.")
    return text


def _standing(experience: Experience) -> Experience:
    locked: Experience = Experience.objects.select_for_update().get(pk=experience.pk)
    if locked.withdrawn_at is not None:
        raise Refused(
            "This account was taken back by whoever told it, so there is nothing to change any "
            "more. Nothing was saved."
        )
    return locked


def _withdraw_quotes(experience: Experience) -> None:
    Quote.objects.filter(experience=experience, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now(), is_withdrawn_by_teller=True
    )


def _move_passages(experience: Experience, before: str, names: list[str]) -> None:
    """Passages keep their words, less the names, wherever those stand now. One that began or ended
    inside of a name is no passage any more."""
    places = places_of(before, names)
    quotes = experience.quotes.filter(withdrawn_at__isnull=True)
    codings = experience.codings.filter(start__isnull=False)
    broken = [each.pk for each in quotes if moved(*_place(each), places) is None]
    quotes.filter(pk__in=broken).update(withdrawn_at=timezone.now())
    broken = [each.pk for each in codings if moved(*_place(each), places) is None]
    codings.filter(pk__in=broken).delete()
    _shift(quotes, places)
    _shift(codings, places)


def _shift(passages: QuerySet[Any], places: list[tuple[int, int]]) -> None:
    still = list(passages.all())
    # All aside first: one may come to stand where another stood a moment ago.
    passages.update(start=F("start") + ASIDE, end=F("end") + ASIDE)
    for each in still:
        each.start, each.end = moved(*_place(each), places) or _place(each)
    passages.model._default_manager.bulk_update(still, ["start", "end"])


def _place(passage: Any) -> tuple[int, int]:
    return passage.start, passage.end
