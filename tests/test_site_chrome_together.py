"""What site chrome does for all lines of a text together gives what each line by itself gives, the long way."""

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaner import Remembering
from cnclean.cleaners.site_chrome import SiteChrome
from cnclean.cleaners.site_chrome.alone import Verdict, look_at, tighten
from cnclean.cleaners.site_chrome.cues import cues
from cnclean.cleaners.site_chrome.find import find_cues
from cnclean.cleaners.site_chrome.judge import _runs
from cnclean.cleaners.site_chrome.memory import remembering
from cnclean.cleaners.site_chrome.menus import find_menu, may_be_menus
from cnclean.cleaners.site_chrome.page import Known, Line, read_page, rows_of
from cnclean.cleaners.site_chrome.search import SPACES, alternative_words, find_in_lines, lines_with
from cnclean.cleaners.site_chrome.weight import LEAST_PROSE, is_prose, weigh
from cnclean.edit import apply_edits
from cnclean.tables import toml_table
from cnclean.testing import check_laws
from cnclean.view import view, view_text
from tests.strategies import GENERAL, tokens

TABLE = toml_table("site-chrome.toml")
EXAMPLES = [line for entry in TABLE["cue"] for key in ("drop", "keep") for line in entry[key]]
WORDS = [word for key in ("sure", "weak") for word in TABLE["menu"][key].split()]
PIECES = [*"。！？!?;>»|· _、©\u200b()（）【】-:…", "\u3000", "\x1c", "\x85", "会(huì)", "  ", "2024-05-09 19:28", "12"]

menu_rows = st.one_of(
    st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(PIECES)), max_size=14).map("".join),
    st.builds(str.join, st.sampled_from([" ", "|", " / ", ""]), st.lists(st.sampled_from(WORDS), max_size=7)),
)
one_line = st.one_of(
    st.sampled_from([*EXAMPLES, *tokens("site-chrome"), *GENERAL]),
    menu_rows,
    st.lists(st.sampled_from([*EXAMPLES, *PIECES]), max_size=4).map("".join),
    st.text(max_size=8),
).map(lambda text: text.replace("\n", " "))
# Such lines as entries match that stand anywhere, with something before them and behind.
ANYWHERE = [pattern for entry in TABLE["cue"] if entry["anchor"] == "any" for pattern in entry["patterns"]]
matching = st.tuples(
    st.sampled_from(["", "山里的学校开学了", "2019"]),
    st.sampled_from(ANYWHERE).flatmap(st.from_regex),
    st.sampled_from(["", "[12]", "日"]),
).map(lambda parts: "".join(parts).replace("\n", " "))
some_lines = st.lists(one_line, max_size=12)


def views_of(lines):
    seens = [view(line).text.strip() for line in lines]
    return seens, [tighten(seen) for seen in seens]


@given(some_lines)
def test_views_are_made_together(lines):
    text = "\n".join(lines)
    assert view_text(text) == "\n".join(view(line).text for line in lines)
    seens, tights = views_of(lines)
    assert tighten("\n".join(seens)) == "\n".join(tights)


@given(one_line)
def test_a_tight_view_has_no_spaces_and_no_decoration_before_its_first_word(line):
    bare = "".join(line.split())
    decoration = re.match(r"(?:[^\w©]|_)*", bare)[0]
    assert tighten(line) == (bare if decoration == bare else bare[len(decoration) :])


def cues_one_by_one(tights):
    expected = {}
    for place, tight in enumerate(tights):
        hits = [(cue, matched) for cue in cues() if (matched := cue.match(tight)) is not None]
        hits.sort(key=lambda hit: hit[0].weak)  # a strong one before a weak one, the first in the table of each
        if hits:
            expected[place] = hits[0]
    return expected


@given(st.lists(st.one_of(one_line, matching), max_size=12))
def test_cues_are_found_together(lines):
    tights = views_of(lines)[1]
    assert find_cues(tights) == cues_one_by_one(tights)


def test_the_cues_of_all_examples_are_found():
    tights = views_of(EXAMPLES)[1]
    assert find_cues(tights) == cues_one_by_one(tights)


@given(some_lines)
def test_no_menu_is_passed_over(lines):
    seens, tights = views_of(lines)
    menus = {place for place, seen in enumerate(seens) if find_menu(seen) is not None}
    assert menus <= may_be_menus(seens, tights)


@pytest.mark.parametrize(
    "line", ["新闻 财经 体育 娱乐", "| 新闻 | 财经 | 体育 | 娱乐 |", "公司新闻-企业文化-联系我们", "更多>>"]
)
def test_a_menu_may_be_one(line):
    assert find_menu(line) is not None
    assert may_be_menus(*views_of([line])) == {0}


@given(some_lines, st.sampled_from([(), ("menu",), ("counter", "prev-next")]))
def test_lines_are_looked_at_together(lines, keep):
    stripped = [line for line in dict.fromkeys(map(str.strip, lines)) if line]
    expected = {}
    for line in stripped:
        expected |= look_at([line], keep)
    assert look_at(stripped, keep) == expected


def test_lines_are_searched_together():
    draw = random.Random(5)
    for pattern in (re.compile("山|水"), re.compile("^山", re.MULTILINE), re.compile("山.*"), re.compile("山水")):
        for _ in range(300):
            lines = ["".join(draw.choice("山水河 ") for _ in range(draw.randrange(5))) for _ in range(6)]
            found = [(place, match[0]) for place, line in enumerate(lines) for match in pattern.finditer(line)]
            assert list(find_in_lines(pattern, lines)) == found
            assert lines_with(pattern, lines) == {place for place, _ in found}
            first = re.compile(f"\n(?:{pattern.pattern.lstrip('^')})")
            starting = {place for place, line in enumerate(lines) if first.match(f"\n{line}")}
            assert lines_with(first, lines, before="\n") == starting
    assert lines_with(re.compile("山"), []) == set()


@given(st.lists(st.text("甲乙丙", min_size=1, max_size=3), min_size=1, max_size=9), st.text("甲乙丙 ", max_size=30))
def test_words_of_one_character_together_are_found_in_their_order(words, text):
    plain = "|".join(map(re.escape, words))
    assert re.findall(alternative_words(words), text) == re.findall(plain, text)


def test_spaces_are_all_but_the_line_feed():
    spaces = re.compile(f"[{SPACES}]")
    every = [chr(code) for code in range(0x110000)]
    assert [char for char in every if spaces.match(char)] == [char for char in every if char.isspace() and char != "\n"]


@given(some_lines)
def test_only_long_lines_weigh_as_much_as_prose(lines):
    for line in read_page("\n".join(lines)):
        assert len(line.text) >= LEAST_PROSE or weigh(line) < LEAST_PROSE
        assert is_prose(line) == ("。" in line.text or weigh(line) >= LEAST_PROSE)


def test_the_shortest_prose():
    line = "字" * (LEAST_PROSE - 2) + "，！"
    assert is_prose(Line(line))
    assert not is_prose(Line(line[1:]))


@pytest.mark.parametrize("cleaner", [SiteChrome(), SiteChrome("article"), SiteChrome(keep=("menu", "tail"))], ids=str)
@given(lines=some_lines, order=st.randoms(use_true_random=False))
def test_a_text_is_cleaned_as_the_edits_tell(cleaner, lines, order):
    remembering = Remembering(cleaner)
    for _ in range(3):
        text = "\n".join(lines)
        assert remembering(text) == cleaner(text) == apply_edits(text, cleaner.edits(text))
        order.shuffle(lines)


class Unfaithful(SiteChrome):
    def __call__(self, text):
        return apply_edits(text, self.edits(text))

    def clean_with(self, text, memory):
        return super().clean_with(text, memory) + "\n"


def test_the_laws_see_a_text_that_is_not_what_the_edits_tell():
    with pytest.raises(AssertionError, match="with a memory, another answer"):
        check_laws(Unfaithful(), "首页\n春耕开始了，村里的人都下了地。\n")


def test_what_is_remembered_is_not_asked_again():
    asked = []

    def find(lines):
        asked.append(list(lines))
        return map(len, lines)

    kind = object()
    assert remembering(find, ["甲", "乙乙"], kind) == {"甲": 1, "乙乙": 2}
    assert remembering(find, ["乙乙", "丙", "丁" * 100], kind) == {"乙乙": 2, "丙": 1, "丁" * 100: 100}
    assert remembering(find, ["甲", "丙"], kind) == {"甲": 1, "丙": 1}
    assert remembering(find, ["丁" * 100], kind) == {"丁" * 100: 100}  # too long to be kept
    assert asked == [["甲", "乙乙"], ["丙", "丁" * 100], ["丁" * 100]]
    remembering(find, [str(number) for number in range(9000)], kind)
    asked.clear()
    remembering(find, ["8191", "8192", "甲"], kind)  # more than are kept: the others have been forgotten
    assert asked == [["8192", "甲"]]


@given(st.sets(st.integers(0, 30)))
def test_rows_are_the_longest_stretches_of_neighbours(places):
    rows = list(rows_of(sorted(places)))
    assert [place for row in rows for place in row] == sorted(places)
    assert all(row == list(range(row[0], row[-1] + 1)) for row in rows)
    assert all(before[-1] + 1 < after[0] for before, after in pairwise(rows))


def rows_with_evidence(own, weak, places):
    """The weak places that go, told the long way: all neighbours are sought first."""
    for row in rows_of(sorted({*own, *weak, *places})):
        if not own.keys().isdisjoint(row):
            rest = [place for place in row if place in weak and place not in own and place not in places]
            yield from (place for place in rest if len(row) >= 3 or weak[place].kind != "menu")


@given(st.lists(st.sampled_from(["", "own", "weak", "menu", "tail", "weak tail"]), max_size=30))
def test_weak_lines_go_beside_lines_that_go_by_themselves(kinds):
    own = {place: Verdict("a", "b", "c") for place, kind in enumerate(kinds) if kind == "own"}
    weak = {
        place: Verdict("menu" if kind == "menu" else "a", "b", "c", own=False)
        for place, kind in enumerate(kinds)
        if kind in ("weak", "menu", "weak tail")
    }
    others = {place: Verdict("tail", "b", "c", own=False) for place, kind in enumerate(kinds) if "tail" in kind}
    assert list(_runs(own | others, own, weak)) == list(rows_with_evidence(own, weak, others))


@given(some_lines)
def test_a_quiet_page_is_one_in_which_no_line_goes_by_itself(lines):
    known = Known()
    for text in ("\n".join(lines), "\n".join(map(str.strip, lines)), "\n".join(lines[::2])):
        page, fresh = read_page(text, (), known), read_page(text)
        own = [verdict.own for _, verdict in page.verdicts()]
        assert page.quiet == fresh.quiet == (True not in own)
        assert list(page) == list(fresh) == list(map(Line, page.texts, *columns(page.texts)))
        assert list(page.verdicts()) == list(fresh.verdicts())
        assert page.without([]) == text


def columns(texts):
    looks = look_at(list(dict.fromkeys(texts)), ())
    return zip(*[looks.get(text, ("", ""))[:2] for text in texts], strict=True) if texts else ((), ())
