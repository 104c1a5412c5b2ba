"""Frameworks: switched on and off, answered item by item, and said again to be true.

Lock order: the organisation, the use, the sheet; the audit's head last.
"""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence.enums import FrameworkAnswerKind, SheetAbout
from evidence.frameworks import FRAMEWORKS, About, Framework
from evidence.models import (
    FrameworkAnswer,
    FrameworkItem,
    FrameworkLink,
    FrameworkSheet,
    FrameworkUse,
)
from evidence.queries.frameworks import Asked, asked_on, references_to_link
from stakeholders.models import Organisation, Panel
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import EditedMeanwhile, save_version

FIRST_YEAR = 2000
# A list that is longer is read by nobody.
MOST_OWN = 40


@transaction.atomic
def switch_on(organisation: Organisation, framework: str, *, why: str, by: Any) -> FrameworkUse:
    """Hold the organisation's work against a framework. What was answered before is there again."""
    if framework not in FRAMEWORKS:
        raise Refused("There is no such framework. Nothing was changed.")
    if not why.strip():
        raise Refused("Say in a sentence why it helps here. Nothing was changed.")
    # Of two who switch it on at once, the second waits here and then finds it on.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    use = FrameworkUse.objects.filter(organisation=organisation, framework=framework).first()
    if use is not None and use.is_on:
        raise Refused("It is switched on already. Nothing was changed.")
    if use is None:
        use = FrameworkUse(organisation=organisation, framework=framework)
    use.why, use.on_at, use.on_by = why.strip(), timezone.now(), by
    use.off_at = use.off_by = None
    use.save()
    if use.definition.about is About.ORGANISATION:
        _standing_sheet(use, by)
    audit.record("framework.switched_on", use, by=by, data={"framework": framework})
    return use


@transaction.atomic
def switch_off(use: FrameworkUse, *, by: Any) -> None:
    """Ask it no longer. Every answer stays, and is there when it is switched on again."""
    use = FrameworkUse.objects.select_for_update().get(pk=use.pk)
    if use.is_on:
        use.off_at, use.off_by = timezone.now(), by
        use.save(update_fields=["off_at", "off_by"])
        audit.record("framework.switched_off", use, by=by, data={"framework": use.framework})


@transaction.atomic
def begin_year(use: FrameworkUse, *, year: int, by: Any) -> FrameworkSheet:
    """Begin the answers of a year; the year's own where they have been begun. What was answered the
    year before stays beside them."""
    use = _on(use)
    if not use.definition.is_yearly:
        raise Refused("This one is not answered by the year. Nothing was changed.")
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Refused(
            f"Choose a year from {FIRST_YEAR} to this one. Nothing was changed: a year that has "
            "not come cannot be assessed."
        )
    sheet, is_new = FrameworkSheet.objects.get_or_create(
        use=use, year=year, defaults={"about": SheetAbout.ORGANISATION, "begun_by": by}
    )
    if is_new:
        audit.record("framework.year_begun", sheet, by=by, data={"year": year})
    return sheet


@transaction.atomic
def begin_for_cycle(
    use: FrameworkUse, *, title: str, address: str, panel: Panel | None, by: Any
) -> FrameworkSheet:
    """Begin the answers about one cycle, which says what it is called and who may see it."""
    use = _on(use)
    sheet = FrameworkSheet.objects.create(
        use=use,
        about=SheetAbout.CYCLE,
        title=title,
        address=address,
        panel=panel,
        begun_by=by,
    )
    audit.record("framework.begun_for_cycle", sheet, by=by)
    return sheet


@transaction.atomic
def answer(
    sheet: FrameworkSheet,
    *,
    item: str,
    answer: str,
    words: str = "",
    effect: str = "",
    expected: int,
    by: Any,
) -> FrameworkAnswer:
    """Answer one item; `expected` is the version that was opened, 0 for none yet.

    All but a plain yes says more in a sentence. Raises EditedMeanwhile.
    """
    definition = locked_open(sheet).use.definition
    _asked(sheet, item)
    kind = FrameworkAnswerKind(answer)
    if kind not in FrameworkAnswerKind.choices_for(is_yearly=definition.is_yearly):
        raise Refused("This is not one of its answers. Nothing was saved.")
    if kind.needs_words and not words.strip():
        raise Refused("Say more in a sentence. Nothing was saved.")
    fields = {
        "answer": kind.value,
        "words": words.strip(),
        "effect": effect.strip() if definition.asks_effect else "",
        "answered_at": timezone.now(),
        "answered_by": by,
        "confirmed_at": None,
        "confirmed_by": None,
    }
    found = FrameworkAnswer.objects.filter(sheet=sheet, item=item).first()
    if found is None:
        found = FrameworkAnswer.objects.create(sheet=sheet, item=item, **fields)
    elif not expected:
        raise EditedMeanwhile(found)
    else:
        save_version(found, expected=expected, fields=fields)
    audit.record("framework.answered", found, by=by, data={"item": item, "answer": kind.value})
    return found


@transaction.atomic
def still_true(found: FrameworkAnswer, *, expected: int, by: Any) -> None:
    """Say that an answer is as true today as when it was given. Raises EditedMeanwhile."""
    locked_open(found.sheet)
    fields = {"confirmed_at": timezone.now(), "confirmed_by": by}
    save_version(found, expected=expected, fields=fields)
    audit.record("framework.still_true", found, by=by, data={"item": found.item})


@transaction.atomic
def link(
    found: FrameworkAnswer,
    *,
    reference: Any = None,
    title: str = "",
    address: str = "",
    by: Any,
) -> FrameworkLink:
    """Point to what shows it: a reference of the library, or a page by its title and address."""
    organisation = locked_open(found.sheet).use.organisation
    if reference is not None and not references_to_link(organisation).contains(reference):
        raise Refused("That reference is not in this library. Nothing was saved.")
    try:
        with transaction.atomic():
            made = FrameworkLink.objects.create(
                answer=found,
                reference=reference,
                title="" if reference else title.strip(),
                address="" if reference else address.strip(),
                added_by=by,
            )
    except IntegrityError as error:
        raise Refused(
            "Choose a reference that is not linked yet, or give a title and an address. Nothing "
            "was saved."
        ) from error
    audit.record("framework.linked", made, by=by)
    return made


@transaction.atomic
def unlink(link: FrameworkLink, *, by: Any) -> None:
    """Point to it no longer. What it pointed to stays where it is."""
    locked_open(link.answer.sheet)
    audit.record("framework.unlinked", link, by=by)
    link.delete()


@transaction.atomic
def add_item(
    sheet: FrameworkSheet, *, name: str, question: str = "", lever: str = "", by: Any
) -> FrameworkItem:
    """Add something of one's own, where the framework leaves room for it. It comes after ours."""
    definition = locked_open(sheet).use.definition
    if not definition.takes_own_items:
        raise Refused("Its items are fixed, so nothing can be added. Nothing was saved.")
    _refuse_same_name(sheet, definition, name)
    if sheet.own_items.filter(withdrawn_at__isnull=True).count() >= MOST_OWN:
        raise Refused(
            f"There are {MOST_OWN} on the list already. Nothing was saved: take one off first."
        )
    try:
        with transaction.atomic():
            item = FrameworkItem.objects.create(
                sheet=sheet,
                name=name.strip(),
                question=question.strip(),
                lever=lever.strip(),
                added_by=by,
            )
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    audit.record("framework.item_added", item, by=by)
    return item


@transaction.atomic
def edit_item(
    item: FrameworkItem, *, name: str, question: str = "", lever: str = "", expected: int, by: Any
) -> None:
    """Say it in other words. Raises EditedMeanwhile."""
    definition = locked_open(item.sheet).use.definition
    _refuse_same_name(item.sheet, definition, name)
    fields = {"name": name.strip(), "question": question.strip(), "lever": lever.strip()}
    try:
        with transaction.atomic():
            save_version(item, expected=expected, fields=fields)
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    audit.record("framework.item_edited", item, by=by)


@transaction.atomic
def withdraw_item(item: FrameworkItem, *, by: Any) -> None:
    """Take it off the list. What was answered of it stays, and is there when it is brought back."""
    _set_withdrawn(item, timezone.now(), "framework.item_withdrawn", by)


@transaction.atomic
def bring_item_back(item: FrameworkItem, *, by: Any) -> None:
    """Put it on the list again. Raises `Refused` where another took its name meanwhile."""
    _set_withdrawn(item, None, "framework.item_brought_back", by)


def follow(sheets: Iterable[int], *, title: str, panel: Panel | None, closed_at: Any) -> None:
    """Keep a cycle's sheets, by their keys, with their cycle. Called in the transaction of whatever
    changed it."""
    FrameworkSheet.objects.filter(pk__in=sheets, about=SheetAbout.CYCLE).update(
        title=title, panel=panel, closed_at=closed_at
    )


def locked_open(sheet: FrameworkSheet) -> FrameworkSheet:
    """The sheet as it is now, locked to the end of the transaction, if its use is on and its cycle
    runs; raises `Refused` otherwise."""
    use = _on(sheet.use)
    sheet = FrameworkSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if sheet.closed_at is not None:
        raise Refused(
            "The cycle that this is about is finished, so its answers stay as they are. Nothing "
            "was saved: the next cycle has a sheet of its own."
        )
    sheet.use = use
    return sheet


def _set_withdrawn(item: FrameworkItem, at: Any, verb: str, by: Any) -> None:
    locked_open(item.sheet)
    try:
        with transaction.atomic():
            changed = FrameworkItem.objects.filter(
                pk=item.pk, withdrawn_at__isnull=at is not None
            ).update(withdrawn_at=at)
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    if changed:
        audit.record(verb, item, by=by)


def _standing_sheet(use: FrameworkUse, by: Any) -> None:
    """Where its answers go: this year's, or the one that stands from year to year."""
    year = timezone.localdate().year if use.definition.is_yearly else None
    FrameworkSheet.objects.get_or_create(
        use=use, about=SheetAbout.ORGANISATION, year=year, defaults={"begun_by": by}
    )


def _on(use: FrameworkUse) -> FrameworkUse:
    """The use as it is now, if it is on."""
    use = FrameworkUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    if not use.is_on:
        raise Refused(
            "This framework has been switched off here. What was answered is safe and can be read. "
            "Nothing was saved: switch it on again to change it."
        )
    return use


def _asked(sheet: FrameworkSheet, item: str) -> Asked:
    found = next((each for each in asked_on(sheet) if each.key == item), None)
    if found is None:
        raise Refused("This is not asked here. Nothing was saved.")
    return found


def _refuse_same_name(sheet: FrameworkSheet, definition: Framework, name: str) -> None:
    if not name.strip():
        raise Refused("Say what it is. Nothing was saved.")
    if any(each.name.casefold() == name.strip().casefold() for each in definition.items):
        raise Refused(_TWICE)


_TWICE = "This is on the list already. Nothing was saved twice."
