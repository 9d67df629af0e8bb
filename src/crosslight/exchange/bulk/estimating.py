"""A model's figures estimated from files: how often each level is seen of one entity and of two."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from crosslight.core.matching import Attribute, joined
from crosslight.core.matching.v1.estimation import PairSet, estimate, written
from crosslight.core.matching.v1.figures import figures
from crosslight.core.matching.v1.values import IDENTIFIERS
from crosslight.exchange.bulk.candidates import KeyBase
from crosslight.exchange.bulk.folder import work_folder
from crosslight.exchange.bulk.inputs import open_inputs
from crosslight.exchange.bulk.job import MatchJob, Watcher
from crosslight.exchange.bulk.reading import read_all
from crosslight.exchange.tables.outputs import check_output, whole_file

MOST_PAIRS = 300_000
RANDOM_PAIRS = 400_000
_SEED = 1

_PLACES = frozenset({Attribute.BIRTH_PLACE, Attribute.PLACE, Attribute.ADDRESS})
_OTHERS = frozenset({Attribute.SEX, Attribute.NATIONALITY, Attribute.OCCUPATION, Attribute.ROUTE})
# Which keys bring pairs together, and what may be estimated on these: nothing of the keys' own.
_SETS: tuple[tuple[tuple[str, ...], frozenset[Attribute]], ...] = (
    (("name", "name_start"), frozenset({Attribute.BIRTH_DATE}) | IDENTIFIERS | _PLACES | _OTHERS),
    (("date", "date_place"), frozenset({Attribute.NAME}) | IDENTIFIERS | _OTHERS),
    (("name_date", "start_date"), IDENTIFIERS | _PLACES | _OTHERS),
    (("exact",), frozenset({Attribute.NAME, Attribute.BIRTH_DATE}) | _PLACES | _OTHERS),
)


def estimate_files(job: MatchJob, *, model: str, provenance: str, watcher: Watcher) -> None:
    """Writes a model file to `job.out`, reached from the released figures. Raises UnusableInput.

    The same files give the same figures.
    """
    check_output(job.out, inputs=job.source.paths)
    inputs = open_inputs(job.source, watcher=watcher)
    with work_folder(job) as folder:
        read = read_all(job, inputs, folder=folder, watcher=watcher)
        total = len(read.spool)
        base = KeyBase(folder.path, job.means)
        base.fill(read.spool)
        found = estimate(
            joined(read.parts),
            base.counts(total=total),
            start=figures(),
            sets=_pair_sets(base),
            random_pairs=_random_pairs(total),
            tell=watcher.note,
        )
        with whole_file(job.out) as stream:
            stream.write(written(replace(found, model=model, provenance=provenance)))


def _pair_sets(base: KeyBase) -> list[PairSet]:
    generator = np.random.default_rng(_SEED)
    found = []
    for kinds, attributes in _SETS:
        pairs = base.pairs_of(kinds)
        if len(pairs):
            drawn = np.sort(generator.permutation(len(pairs))[:MOST_PAIRS])
            left, right = pairs.left[drawn].astype(np.int64), pairs.right[drawn].astype(np.int64)
            found.append(PairSet(left, right, attributes, share=len(drawn) / len(pairs)))
    return found


def _random_pairs(total: int) -> PairSet:
    generator = np.random.default_rng(_SEED)
    left, right = generator.integers(0, total, (2, RANDOM_PAIRS))
    apart = left != right
    return PairSet(left[apart], right[apart], frozenset())
