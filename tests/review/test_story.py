from __future__ import annotations

from crosslight.contributions.contributor_view import contributor_view
from crosslight.core.vocabulary.contributions import FeedbackCode
from crosslight.review.services import close_contribution, consult_input, give_feedback
from tests.factories import World
from tests.review.factories import disseminated


def test_a_report_becomes_an_input_and_comes_back_as_feedback(world: World) -> None:
    sent = disseminated(world)

    found = consult_input(actor=world.ndeye, input_id=sent.pk, purpose="triage")

    assert found.reference.endswith("-0001")
    assert found.identifiers == [
        {
            "kind": "phone",
            "raw": "+44 7700 900123",
            "value": "+447700900123",
            "party_role": "recruiter",
        }
    ]
    close_contribution(actor=world.luis, contribution_id=sent.contribution_id)
    give_feedback(
        actor=world.luis,
        contribution_id=sent.contribution_id,
        code=FeedbackCode.USEFUL_NEW,
        axes={"timeliness": 4},
    )
    view = contributor_view(sent.contribution)
    assert [each.code for each in view.feedback] == [FeedbackCode.USEFUL_NEW]
