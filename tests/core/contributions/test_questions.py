from __future__ import annotations

import pytest

from crosslight.core.contributions import tasking_words
from crosslight.core.vocabulary.contributions import QUESTION_LABELS


@pytest.mark.parametrize(
    "note",
    [
        "Please follow the van.",
        "Could you find out who owns the house?",
        "Can you please ask her where he lives?",
        "Watch the house.",
        "It is urgent; take a photo of the plate.",
        "Keep an eye on the driver",
        "Let us know when he returns",
        "From now on write down every plate.",
        "We need you to talk to the neighbours.",
        "Next time, photograph the papers.",
        "Please, collect the contracts",
        "Continue watching them.",
        "As soon as she comes back, call us.",
        "PLEASE MONITOR THE ACCOUNT",
        "Veuillez nous aider : surveillez la maison.",
        "À l’avenir, notez les plaques.",
        "Por favor, averigüe quién es.",
        "No futuro, tente saber mais.",
    ],
)
def test_a_task_or_a_wish_for_the_future_is_found(note: str) -> None:
    assert tasking_words(note)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "Do you already hold the plate of the van?",
        "Is the phone number in your file the one you gave us?",
        "Which town was it, if you hold it?",
        "You mention a contract. Does your file hold its date?",
        "Did anyone record the plate at the time?",
        "Did she follow up with you, as you wrote?",
        "Is the watch in the photo the one you mean?",
        "Avez-vous déjà le document ?",
        "¿Tiene ya la matrícula en su expediente?",
        *QUESTION_LABELS.values(),
    ],
)
def test_a_question_about_what_is_held_passes(note: str) -> None:
    assert tasking_words(note) == ()


def test_the_words_are_named_in_their_order() -> None:
    assert tasking_words("Ask her. Then follow him.") == ("ask", "follow")
