"""extract on pages of our own: what is kept, what is left out and why, structure, metadata, wrong input, size."""

from __future__ import annotations

import json
import pickle
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.errors import DecodeError, InputTypeError
from cnclean.html.extract import extract
from cnclean.html.page import Page, TextBlock

PAGES = Path(__file__).parent / "pages"

WHEEL = [
    "青溪的春天是从水声开始的。上游的雪化了，溪水漫过石板，老人们便把藏了一冬的水车推出来，挨个上油。",
    "守水车的许老汉今年七十三岁，他说这架水车是祖父手里做的，换过三次轴，轮辐上还留着当年刻下的记号。",
    "“水车不怕转，就怕停。”他一边说，一边用木槌敲紧松动的楔子，“停一个夏天，木头就裂了。”",
]

TEXTS = {
    "annotated": WHEEL,
    "article": [
        *WHEEL,
        "修车的人",
        "镇上会修水车的只剩两位。去年秋天，文化馆请他们开了一个月的课，来了十一个年轻人，留下四个。",
    ],
    "broken-nesting": WHEEL,
    "code": [
        "传感器每转一圈发一个脉冲，把脉冲数下来就是转数。下面的函数读一个文件：",
        'def turns(path):\n    with open(path, encoding="utf-8") as lines:\n'
        '        return sum(1 for line in lines if "pulse" in line)\n\n\nprint(turns("wheel.log") < 100)',
        "在命令行里这样运行：",
        "$ python turns.py\nTrue",
        "如果脉冲有抖动，可以把相邻不到十毫秒的两个算作一个。",
    ],
    "conditional-comments": WHEEL,
    "font-tags": [
        "茶馆的柜台后面摆着一台红灯牌收音机，木壳子，布面的喇叭，旋钮转起来咯咯地响。",
        "每天下午四点，掌柜的准时拧开它，听半个钟头评书。满屋子的人都不说话，连倒水的伙计也放轻了脚步。",
        "后来有了电视，再后来有了手机，收音机却一直没有收起来。掌柜的说，坏了还能修，修好了还能听。",
    ],
    "form-around-body": WHEEL,
    "forum": [
        "家里的水车轴裂了，想换一根。本地有槐木和枣木，不知道哪一种更耐水，请各位师傅指点。",
        "枣木好，硬，就是不好找粗的。",
        "我家用的槐木，三十年没换过，泡在水里不怕，就怕一半干一半湿。",
        "顶",
        "轴头包一层铁皮，比换木头管用。",
    ],
    "gbk": WHEEL,
    "hidden-by-visibility": WHEEL,
    "hidden-links": WHEEL,
    "layout-tables": WHEEL,
    "listing": [
        "石板路翻修完工，老街重新开市 2021-03-17",
        "茶园里的第一场雨来得正是时候 2021-03-15",
        "县文化馆开设水车修造班 2021-03-12",
        "春耕之前先看看这份节气表 2021-03-09",
    ],
    "lists": [
        "上油之前先把水闸放下，等轮子完全停稳再动手，千万不要在转动时伸手进去。",
        "刮净旧油",
        "用热水洗轴头",
        "涂三遍桐油，每遍晾一天",
        "桐油",
        "桐树籽榨的油，干得慢，耐水。",
        "许老汉在上油",
        "水车不怕转，就怕停。",
    ],
    "metadata": WHEEL,
    "short": ["因检修管网，明日八时至十二时溪口街停水，请居民提前储水。"],
    "stray-html-end": WHEEL,
    "table": [
        "下表由农技站整理，列出本地主要节气的日期与对应的农事，供各村安排生产时参考。",
        "节气与农事",
        "节气\t日期\t农事",
        "惊蛰\t3月5日\t整修水渠",
        "春分\t3月20日\t浸种育秧",
        "清明\t4月4日\t采明前茶",
        "山区各村的农事一般要比河谷晚五到七天，请以当地气象站的预报为准。",
    ],
    "traditional": [
        "船家說，等對岸的橋修好，這條渡船就要停了。他說得很平淡，好像在說明天的天氣。",
        "我坐在船尾，看竹篙一下一下插進水裡，濺起的水花落在舊木板上，很快就乾了。",
    ],
    "verse": [
        "水车转，水车响\n转出一担新米粮\n轮子高，轮子低\n半截在天半在溪",
        "这首童谣在溪口一带流传很久，最早的记录见于民国年间的县志，文字与今天唱的略有不同。",
    ],
}


def page_of(name: str) -> Page:
    return extract((PAGES / f"{name}.html").read_bytes())


@pytest.mark.parametrize("name", TEXTS)
def test_main_text(name: str) -> None:
    page = page_of(name)
    assert page.text.split("\n") == "\n".join(TEXTS[name]).split("\n")
    assert page.text == "\n".join(block.text for block in page.blocks)
    assert page.kind == {"forum": "forum", "listing": "listing"}.get(name, "article")


def test_every_page_has_its_text_here() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == set(TEXTS)


@pytest.mark.parametrize(
    ("name", "block"),
    [
        ("article", TextBlock("heading", "修车的人", 2)),
        ("article", TextBlock("paragraph", WHEEL[0])),
        ("lists", TextBlock("list item", "刮净旧油")),
        ("lists", TextBlock("caption", "许老汉在上油")),
        ("table", TextBlock("table row", "惊蛰\t3月5日\t整修水渠")),
        ("table", TextBlock("caption", "节气与农事")),
        ("code", TextBlock("code", "$ python turns.py\nTrue")),
        ("verse", TextBlock("verse", TEXTS["verse"][0])),
    ],
)
def test_structure(name: str, block: TextBlock) -> None:
    assert block in page_of(name).blocks


@pytest.mark.parametrize(
    ("name", "rule", "excerpt"),
    [
        ("article", "html/navigation", "首页 新闻 农事 书画 茶馆"),
        ("article", "html/meta", "2021-03-18 08:30 来源：青溪文化网 浏览：1024"),
        ("article", "html/share", "分享到：微信 微博"),
        ("article", "html/credit", "（责任编辑：周未）"),
        ("article", "html/related", "相关阅读 石板路翻修完工 茶园里的第一场雨"),
        ("article", "html/comments", "网友评论 写得真好，想回去看看。"),
        ("hidden-links", "html/hidden", "彩票预测，今晚必中。"),
        ("layout-tables", "html/navigation", "首页 动态 公告 下载中心"),
        ("forum", "html/post-info", "老木匠 2021-3-20 22:01 #1楼"),
    ],
)
def test_removals_say_what_and_why(name: str, rule: str, excerpt: str) -> None:
    found = [removal for removal in page_of(name).removals if removal.excerpt == excerpt]
    assert [removal.rule for removal in found] == [rule]
    assert found[0].selector
    assert found[0].line > 0
    assert found[0].note


def test_removals_lead_to_their_place() -> None:
    removal = next(removal for removal in page_of("article").removals if removal.rule == "html/share")
    assert removal.selector == "html > body > div.main > div.share"
    lines = (PAGES / "article.html").read_text(encoding="utf-8").split("\n")
    assert removal.excerpt in lines[removal.line - 1]


def test_metadata() -> None:
    page = page_of("metadata")
    assert (page.title, page.author, page.date) == ("青溪水车又转起来了", "林一禾", "2021-03-18T08:30")
    assert (page.site_name, page.source) == ("青溪文化网", "青溪县融媒体中心")
    byline = page_of("traditional")
    assert (byline.title, byline.author, byline.date) == ("渡口的最後一班船", "沈渡", "2019-11-02T16:20")
    assert page_of("listing").date is None


def test_a_page_is_a_value() -> None:
    page = page_of("table")
    assert pickle.loads(pickle.dumps(page)) == page
    assert json.loads(json.dumps(page.to_dict()))["blocks"][2]["kind"] == "table row"


def test_inline_scripts_of_700_kilobytes_leave_nothing() -> None:
    script = "<script>var list = [" + ",".join(f'"第{i}条，点击查看。"' for i in range(35_000)) + "];</script>"
    assert len(script.encode()) > 700_000
    html = (PAGES / "article.html").read_text(encoding="utf-8")
    assert extract(html.replace("<h1>", f"{script}<h1>")).text == extract(html).text


def test_source_line_breaks_between_han_are_no_spaces() -> None:
    assert extract("<p>山下的田开始放水了，\n    老人们说今年雨水早， use it</p>").text == (
        "山下的田开始放水了，老人们说今年雨水早， use it"
    )


@pytest.mark.parametrize("html", ["", " ", "<", "登录", "<p>登录", "<title>只有标题</title>", "<!-- -->", "\x00\ud800"])
def test_next_to_nothing(html: str) -> None:
    page = extract(html)
    assert page.text == html.removeprefix("<p>").replace("<title>只有标题</title>", "").replace("<!-- -->", "").strip()


def test_wrong_input_is_told_apart() -> None:
    with pytest.raises(InputTypeError, match="html must be a str"):
        extract(None)  # type: ignore[arg-type]
    with pytest.raises(DecodeError):
        extract(bytes(range(256)) * 20)


MARKUP = st.lists(
    st.sampled_from(
        "<p> </p> <div> </div> <td> <tr> <table> </table> <li> <ul> </ul> <a_href=x> </a> <pre> </pre> <br> <h1>题</h1>"
        " <div_class=nav> <div_class=comment> <div_class=content> 字，字。 山水之间 责任编辑：李 2021-01-02"
        " &lt; <![0 <b".split()
    ).map(lambda piece: piece.replace("_", " ")),
    max_size=40,
).map("".join)


@given(MARKUP | st.text())
def test_total_and_pure(html: str) -> None:
    page = extract(html)
    assert extract(html) == page
    assert page.text == "\n".join(block.text for block in page.blocks)


def test_100_000_nested_tags() -> None:
    page = extract("<div>" * 100_000 + WHEEL[0] + "</div>" * 100_000)
    assert page.text == WHEEL[0]


@pytest.mark.slow
def test_a_page_of_50_megabytes_in_linear_memory() -> None:
    paragraph = f"<div class=row><p>{WHEEL[0]}</p><p>{WHEEL[1]}</p></div>\n"
    html = "<title>长</title>" + paragraph * (50_000_000 // len(paragraph.encode()))
    tracemalloc.start()
    text = extract(html).text
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert text.count(WHEEL[0]) == html.count(WHEEL[0])
    assert peak < 40 * len(html.encode())


def test_the_title_is_the_part_that_is_a_heading() -> None:
    site_first = "<title>青溪文化网 - 水车又转起来了</title><h1>水车又转起来了</h1>"
    assert extract(f"{site_first}<p>{WHEEL[0]}</p>").title == "水车又转起来了"
    assert extract(f"<title>水车又转起来了 - 青溪文化网</title><p>{WHEEL[0]}</p>").title == "水车又转起来了"


def test_line_numbers_beside_code_are_left_out() -> None:
    gutter = "<td><pre>1\n2</pre></td><td><pre>first()\n    second()</pre></td>"
    page = extract(f"<div class=content><p>{WHEEL[0]}</p><table><tr>{gutter}</table><p>{WHEEL[1]}</p></div>")
    assert page.text == f"{WHEEL[0]}\nfirst()\n    second()\n{WHEEL[1]}"


def test_a_list_of_links_in_a_body_is_text_unless_a_head_says_otherwise() -> None:
    links = "<ul><li><a href=1>水车的轮辐怎样计算</a></li><li><a href=2>桐油为什么干得慢</a></li></ul>"
    body = f"<div class=post-content><p>{WHEEL[0]}</p>{{}}{links}<p>{WHEEL[1]}</p></div>"
    assert "桐油为什么干得慢" in extract(body.format("")).text
    assert "桐油为什么干得慢" not in extract(body.format("<p>相关文章：</p>")).text


def test_an_anchor_without_an_address_is_no_link() -> None:
    assert extract(f"<a name=top><p>{WHEEL[0]}</p><p>上一篇：渡口</p></a>").text == WHEEL[0]


def test_a_listing_keeps_its_rows_and_loses_the_frame_of_the_site() -> None:
    rows = "".join(f"<li><a href={i}>第{i}回　溪边的水车又转了一年</a></li>" for i in range(1, 60))
    frame = '<div class="nav"><a href=/>首页</a></div>{}<div class="footer">青溪书屋，读好书。</div>'
    page = extract(f"<title>目录</title>{frame.format(f'<ul>{rows}</ul><p>更新到这里，明天再来。</p>')}")
    assert page.kind == "listing"
    assert page.text.count("溪边的水车") == 59
    assert {removal.rule for removal in page.removals} == {"html/navigation", "html/footer"}
    assert extract('<div class="nav"><a href=/>首页</a></div>').text == "首页"
