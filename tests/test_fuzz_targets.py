"""The fuzz targets pass on their seeds, fail where a promise is broken, and read whatever bytes a fuzzer brings."""

import random

import pytest

import cnclean
from fuzz.seeds import dictionary, seeds, words
from fuzz.source import Source
from fuzz.targets import TARGETS


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_passes_on_its_seeds(target):
    inputs = list(seeds(target))
    for data in inputs[:: max(1, len(inputs) // 25)]:
        TARGETS[target](data)


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_takes_any_bytes(target):
    rng = random.Random(target)
    for size in (0, 1, 2, 3, 4, 10, 60):
        TARGETS[target](rng.randbytes(size))


@pytest.mark.parametrize("target", ["clean", "html", "decode", "recipe-file", "rule-file"])
def test_a_target_fails_where_a_promise_is_broken(target, monkeypatch):
    def broken(*args, **options):
        raise RuntimeError("broken")

    for name in ("pipeline", "extract", "clean_html", "prune_html", "decode", "build"):
        monkeypatch.setattr(cnclean, name, broken)
    with pytest.raises(RuntimeError):
        TARGETS[target](next(iter(seeds(target))))


def test_a_source_gives_the_first_choice_where_nothing_is_left():
    source = Source(b"\x02\xff")
    assert (source.pick("abc"), source.text(), source.left) == ("c", "\udcff", 0)
    assert (source.pick("abc"), source.number(1000), source.text()) == ("a", 0, "")


def test_the_dictionary_is_in_the_form_of_libfuzzer():
    assert len(words()) > 500
    assert '"\\xef\\xbb\\xbf"\n' in dictionary()
    assert dictionary().isascii()
