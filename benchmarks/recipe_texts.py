"""The texts that `benchmarks.recipes` cleans: pages made here from a seed, and those of the evaluation data."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import cnclean
from benchmarks.material import rows

_SUBJECTS = ("村里的老人", "这家小店", "新来的老师", "河边的渡口", "年轻的木匠", "镇上的图书馆", "两位姑娘", "这条山路")
_TIMES = ("清晨", "去年冬天", "每到周末", "雨停以后", "二十年前", "天快黑的时候", "开春之后")
_DEEDS = ("修好了那座木桥", "把旧书一本本晒在院子里", "讲起从前赶集的事", "又种下一片果树", "只接待熟悉的客人")
_ENDS = (
    "，大家都很高兴。",
    "，谁也没有料到。",
    "；后来的事，没有人说得清。",
    "，这才慢慢安静下来。",
    "，日子一天天好起来。",
)
MENU = (
    "首页 | 新闻 | 财经 | 体育 | 论坛",
    "首页 > 社会 > 正文",
    "登录 注册 设为首页 加入收藏",
    "上一篇  下一篇  返回列表",
)
META = (
    "来源：山乡周报　作者：王小明　2023-08-09 10:20",
    "责任编辑：李四",
    "浏览次数：1024 次",
    "分享到：微信 微博 QQ空间",
)
SPAM = ("百家乐开户 真人娱乐城 送彩金", "股票配资平台 股票配资公司 配资开户", "加微信：abc12345 领取发票代开优惠")


def sentence(draw: random.Random) -> str:
    return "".join(map(draw.choice, (_TIMES, _SUBJECTS, _DEEDS))) + draw.choice(_ENDS)


def paragraph(draw: random.Random) -> str:
    return "".join(sentence(draw) for _ in range(draw.randint(1, 7)))


def clean_page(draw: random.Random) -> str:
    return "\n".join(paragraph(draw) for _ in range(draw.randint(4, 20)))


def dirty_page(draw: random.Random) -> str:
    """Return a page with the usual damage: chrome around it, one defect in about every third paragraph."""
    body = [_damaged(paragraph(draw), draw) for _ in range(draw.randint(4, 20))]
    lines = [*draw.sample(MENU, 2), draw.choice(META), *body, *draw.sample(META, 2), draw.choice(MENU)]
    if draw.random() < 0.2:
        lines.insert(draw.randrange(len(lines)), draw.choice(SPAM))
    return draw.choice(("\n", "\n\n", "\r\n")).join(lines)


def _damaged(text: str, draw: random.Random) -> str:
    defects: tuple[Callable[[str], str], ...] = (
        lambda s: s.replace("，", ",").replace("；", ";"),
        lambda s: s.replace("，", "，&nbsp;").replace("。", "。&quot;"),
        lambda s: "\u200b".join(s[i : i + 9] for i in range(0, len(s), 9)),
        lambda s: "\u3000\u3000" + s.replace("二十", "２０") + "  ",
        lambda s: s.replace("书", "書").replace("来", "來").replace("开", "開").replace("们", "們"),
        lambda s: s.encode("utf-8").decode("cp1252", "ignore") if len(s) < 60 else s,
    )
    return draw.choice(defects)(text) if draw.random() < 0.35 else text


def corpora(data: Path | None, size: int) -> dict[str, list[str]]:
    """Return the texts by the name of their corpus; those that end in "clean" are fixed points of the recipe."""
    draw = random.Random(9)
    found = {
        "ours, dirty": [dirty_page(draw) for _ in range(size)],
        "ours, clean": [clean_page(draw) for _ in range(size)],
    }
    if data is not None and data.is_dir():
        pages = ["\n".join(line["t"] for line in row["lines"]) for row in rows(data / "lines/full_page.jsonl.gz")]
        crawl = [json.loads(row["text"])["raw_content"] for row in rows(data / "web/common_crawl.jsonl.gz")]
        found["web pages, dirty"] = sorted(pages, key=len)[:-1]  # without the longest one, which outweighs the others
        found["the longest web page"] = [max(pages, key=len)]
        found["Common Crawl, dirty"] = crawl
        weekly = [row["text"] for row in rows(data / "clean/weekly.jsonl.gz")]
        found["weekly"] = ["\n".join(weekly[at : at + 60]) for at in range(0, len(weekly), 60)]
        found["main texts of pages"] = [row["gold"] for row in rows(data / "pages/pages.jsonl.gz")]
        for name in ("weekly", "main texts of pages"):
            found[f"{name}, clean"] = list(map(cnclean.pipeline("corpus"), found[name]))
    found["ours, clean"] = list(map(cnclean.pipeline("corpus"), found["ours, clean"]))
    return found


def megabytes(texts: Sequence[str]) -> float:
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
