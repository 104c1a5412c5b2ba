"""The main job, from an empty site to the next cycle, through pages only."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.background import Worker
from tests.journeys.people import Person
from tests.journeys.steps.agreeing import Agreeing
from tests.journeys.steps.cast import Cast
from tests.journeys.steps.deciding import CYCLE, Deciding
from tests.journeys.steps.doing import Doing
from tests.journeys.steps.gathering import Gathering
from tests.journeys.steps.knowing import NEEDS, Knowing
from tests.journeys.steps.publishing import Publishing
from tests.journeys.watching import Watch

pytestmark = pytest.mark.journey


def test_main_job(site: Watch, worker: Worker, mail: Path, arrive: Callable[..., Person]) -> None:
    cast = Cast(site, worker, mail, arrive)
    gathering, knowing, deciding = Gathering(cast), Knowing(cast), Deciding(cast)
    agreeing = Agreeing(cast)
    doing, publishing = Doing(cast), Publishing(cast)

    gathering.given_an_organisation_and_its_commissioner()
    gathering.when_the_commissioner_signs_in()
    gathering.when_the_commissioner_sets_up_a_panel()
    gathering.when_the_commissioner_invites_everyone()
    gathering.then_each_opens_the_link_from_their_mail_and_joins()
    gathering.then_the_panel_opens()

    knowing.when_the_commissioner_imports_figures()
    deciding.when_the_commissioner_starts_a_cycle_and_links_the_panel()
    deciding.then_what_is_missing_to_go_on_is_said_in_words()
    knowing.when_the_commissioner_writes_the_needs_assessment()
    agreeing.when_the_map_says_who_is_affected()
    agreeing.when_each_pillar_says_how_it_sees_the_problem()
    agreeing.when_each_pillar_agrees_to_what_matters()
    deciding.when_the_needs_are_linked_the_cycle_goes_on_to_plan()

    deciding.when_a_decision_with_two_options_is_put_to_the_panel()
    knowing.when_a_reviewer_types_references()
    deciding.when_the_reviewers_link_appraise_and_agree_the_evidence()
    deciding.when_a_carer_comments_and_the_commissioner_answers()
    deciding.when_the_commissioner_opens_a_round()
    deciding.when_everyone_rates()
    deciding.when_a_carer_changes_their_mind()
    deciding.then_nothing_of_it_is_shown_before_the_close()
    deciding.when_the_commissioner_closes_the_round()
    deciding.then_the_result_shows_three_pillars_and_their_equal_total()
    deciding.then_whoever_is_not_on_the_panel_sees_no_number_of_four_people()
    deciding.when_the_record_is_tried_too_early_then_everything_missing_is_listed()
    deciding.when_each_pillar_agrees_its_sentences()
    deciding.when_what_matters_here_is_written_down()
    deciding.when_the_equality_assessment_is_published()
    deciding.then_the_decision_is_recorded()

    doing.when_the_seven_parts_of_the_strategy_are_written()
    doing.when_the_cycle_goes_on_to_do()
    doing.when_actions_and_an_outcome_are_agreed()
    publishing.when_an_edition_is_asked_for_then_it_can_be_downloaded(
        "commissioning strategy", title=f"Commissioning strategy: {CYCLE}"
    )
    publishing.when_an_edition_is_asked_for_then_it_can_be_downloaded(
        "needs assessment", title=NEEDS
    )
    doing.when_the_cycle_goes_on_to_review()
    doing.when_the_owners_say_where_their_actions_stand()
    doing.when_results_and_findings_are_written()
    doing.then_the_cycle_closes_and_the_next_one_has_what_is_carried_forward()

    assert not site.findings, "\n".join(site.findings)
