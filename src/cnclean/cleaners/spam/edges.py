"""Search phrases before the title and glued to the end of a text: what hijacked pages carry."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from cnclean.cleaners.spam.evidence import Verdict
from cnclean.cleaners.spam.folding import read_otherwise
from cnclean.cleaners.spam.lexicon import Lexicon
from cnclean.cleaners.spam.matcher import hits, phrases
from cnclean.cleaners.spam.windows import WHOLE_LINE, first_lines, last_lines
from cnclean.edit import Edit, Evidence
from cnclean.view import view

_LINES = 3  # how many lines at each end are looked at
_PHRASE = 60  # characters within which a phrase before a title or after the text must lie
_TITLE = 6  # characters that must be left of a title
_SHORTEST_GLUED = 3  # letters
_GLUED_NAME = 12  # Han before a glued phrase without a stop between: a by-line, not a sentence
_HAN = re.compile(r"[\u3400-\u9fff]")
# An unknown name that belongs to the phrase behind it, as opposed to the name of an author, which begins like one.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟"
    "谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_BRAND = re.compile(rf"[^\W\dA-Za-z_{_SURNAMES}][\u3400-\u9fff]{{1,2}}")
_SENTENCE_ENDS = ("。", "！", "？", "”", "」", "\\n")
_KEY = re.compile(r"\s*([\u3400-\u9fffA-Za-z0-9]{4,14})[\s_|\-]+(?=\S)")
_GAP = re.compile(r"[\s_|\-]+")
_FIRST_WORD = re.compile(r"\s*[^\W_]{4,14}(?=[\s_|\-])")
# The last clause of a line; the n of a leaked "\n" does not belong to it.
_CLAUSE = re.compile(r"(?:(?<!\\)[^\W_]|[·|-])+\Z")
# Names of sources and people stand at the head and at the end of sound pages too.
_SOURCE = re.compile(r"\A.{1,6}网\Z|[报社台刊讯者员处部院室号版]\Z|[来來]源|作者|[记編编]者|责编")
_STOPS = re.compile(r"[。！？!?，,、；;：:“”]")
_GLUE = "。！？!?”」）)…~"


class Edges:
    """The head and the tail of a text in which a prefilter has found `places`."""

    def __init__(
        self, text: str, places: Sequence[int], lexicon: Lexicon, judge: Callable[[str], Verdict | None]
    ) -> None:
        self.text, self.places, self.lexicon, self.judge = text, places, lexicon, judge
        self._otherwise = read_otherwise().search
        self.head = first_lines(text, _LINES)
        self.tail = last_lines(text, _LINES) if self.head else []

    def key_edits(self) -> Iterator[Edit]:
        """Yield the cuts of a key that stands before the title and again at the very end; no word list is needed."""
        key, at = self._key()
        if not key:
            return
        rules, evidence = ("spam/head-and-tail",), (Evidence("head-and-tail", 4.0, key),)
        note = "the same key before the title and glued to the end of the text"
        for start, end in self.head[: at + 1]:
            match = _KEY.match(self.text, start, end)
            if match and match[1] == key:
                yield Edit(start, match.end(), "", rules, note, evidence)
            elif self._foreign(self.text[start:end].strip(), key):
                above = "a keyword line above a title with an injected key"
                yield Edit(start, min(end + 1, len(self.text)), "", rules, above, evidence)
        start, end = self.tail[-1]
        stop = start + len(self.text[start:end].rstrip())
        yield Edit(stop - len(key), stop, "", rules, note, evidence)

    def _key(self) -> tuple[str, int]:
        """Return the key and the number of the line it stands before; nothing if it stands anywhere else."""
        if not self.tail:
            return "", 0
        last = self.text[slice(*self.tail[-1])].rstrip()
        for at, (start, end) in enumerate(self.head):
            match = _KEY.match(self.text, start, end)
            if match is None or not last.endswith(match[1]) or len(last) == len(match[1]):
                continue
            key, before = match[1], last[-len(match[1]) - 1]
            glued = before.isalnum() or before in _GLUE
            if glued and _HAN.search(key) and not _SOURCE.search(key) and self.text.count(key) <= at + 2:
                return key, at
        return "", 0

    def _foreign(self, line: str, key: str) -> bool:
        """Whether a short line without stops has next to nothing in common with the text below it."""
        if not 4 <= len(line) <= 14 or _STOPS.search(line) or _SOURCE.search(line):
            return False
        pairs = {line[i : i + 2] for i in range(len(line) - 1)}
        body = self.text[self.head[-1][0] :].replace(key, "")
        return sum(pair in body for pair in pairs) <= len(pairs) / 3

    def phrase_edits(self, topics: frozenset[str]) -> Iterator[Edit]:
        """Yield the cuts of known search phrases before a title or glued to one of the last lines."""
        for start, end in self.head:
            if self._may_hold_phrase(start, min(end, start + _PHRASE)):
                cut, verdict = self._prefix(self.text[start:end], topics)
                if verdict is not None:
                    yield _edit(start, start + cut, verdict, "a search phrase before the title")
        for start, end in self.tail:
            stop = start + len(self.text[start:end].rstrip())
            if self._may_hold_phrase(max(start, stop - _PHRASE), stop):
                cut, verdict = self._suffix(self.text[start:end], topics)
                if verdict is not None:
                    yield _edit(start + cut, end, verdict, "a search phrase glued to the end")

    def _may_hold_phrase(self, start: int, end: int) -> bool:
        """Whether a word was found in [start, end), or may stand there as only the view reads it."""
        number = bisect_left(self.places, start) if self.places else 0
        known = number < len(self.places) and self.places[number] < end
        return known or self._otherwise(self.text, start, end) is not None

    def _prefix(self, line: str, topics: frozenset[str]) -> tuple[int, Verdict | None]:
        """Return where a search phrase at the beginning ends, with its verdict."""
        seen = view(line[:_PHRASE])
        if not _GAP.search(seen.text):
            return 0, None
        runs = phrases(seen.text, hits(seen.text, self.lexicon), self.lexicon)
        word = _FIRST_WORD.match(seen.text)
        ends = [end for start, end in runs[:1] if not seen.text[:start].strip()]
        ends += [word.end()] if runs and word is not None else []
        for phrase in ends:
            gap = _GAP.match(seen.text, phrase)
            if gap is None or len(line) - gap.end() < _TITLE:
                continue
            end = seen.span(0, gap.end())[1]
            verdict = self.judge(line[: seen.span(0, phrase)[1]].strip())
            rest = self.judge(line[end:]) if len(line) <= WHOLE_LINE else None
            if verdict is not None and verdict.stands_alone(topics) and (rest is None or not rest.suspect):
                return end, verdict
        return 0, None

    def _suffix(self, line: str, topics: frozenset[str]) -> tuple[int, Verdict | None]:
        """Return where a search phrase at the end begins, with its verdict: the last clause, or the phrase in it."""
        shown = line.rstrip()
        offset = max(0, len(shown) - _PHRASE)
        piece = shown[offset:]
        seen = view(piece)
        last = seen.text[-1:]
        if not (last.isalnum() or last in self.lexicon.last_signs):
            return 0, None
        runs = phrases(seen.text, hits(seen.text, self.lexicon), self.lexicon)
        if not runs or runs[-1][1] != len(seen.text):
            return 0, None
        phrase = seen.span(*runs[-1])[0]
        clause = _CLAUSE.search(piece, 0, phrase)
        start = clause.start() if clause else phrase
        before = piece[start:phrase]
        named = _BRAND.fullmatch(before) is not None and piece[:start].endswith(_SENTENCE_ENDS)
        if len(_HAN.findall(before)) > _GLUED_NAME or self.lexicon.report.search(before.replace("记者", "")):
            return 0, None
        for at in (start, phrase) if named else (phrase,):
            verdict = self.judge(piece[at:])
            glued = verdict is not None and verdict.letters >= _SHORTEST_GLUED and _HAN.search(shown, 0, offset + at)
            if verdict is not None and glued and verdict.stands_alone(topics):
                return offset + at, verdict
        return 0, None


def _edit(start: int, end: int, verdict: Verdict, note: str) -> Edit:
    return Edit(start, end, "", (f"spam/{verdict.rule}",), note, verdict.evidence)
