"""The command line beyond clean text: reports, audits, recipe files, colours, completion, failures."""

import gzip
import json
import os
import shlex
import shutil
import subprocess
import sys

import pytest

from cnclean.cli import cli, main
from cnclean.cli.console import print_table, table, width, with_progress

DIRTY = "２０２４年,他们来了。\n\n\n\n登录\n正文还有一段，讲的是春天里的事情。\n"
RECIPE = """\
extends = "web"
[set]
script = "t2s"
[[example]]
input = "２０２４年,他們來了。"
output = "2024年，他们来了。"
[[example]]
drop = ["登录 | 注册 | 首页 | 新闻"]
keep = "她把书合上，放回了书架。"
"""


@pytest.fixture
def work(tmp_path, monkeypatch):
    """A folder with what the examples of the help texts speak of; the tests run in it."""
    files = {
        "page.txt": DIRTY,
        "other.txt": "ＡＢ公司,你好。\n",
        "page.html": "<title>春</title><nav>首页</nav><p>春天来了,树木长出新叶,河水也开始上涨。</p>",
        "pages/a.txt": DIRTY,
        "pages/sub/b.txt": "春天来了，河水也开始上涨。\n",
        "pages/.hidden/c.txt": "ＡＢ",
        "rows.jsonl": "".join(json.dumps({"id": n, "content": f"第{n}行,有个逗号。"}) + "\n" for n in range(8)),
        "my.toml": RECIPE,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(work, monkeypatch, capfd):
    """Run the command in this process; return (exit code, standard output, standard error)."""

    def run(*args):
        monkeypatch.setattr(sys, "argv", ["cnclean", *args])
        with pytest.raises(SystemExit) as done:
            main()
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return done.value.code, out, err

    return run


def examples():
    """Yield the command lines that the help texts show, but for `corpus`, which needs packages of its own."""
    for command in (cli, *(command for name, command in cli.commands.items() if name != "corpus")):
        lines = command.epilog.split("\n")
        assert lines[1] == "Examples:"
        yield from (line.strip() for line in lines[2:])


@pytest.mark.parametrize("line", sorted(set(examples())))
def test_the_examples_of_the_help_texts_run(call, line):
    code, out, err = call(*shlex.split(line)[1:])
    assert code == (1 if "--check" in line else 0), err
    if not {"--html", "-o", "--in-place", "--check", "init", "test"} & set(shlex.split(line)):
        assert out


def test_every_command_tells_what_it_does_and_shows_examples(call):
    for name in cli.commands:
        _, out, _ = call(name, "--help")
        assert f"Examples:\n    cnclean {name}" in out


def test_explain_a_folder_writes_pages_and_an_index(call, work):
    assert call("explain", "pages", "page.txt", "--html", "report")[0] == 0
    written = sorted(str(path.relative_to(work / "report")) for path in (work / "report").rglob("*.html"))
    assert written == ["a.html", "index.html", "page.html", "sub/b.html"]
    index = (work / "report" / "index.html").read_text(encoding="utf-8")
    assert index.index('href="a.html"') < index.index('href="sub/b.html"')  # worst first
    assert "punctuation/comma" in index


def test_pages_of_the_same_name_do_not_meet(call, work):
    (work / "pages" / "index.txt").write_text("甲", encoding="utf-8")
    (work / "pages" / "a.md").write_text("乙", encoding="utf-8")
    assert call("explain", "pages", "page.txt", "pages/a.txt", "--html", "report")[0] == 0
    written = sorted(str(path.relative_to(work / "report")) for path in (work / "report").rglob("*.html"))
    assert len(written) == 7
    assert {"a.html", "index.html", "index.txt.html"} <= set(written)


def test_explain_prints_rules_with_counts_and_examples_then_every_change(call):
    _, out, _ = call("explain", "page.txt")
    head, changes = out.split("\n\n")
    assert "punctuation/comma" in head
    assert "“,” → “，”" in head
    assert changes.startswith("Line:Offset")
    assert "1:5" in changes


def test_audit_counts_and_shows_who_loses_most(call):
    code, out, _ = call("audit", "pages")
    assert code == 0
    assert "2 documents" in out
    assert "site-chrome" in out
    assert out.index("Loses most") < out.rindex("a.txt")


def test_audit_as_json_is_seeded(call, work):
    first = json.loads(call("audit", "rows.jsonl", "--text-field", "content", "--sample", "4", "--json")[1])
    assert first["documents"] == 4
    assert first["rules"][0]["rule"] == "punctuation/comma"
    assert len(first["rules"][0]["examples"]) == 3
    with gzip.open(work / "elsewhere.jsonl.gz", "wb") as file:
        file.write((work / "rows.jsonl").read_bytes())
    (work / "deep").mkdir()
    os.replace(work / "rows.jsonl", work / "deep" / "rows.jsonl")
    again = json.loads(call("audit", "deep/rows.jsonl", "--text-field", "content", "--sample", "4", "--json")[1])
    assert again == first
    packed = json.loads(call("audit", "elsewhere.jsonl.gz", "--text-field", "content", "--sample", "0", "--json")[1])
    assert packed["documents"] == 8
    other = json.loads(
        call("audit", "deep/rows.jsonl", "--text-field", "content", "--sample", "4", "--json", "--seed", "1")[1]
    )
    assert other["by_document"] != first["by_document"]


def test_init_writes_the_same_recipe_with_comments(call, work):
    for name in ("web", "corpus", "lines", "rag"):
        assert call("init", f"{name}-2.toml", "--from", name)[0] == 0
        text = (work / f"{name}-2.toml").read_text(encoding="utf-8")
        assert "# level = " in text or "# mode = " in text
        shown = call("show", f"{name}-2.toml")[1]
        assert shown.split("\n")[1:] == call("show", name)[1].split("\n")[1:]
    code, _, err = call("init", "web-2.toml")
    assert code == 2
    assert "--force" in err
    assert call("init", "web-2.toml", "--force")[0] == 0


def test_a_recipes_own_examples(call, work):
    code, _, err = call("test", "my.toml")
    assert (code, err) == (0, "my.toml: 3 of 3 expectations met\n")
    (work / "my.toml").write_text(RECIPE + '[[example]]\nname = "wrong"\nkeep = ["ＡＢ"]\n', encoding="utf-8")
    code, _, err = call("test", "my.toml")
    assert code == 1
    assert "my.toml: wrong: 'ＡＢ' does not stay: it becomes 'AB'" in err


def test_examples_of_a_rule_file(call, work):
    rules = (
        '[extend.seo]\nstrong = ["千里眼推广系统"]\n[[example]]\ndrop = "千里眼推广系统"\nkeep = "他有一双千里眼。"\n'
    )
    (work / "rules.toml").write_text(rules, encoding="utf-8")
    assert call("test", "rules.toml")[0] == 0
    (work / "wrong.toml").write_text(rules.replace("[extend", "[[guard]]\n[extend"), encoding="utf-8")
    code, _, err = call("test", "wrong.toml")
    assert code == 2
    assert "guard 1: has no term" in err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["explain", "missing.txt"], "missing.txt: no such file"),
        (["explain", "page.txt", "other.txt", "--html", "my.toml"], "is a file"),
        (["audit", "pages/.hidden/none"], "no such file"),
        (["audit", "rows.jsonl"], "--text-field"),
        (["audit", "page.txt", "--sample", "-1"], "--sample"),
        (["init", "my"], "ends in .toml"),
        (["init", "gone/my.toml"], "no folder"),
        (["init", "new.toml", "--from", "wbe"], "did you mean 'web'"),
        (["test", "page.txt"], "not valid TOML"),
        (["schema", "nothing"], "nothing"),
    ],
)
def test_failures_are_sentences(call, args, message):
    code, out, err = call(*args)
    assert code == 2
    assert message in err
    assert "Traceback" not in err + out


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("gbk.jsonl", '{"text": "中文"}'.encode("gb18030"), "UTF-8"),
        ("cut.jsonl.gz", gzip.compress(b'{"text": "a"}' * 999)[:-12], "cannot be read"),
        ("no.jsonl.gz", b"plain", "no.jsonl.gz"),
        ("list.jsonl", b"[1, 2]", "list.jsonl:1: no text"),
        ("half.jsonl", b'{"text": ', "half.jsonl:1: not valid JSON"),
    ],
)
def test_broken_rows_are_sentences(call, work, name, data, message):
    (work / name).write_bytes(data)
    code, _, err = call("audit", name)
    assert code == 2
    assert message in err
    assert "fault" not in err


def test_a_missing_file_of_rows_is_a_sentence(call):
    code, _, err = call("audit", "gone.jsonl")
    assert (code, err) == (2, "cnclean: gone.jsonl: no such file or directory\n")


def test_lone_surrogates_and_names_with_controls_are_shown_by_number(call, work, monkeypatch):
    (work / "a\x1b[31m.txt").write_text("ＡＢ,你好", encoding="utf-8")
    (work / "rows.jsonl").write_text('{"text": "\\ud800,你好"}\n', encoding="utf-8")
    for force in ("", "1"):
        monkeypatch.setenv("FORCE_COLOR", force)
        for args in (["audit", "rows.jsonl"], ["explain", "rows.jsonl"], ["explain", "a\x1b[31m.txt"]):
            code, out, err = call(*args)
            assert code == 0, err
            assert "\x1b[31m.txt" not in out + err
    code, out, _ = call("audit", "rows.jsonl", "--json")
    assert json.loads(out)["documents"] == 1


def test_an_empty_folder_says_what_is_looked_for(call, work):
    (work / "empty").mkdir()
    code, _, err = call("audit", "empty")
    assert code == 2
    assert ".txt" in err


def test_debug_shows_the_traceback_before_and_behind_the_name(call):
    for args in (["--debug", "clean", "missing.txt"], ["clean", "--debug", "missing.txt"]):
        code, _, err = call(*args)
        assert code == 2
        assert "Traceback" in err
        assert err.rstrip().endswith("missing.txt: no such file or directory")


def test_a_fault_of_our_own_is_a_sentence_too(call, monkeypatch):
    def broken(*_args):
        raise KeyError("oops")

    monkeypatch.setattr("cnclean.report.Report.diff", broken)
    code, _, err = call("clean", "--diff", "page.txt")
    assert code == 3
    assert "a fault of cnclean itself: KeyError: 'oops'" in err
    assert "--debug" in err
    assert "Traceback" in call("clean", "--debug", "--diff", "page.txt")[2]


def test_an_interrupt_has_its_own_exit_code(call, monkeypatch):
    def interrupted(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr("cnclean.report.Report.diff", interrupted)
    code, _, err = call("clean", "--diff", "page.txt")
    assert code == 130
    assert "interrupted" in err


def test_quiet_prints_nothing_but_the_result(call):
    for args in (["-q", "clean", "page.txt"], ["clean", "--quiet", "page.txt"]):
        code, out, err = call(*args)
        assert (code, err) == (0, "")
        assert out.startswith("2024年，")
    assert "missing.txt" in call("clean", "-q", "missing.txt")[2]


def test_colours_only_for_a_terminal(call, monkeypatch):
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert "\x1b" not in call("clean", "--diff", "page.txt")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = call("clean", "--diff", "page.txt")[1]
    assert "\x1b[31m-２０２４年" in coloured
    assert "\x1b[32m+2024年" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in call("clean", "--diff", "page.txt")[1]


def test_a_hostile_file_cannot_drive_the_terminal(call, work, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    (work / "page.txt").write_text("\x1b]0;title\x07ＡＢ\n", encoding="utf-8")
    for args in (["clean", "--diff", "page.txt"], ["explain", "page.txt"]):
        out = call(*args)[1]
        assert "\x1b]0" not in out
        assert "[U+001B]" in out


def test_columns_count_wide_characters_as_two():
    assert [width(text) for text in ("ab", "中文", "ＡＢ", "e\u0301", "👨‍👩‍👧")][:4] == [2, 4, 4, 1]
    assert table([("中文", "1"), ("abc", "22")], [1]) == "中文   1\nabc   22\n"
    assert table([]) == ""


def test_tables_in_a_terminal_have_heads(monkeypatch, capfd):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    print_table([("中文", "1")], ("Rule", "Edits"), [1])
    sys.stdout.flush()
    assert "中文" in capfd.readouterr().out


def test_progress_appears_after_a_second_and_only_in_a_terminal(monkeypatch, capfd):
    assert list(with_progress([1, 2], "counting")) == [1, 2]
    assert capfd.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert list(with_progress([1, 2], "counting")) == [1, 2]
    assert "counting" not in capfd.readouterr().err
    assert list(with_progress([], "counting")) == []


def complete(words, number):
    env = {**os.environ, "_CNCLEAN_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(number)}
    done = subprocess.run([sys.executable, "-m", "cnclean"], env=env, capture_output=True, text=True, check=True)
    return [line.partition(",")[2] for line in done.stdout.split()]


def test_completion_offers_commands_recipes_and_files():
    assert "explain" in complete("cnclean ex", 1)
    assert complete("cnclean show cor", 2) == ["corpus"]
    assert "web" in complete("cnclean clean -r ", 3)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_has_a_script_for_each_shell(shell):
    env = {**os.environ, "_CNCLEAN_COMPLETE": f"{shell}_source"}
    done = subprocess.run([sys.executable, "-m", "cnclean"], env=env, capture_output=True, text=True, check=False)
    assert f"_CNCLEAN_COMPLETE={shell}_complete" in done.stdout, done.stderr
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=done.stdout, text=True, check=True)


PLAIN = """
import sys
from cnclean.cli import main
sys.argv = ["cnclean", "clean", "-"]
try:
    main()
except SystemExit:
    print("rich.console" in sys.modules)
"""


def test_the_plain_command_line_does_not_load_rich():
    done = subprocess.run([sys.executable, "-c", PLAIN], input=b"a", capture_output=True, check=True)
    assert done.stdout.endswith(b"False\n")
