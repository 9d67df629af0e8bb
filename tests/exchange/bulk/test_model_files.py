"""Files weighed by figures that were estimated from such rows, instead of those of the release."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from crosslight.core.matching import Figures, MatchResult, figures, model_of_file
from crosslight.core.matching.v1.estimation import written as as_model_file
from crosslight.exchange.bulk import Means, Source, explain_rows
from crosslight.exchange.reports import Style
from crosslight.exchange.tables import UnusableInput
from tests.exchange.bulk.people import Listener, job, people, run, written


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "people.csv", people(60))


def lines(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def other_model() -> Figures:
    """Relatives are as good as absent, and the bands begin higher."""
    released = figures()
    bands = replace(released.bands, weak=6.5, probable=21.25)
    return replace(released, model="trial", relatives=1e-15, bands=bands)


def test_the_file_that_estimate_writes_is_read_back_as_it_was() -> None:
    assert model_of_file(as_model_file(other_model())) == other_model()
    assert model_of_file(as_model_file(figures())) == figures()


def test_a_run_weighs_by_the_model_it_is_given(file: Path, tmp_path: Path) -> None:
    plain, other = tmp_path / "plain.jsonl", tmp_path / "other.jsonl"
    run(job(plain, file))
    run(replace(job(other, file), model=other_model()))
    kinship = [
        item["weight"]
        for line in lines(other)
        for item in line["comparisons"]
        if item["attribute"] == "kinship"
    ]
    assert any("kinship" in str(line) for line in lines(plain))
    assert kinship == []
    assert {line["band"] for line in lines(other)} <= {"weak", "probable", "strong"}
    assert min(line["weight"] for line in lines(other)) >= 6.5


def test_the_page_names_the_model_and_its_bands(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "matches.html"
    run(replace(job(out, file), style=Style.HTML, model=other_model()))
    page = out.read_text("utf-8")
    assert "Model trial" in page
    assert "probable from 21.25" in page


def test_an_interrupted_run_is_not_gone_on_with_by_another_model(
    file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "matches.jsonl"
    with pytest.raises(KeyboardInterrupt):
        run(job(out, file), listener=Listener(until="Explaining"))
    resumed = replace(job(out, file), is_resumed=True, model=other_model())
    with pytest.raises(UnusableInput, match="other files or options"):
        run(resumed)


def test_a_pair_is_explained_by_the_model_it_is_given(file: Path) -> None:
    def explained(model: Figures | None) -> MatchResult:
        pair = explain_rows(
            Source((file,)), left="p3", right="p4", means=Means(), watcher=Listener(), model=model
        )
        return pair.result

    assert explained(other_model()).model == "trial"
    assert explained(None).model == "v1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "not: a model",
        "model: [unclosed",
        as_model_file(figures()).replace("phone", "fon"),
    ],
)
def test_what_is_no_model_of_this_release_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(ValueError, match=r"no model file|not those of this release"):
        model_of_file(text)


def test_a_model_that_lacks_a_level_is_refused() -> None:
    released = figures()
    comparisons = dict(released.comparisons)
    comparisons.popitem()
    with pytest.raises(ValueError, match="not those of this release"):
        model_of_file(as_model_file(replace(released, comparisons=comparisons)))
