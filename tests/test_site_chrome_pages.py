"""Site chrome on real pages: the seeds line by line, and floors under the measured figures. Reads `../shared` only."""

from statistics import mean

import pytest

from benchmarks import floors
from benchmarks.chrome import SEED_CHROME, SEEDS, SETS, kept_by, pages, score
from cnclean.cleaners.site_chrome import SiteChrome
from tests.evaluation import EVALUATION, needs_shared, seed

pytestmark = needs_shared
FLOORS = floors.read().entries


@pytest.mark.parametrize("number", sorted(SEED_CHROME))
@pytest.mark.parametrize("mode", ["cues", "article"])
def test_all_chrome_goes_from_a_seed_and_no_other_line(number, mode):
    text = seed(number)
    cleaner = SiteChrome(mode)
    gone = {text.count("\n", 0, edit.start) + 1 for edit in cleaner.edits(text) if not edit.is_flag(text)}
    lines = text.split("\n")
    assert gone == {line for line in SEED_CHROME[number] if lines[line - 1].strip()}
    assert cleaner(cleaner(text)) == cleaner(text)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("mode", ["cues", "article"])
def test_figures_do_not_sink(mode, name):
    scores = [score(page, set(kept_by(SiteChrome(mode), page.lines))) for page in pages(EVALUATION, name)]
    figures = {
        "F all": mean(s.f for s in scores),
        "lost % all": 100 * mean(s.lost for s in scores),
        "removed % all": 100 * mean(s.removed for s in scores if s.removed is not None),
    }
    for figure, value in figures.items():
        floor = FLOORS[f"chrome > lines > {name} > site-chrome, {mode} > {figure}"]
        assert floor.holds(value), f"{figure}: {value}, floor {floor.floor}"


@pytest.mark.parametrize("name", [*SETS, SEEDS])
def test_the_second_pass_finds_nothing(name):
    for page in pages(EVALUATION, name):
        text = "\n".join(page.lines)
        for mode in ("cues", "article"):
            once = SiteChrome(mode)(text)
            assert SiteChrome(mode)(once) == once, page.name
