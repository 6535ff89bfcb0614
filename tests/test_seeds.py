"""Acceptance over the five scraped pages that the project started from: lines are named by number, never by content."""

import hashlib
import re
import unicodedata

import pytest

import cnclean
from cnclean.edit import apply_edits
from cnclean.opencc_data import simplified_characters
from tests.evaluation import SEEDS, needs_shared

pytestmark = needs_shared


def _numbers(spec):
    out = set()
    for part in spec.split():
        first, _, last = part.partition("-")
        out.update(range(int(first), int(last or first) + 1))
    return out


# Site chrome and advertising, by line number (from 1). Everything else that is not blank is body, title or credit line.
JUNK = {
    "000": _numbers("1 4 168 170-174 176 178"),
    "001": _numbers("1"),
    "002": _numbers("3 9 57-62"),
    "003": _numbers("3 4 12 26 42 84 118 138-147"),
    "004": _numbers("1-4 7 9 33 45 64-91"),
}
# Seed 001: advertising glued to the title and to the last line.
GLUED = {"001": {2, 35}}


def _seed(number):
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path.read_bytes().decode("utf-8")


@pytest.fixture(scope="module", params=sorted(JUNK))
def seed(request):
    text = _seed(request.param)
    return request.param, text, cnclean.explain(text, "corpus")


def _kept(text, edits):
    """For each line of the original: how many of its characters (spaces apart) no edit covers."""
    covered = bytearray(len(text))
    for edit in edits:
        if len(edit.new) < (edit.end - edit.start) // 2:
            covered[edit.start : edit.end] = b"\1" * (edit.end - edit.start)
    at, rows = 0, []
    for line in text.split("\n"):
        rows.append(sum(not covered[at + i] and not char.isspace() for i, char in enumerate(line)))
        at += len(line) + 1
    return rows


def test_menus_adverts_and_footers_are_gone_and_no_body_line_is_lost(seed):
    number, text, report = seed
    rows = _kept(text, report.edits)
    left = {n for n in JUNK[number] if rows[n - 1]}
    assert not left, f"junk lines left: {sorted(left)}"
    body = {n for n, line in enumerate(text.split("\n"), 1) if line.strip()} - JUNK[number]
    lost = {n for n in body if not rows[n - 1]}
    assert not lost, f"body lines lost: {sorted(lost)}"


BROKEN = _numbers("58 82 102 104 130 136 152")  # lines of seed 000 with damaged bytes
TONED = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]+\)")


def _folded(text):
    """The characters of a text whatever their width, script and form, without annotations and white space."""
    text = unicodedata.normalize("NFKC", cnclean.build("unicode-form")(TONED.sub("", text)))
    return re.sub(r"\s", "", text.translate(simplified_characters()).replace("著", "着"))


def test_body_lines_lose_nothing_but_annotations(seed):
    number, text, report = seed
    result = _folded(report.text)
    for n, line in enumerate(text.split("\n"), 1):
        if n in JUNK[number] or n in GLUED.get(number, ()) or (number == "000" and n in BROKEN):
            continue
        assert _folded(line) in result, f"line {n} is not whole"


def test_glued_adverts_are_cut_exactly():
    source, result = _seed("001").split("\n"), cnclean.clean(_seed("001"), "corpus").split("\n")
    title, last = source[1], source[34]
    assert _folded(result[0]) == _folded(title[title.index(" ") :])
    assert _folded(result[-1]) == _folded(last[: last.index(":") + 4])  # the colon and a name of three characters


def test_half_width_punctuation_beside_han_is_gone(seed):
    _, _, report = seed
    left = re.findall(r"[\u4e00-\u9fff][,:;?!](?![A-Za-z0-9])|[,:;?!](?=[\u4e00-\u9fff])", report.text)
    assert not left


def test_the_text_is_simplified_and_its_radicals_are_ideographs(seed):
    _, _, report = seed
    assert not re.search(r"[\u2e80-\u2fdf]", report.text)
    assert cnclean.detect_script(report.text).script == "simplified"


def test_every_change_is_explained_and_the_second_run_changes_nothing(seed):
    _, text, report = seed
    assert report.converged
    assert report.passes == 2, "the second pass finds nothing"
    assert apply_edits(text, report.edits) == report.text == cnclean.clean(text, "corpus")
    again = cnclean.explain(report.text, "corpus")
    assert (again.text, again.edits, again.passes) == (report.text, (), 1)


# The seven repaired runs, by length and hash: the words themselves belong to their publisher.
RESTORED = (
    (5, "3416ac0d728de89c"),
    (8, "b2df8ec0d2ec9d78"),
    (6, "9e5984baae70ed0d"),
    (16, "342a1cb72e4b517b"),
    (4, "d754aefd899668a4"),
    (5, "86d17ed65f15f562"),
    (5, "76f5197c1e284203"),
)


def _holds(text, length, digest):
    return any(
        hashlib.sha256(text[i : i + length].encode()).hexdigest()[:16] == digest for i in range(len(text) - length + 1)
    )


def test_seed_000_has_no_annotation_left_and_its_broken_runs_are_restored():
    report = cnclean.explain(_seed("000"), "corpus")
    assert not TONED.search(report.text)
    assert not re.search(r"[\ue000-\uf8ff]", report.text)
    assert [run for run in RESTORED if not _holds(report.text, *run)] == []
