"""A corpus of our own making, from a seed: pages of Chinese text with menus and damage, as JSON Lines."""

from __future__ import annotations

import json
import random
from pathlib import Path

SUBJECTS = "村里的老人 刚开学的孩子们 河边的渔民 这家小店 山上的果园 图书馆的读者 邻居王阿姨 新来的邮递员".split()
VERBS = "早早起了床 说起去年的雨水 把门前的路扫干净 记下每天的天气 在树下喝茶聊天 等着春天的第一班船".split()
ENDS = ["。", "，", "，", "；", "！"]
MENUS = [
    "首页 | 新闻 | 图片 | 论坛\n",
    "登录 | 注册\n",
    "上一篇：春天的故事\n下一篇：夏天的雨\n",
    "分享到：微信 微博\n",
]
DAMAGE = [("，", ","), ("的", "的\u200b"), ("春", "&ldquo;春"), ("1", "１")]


def page(chance: random.Random) -> str:
    """Return one page: a title, paragraphs, in one of two pages menus, in one of four some damage."""
    lines = [chance.choice(SUBJECTS) + "与1件小事\n"]
    for _ in range(chance.randrange(3, 12)):
        parts = [
            chance.choice(SUBJECTS) + chance.choice(VERBS) + chance.choice(ENDS) for _ in range(chance.randrange(3, 14))
        ]
        lines.append("".join(parts)[:-1] + "。\n")
    if chance.random() < 0.5:
        lines = [chance.choice(MENUS), *lines, chance.choice(MENUS)]
    text = "".join(lines)
    if chance.random() < 0.25:
        text = text.replace(*chance.choice(DAMAGE))
    return text


def make(folder: Path, megabytes: float, files: int, seed: int = 8) -> float:
    """Write a corpus of JSON Lines; return how many megabytes of text it holds."""
    folder.mkdir(parents=True)
    chance = random.Random(seed)
    size = 0
    for k in range(files):
        until = megabytes * 1e6 * (k + 1) / files
        with (folder / f"part-{k}.jsonl").open("w", encoding="utf-8") as file:
            while size < until:
                text = page(chance)
                size += len(text.encode())
                file.write(
                    json.dumps({"id": size, "url": "http://example.cn/", "text": text}, ensure_ascii=False) + "\n"
                )
    return size / 1e6


def make_longest(folder: Path, characters: int, *, damaged: bool, seed: int = 8) -> None:
    """Write one document of so many characters: pages, or characters of which about every fourth is to be changed."""
    folder.mkdir(parents=True)
    chance = random.Random(seed)
    if damaged:
        text = "".join(chance.choices("春夏秋冬ＡＢ,.&amp;\u200b發國\n", k=characters))
    else:
        text = "".join(page(chance) for _ in range(characters // 300))[:characters]
    assert len(text) == characters
    (folder / "longest.jsonl").write_text(json.dumps({"text": text}, ensure_ascii=False) + "\n", encoding="utf-8")
