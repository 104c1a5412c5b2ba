"""The markup of each kind of field, and errors in plain words."""

from datetime import date

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.safestring import mark_safe
from lxml import html

from cycles.forms.calls import ResponseForm
from cycles.forms.outcomes import OutcomeForm
from evidence.forms.services import EventForm
from stakeholders.forms.invitations import InviteForm
from vbc.ui import forms
from vbc.ui.fields import NOT_SCORED


class Everything(forms.Form):
    name = django_forms.CharField(label="Name that others see", help_text="You choose it.")
    email = django_forms.EmailField(
        widget=django_forms.EmailInput(attrs={"autocomplete": "email", "placeholder": "you@"})
    )
    password = django_forms.CharField(widget=django_forms.PasswordInput)
    people = django_forms.IntegerField(required=False)
    story = django_forms.CharField(widget=django_forms.Textarea, max_length=500)
    area = django_forms.ChoiceField(choices=[("", "Choose one"), ("a", "Crisis care")])
    how = django_forms.ChoiceField(
        label="How should we tell you?",
        widget=django_forms.RadioSelect,
        choices=[("e", "Email"), ("t", "Text")],
    )
    needs = django_forms.MultipleChoiceField(
        widget=django_forms.CheckboxSelectMultiple, choices=[("b", "Breaks")], required=False
    )
    starts = forms.DateInThreeField(label="Start date")
    minutes = django_forms.FileField(label="Agreed minutes")
    score = forms.RatingField(label="How right is this?")
    agree = django_forms.BooleanField(label="I agree")
    secret = django_forms.CharField(widget=django_forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["how"].hints = {"t": "We only say that something is waiting."}


def page(form):
    return html.fromstring(f"<main>{form}</main>")


def by_id(tree, name):
    found = tree.xpath(f"//*[@id='{name}']")
    assert len(found) == 1, name
    return found[0]


@pytest.mark.parametrize(
    ("name", "tag", "classes"),
    [
        ("name", "input", "nhsuk-input"),
        ("email", "input", "nhsuk-input"),
        ("password", "input", "nhsuk-password-input__input"),
        ("people", "input", "nhsuk-input--width-5"),
        ("story", "textarea", "nhsuk-textarea"),
        ("area", "select", "nhsuk-select"),
        ("minutes", "input", "nhsuk-file-upload__input"),
        ("agree", "input", "nhsuk-checkboxes__input"),
    ],
)
def test_single_control_has_its_class_and_a_label_that_names_it(name, tag, classes):
    tree = page(Everything())
    control = by_id(tree, f"id_{name}")
    assert control.tag == tag
    assert classes in control.get("class").split()
    assert len(tree.xpath(f"//label[@for='id_{name}']")) == 1


@pytest.mark.parametrize("name", ["how", "needs", "starts", "score"])
def test_group_of_controls_stands_in_a_fieldset_with_a_legend(name):
    group = by_id(page(Everything()), f"id_{name}")
    assert group.tag == "fieldset"
    assert len(group.xpath("./legend")) == 1


def test_hint_is_tied_to_its_control():
    tree = page(Everything())
    assert by_id(tree, "id_name").get("aria-describedby") == "id_name_helptext"
    assert by_id(tree, "id_name_helptext").text == "You choose it."


def test_hint_of_a_choice_is_tied_to_that_choice_alone():
    tree = page(Everything())
    assert by_id(tree, "id_how_1").get("aria-describedby") == "id_how_1-hint"
    assert by_id(tree, "id_how_0").get("aria-describedby") is None


def test_autocomplete_stays_and_placeholder_goes():
    control = by_id(page(Everything()), "id_email")
    assert control.get("autocomplete") == "email"
    assert control.get("placeholder") is None


def test_text_area_counts_characters_without_cutting_off_what_is_pasted():
    tree = page(Everything())
    area = by_id(tree, "id_story")
    assert area.get("maxlength") is None
    assert "id_story-info" in area.get("aria-describedby").split()
    assert by_id(tree, "id_story-info").text.strip() == "You can enter up to 500 characters"


def test_optional_is_said_and_required_is_not():
    tree = page(Everything())
    assert "(optional)" in tree.xpath("//label[@for='id_people']")[0].text_content()
    assert "(optional)" not in tree.xpath("//label[@for='id_name']")[0].text_content()


def test_every_error_is_a_link_to_something_that_can_take_the_focus():
    form = Everything({"starts_day": "31", "starts_month": "2", "starts_year": "2026"})
    tree = page(form)
    links = tree.xpath("//*[@data-module='nhsuk-error-summary']//a")
    assert len(links) == len(form.errors) == 10
    for link in links:
        target = by_id(tree, link.get("href").removeprefix("#"))
        assert target.tag in ("input", "select", "textarea")


def test_errors_say_what_to_do():
    form = Everything({})
    assert form.errors["name"] == ["Enter name that others see"]
    assert form.errors["how"] == ["Answer “How should we tell you?”"]
    assert form.errors["area"] == ["Choose area"]
    assert form.errors["agree"] == ["Tick “I agree” to go on"]
    assert form.errors["minutes"] == ["Choose a file: agreed minutes"]


def test_errors_of_a_form_that_is_not_ours_are_plain_as_well():
    class Foreign(django_forms.Form):
        login = django_forms.CharField(label="NHS number")

    tree = page(Foreign({}))
    assert [a.text for a in tree.xpath("//a[@href='#id_login']")] == ["Enter NHS number"]
    assert "Enter NHS number" in by_id(tree, "id_login_error").text_content()


def test_control_with_an_error_is_marked_and_described():
    tree = page(Everything({}))
    control = by_id(tree, "id_name")
    assert control.get("aria-invalid") == "true"
    assert control.get("aria-describedby") == "id_name_helptext id_name_error"
    assert "nhsuk-input--error" in control.get("class").split()


def test_form_without_errors_has_no_summary():
    assert "nhsuk-error-summary" not in str(Everything())


def test_what_people_write_is_escaped():
    form = Everything({"name": '"><script>alert(1)</script>'})
    assert "<script>" not in str(form)


def test_heading_field_is_the_heading_of_the_page():
    class OneQuestion(forms.Form):
        heading_field = "name"
        name = django_forms.CharField(label="What is your name?")

    headings = page(OneQuestion()).xpath("//h1/label")
    assert [each.text.strip() for each in headings] == ["What is your name?"]
    assert "nhsuk-label--l" in headings[0].get("class")


def clean_date(day, month, year, **options):
    field = forms.DateInThreeField(label="Start date", **options)
    return field.clean([day, month, year])


@pytest.mark.parametrize("month", ["2", "02", "feb", "February", " FEB "])
def test_date_takes_months_as_numbers_and_names(month):
    assert clean_date("29", month, "2028") == date(2028, 2, 29)


def test_date_that_is_asked_for_by_a_question_is_called_the_date():
    field = forms.DateInThreeField(label="On which day?")
    with pytest.raises(django_forms.ValidationError, match="The date must be a real date"):
        field.clean(["31", "2", "2026"])


def test_what_is_too_long_is_named_with_how_long_it_is():
    class Two(forms.Form):
        first = django_forms.CharField(label="What helps?", max_length=3)
        second = django_forms.CharField(label="100% yours", max_length=2)

    form = Two({"first": "tea and time", "second": "ten"})
    assert form.errors["first"] == [
        "“What helps” has 12 characters, and there is room for 3. Make it shorter"
    ]
    assert form.errors["second"] == [
        "“100% yours” has 3 characters, and there is room for 2. Make it shorter"
    ]


@pytest.mark.parametrize(
    ("parts", "words", "boxes"),
    [
        (("", "2", "2026"), "Start date must include a day", (0,)),
        (("1", "", ""), "Start date must include a month and a year", (1, 2)),
        (("x", "2", "2026"), "Start date must be written in numbers, such as 27 3 2026", (0,)),
        (("1", "2", "26"), "Year must have four digits, such as 2026", (2,)),
        (("1", "13", "2026"), "Month must be a number from 1 to 12, or the month's name", (1,)),
        (
            ("31", "2", "2026"),
            "Start date must be a real date: there is no 31 February 2026",
            (0,),
        ),
        (("٣", "2", "2026"), "Start date must be written in numbers, such as 27 3 2026", (0,)),
        (
            ("1", "1", "2020"),
            "Start date must be Thursday 1 January 2026 or later",
            (0, 1, 2),
        ),
    ],
)
def test_date_says_in_words_what_is_wrong_and_in_which_box(parts, words, boxes):
    with pytest.raises(django_forms.ValidationError) as raised:
        clean_date(*parts, earliest=date(2026, 1, 1))
    assert raised.value.messages == [words]
    assert raised.value.params["boxes"] == boxes


def test_date_left_empty_is_none_unless_it_is_needed():
    assert clean_date("", "", "", required=False) is None
    with pytest.raises(django_forms.ValidationError):
        clean_date("", "", "")


def test_wrong_box_is_the_one_marked_and_linked():
    form = Everything({"starts_day": "1", "starts_month": "2", "starts_year": "26"})
    tree = page(form)
    assert by_id(tree, "id_starts_2").get("aria-invalid") == "true"
    assert by_id(tree, "id_starts_0").get("aria-invalid") is None
    assert len(tree.xpath("//a[@href='#id_starts_2']")) == 1


def test_initial_date_fills_the_boxes():
    tree = page(Everything(initial={"starts": date(2026, 12, 4)}))
    assert [by_id(tree, f"id_starts_{box}").get("value") for box in range(3)] == [
        "4",
        "12",
        "2026",
    ]


def test_same_date_has_not_changed():
    field = forms.DateInThreeField()
    assert not field.has_changed(date(2026, 12, 4), ["4", "12", "2026"])
    assert field.has_changed(date(2026, 12, 4), ["5", "12", "2026"])


@pytest.mark.parametrize(("given", "means"), [("1", 1), ("9", 9), (NOT_SCORED, None)])
def test_rating_is_a_number_or_a_choice_not_to_score(given, means):
    assert forms.RatingField().clean(given) == means


def test_rating_without_a_way_not_to_score_offers_none_and_takes_none():
    field = forms.RatingField(no_score="")
    assert [value for value, _ in field.choices] == list("123456789")
    with pytest.raises(django_forms.ValidationError):
        field.clean(NOT_SCORED)


@pytest.mark.parametrize("given", ["0", "10", "5.5", "", "no"])
def test_rating_refuses_anything_else(given):
    with pytest.raises(django_forms.ValidationError):
        forms.RatingField().clean(given)


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("Give it a short title", "Give it a short title"),
        ("Type the code from your letter", "Type the code from your letter"),
        ("Type of service", "Enter type of service"),
    ],
)
def test_label_that_says_what_to_do_is_not_told_twice(label, says):
    assert forms.words_for_missing(django_forms.CharField(), label) == says


@pytest.mark.parametrize(
    ("form", "name", "says"),
    [
        (InviteForm, "perspective", "Choose what they would speak as"),
        (OutcomeForm, "unit", "Say in what it is measured"),
        (ResponseForm, "you_said", "Say in your words what people said"),
        (ResponseForm, "we_did", "Say what you did, or why not"),
        (EventForm, "words", "Say in a sentence or two what happened"),
    ],
)
def test_a_label_that_goes_on_from_another_is_not_put_after_a_verb(form, name, says):
    assert form({}).errors[name] == [says]


def test_rating_left_out_says_what_one_can_choose():
    form = Everything({"score": ""})
    assert form.errors["score"] == [
        "Choose a number from 1 to 9, or “I choose not to score”",
    ]


def test_rating_scale_has_nine_numbers_words_and_a_way_out():
    tree = page(Everything(initial={"score": "7"}))
    group = by_id(tree, "id_score")
    radios = group.xpath(".//input[@type='radio']")
    assert [each.get("value") for each in radios] == [*map(str, range(1, 10)), NOT_SCORED]
    assert [each.get("value") for each in radios if each.get("checked") is not None] == ["7"]
    labels = [tree.xpath(f"//label[@for='{each.get('id')}']")[0] for each in radios]
    assert "Wrong for us" in labels[0].text_content()
    assert labels[-1].text == "I choose not to score"


def test_words_of_people_in_a_hint_are_text_and_only_our_own_markup_is_markup():
    """A hint can hold a name that somebody chose, such as of whom one helps to rate."""

    class Helping(forms.Form):
        reason = django_forms.CharField(help_text="Only if <b>Sam</b> wants to.")
        agree = django_forms.BooleanField(help_text="<b>Sam</b> told me.")
        old = django_forms.CharField(help_text=mark_safe("<a href='/reset/'>Forgot it?</a>"))

    tree = page(Helping())
    assert by_id(tree, "id_reason_helptext").text_content() == "Only if <b>Sam</b> wants to."
    assert by_id(tree, "id_agree_helptext").text_content() == "<b>Sam</b> told me."
    assert by_id(tree, "id_old_helptext").xpath("a/@href") == ["/reset/"]


def test_choosing_nothing_is_said_in_words() -> None:
    class Standing(forms.Form):
        must = django_forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "In force")])
        may = django_forms.ChoiceField(
            choices=[*BLANK_CHOICE_DASH, ("a", "In force")], required=False
        )
        own = django_forms.ChoiceField(choices=[("", "All of them"), ("a", "A")], required=False)

    tree = page(Standing())
    blanks = {
        name: tree.xpath(f"//select[@name='{name}']/option[1]")[0].text
        for name in ("must", "may", "own")
    }
    assert blanks == {"must": "Choose one", "may": "Not said", "own": "All of them"}


def test_a_file_that_came_with_a_wrong_answer_has_to_be_chosen_again_and_the_page_says_so() -> None:
    class Import(forms.Form):
        file = django_forms.FileField(label="The file")
        source = django_forms.CharField(label="Where it is from")

    again = "Please choose the file once more."
    sent = {"file": SimpleUploadedFile("figures.csv", b"a,b")}
    assert again in page(Import({"source": ""}, sent)).text_content()
    assert again not in page(Import({"source": ""}, {})).text_content()
    assert again not in page(Import()).text_content()
