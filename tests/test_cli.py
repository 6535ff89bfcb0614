"""The command line: text on standard output, everything else on standard error, exit codes 0, 1 and 2."""

import json
import os
import subprocess
import sys

import pytest

DIRTY = "２０２４年,他们来了。\n\n\n\n登录\n正文还有一段，讲的是春天里的事情。\n"
CLEAN = "2024年，他们来了。\n\n正文还有一段，讲的是春天里的事情。\n"


def run(*args, stdin=b"", cwd=None):
    """Run the command as a user does; return (exit code, standard output as bytes, standard error)."""
    env = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-m", "cnclean", *map(str, args)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=env,
        check=False,
    )
    error = done.stderr.decode("utf-8")
    assert "Traceback" not in error, error
    return done.returncode, done.stdout, error


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(DIRTY.encode())
    return path


def test_clean_prints_the_text_and_a_summary(page):
    code, out, err = run("clean", page)
    assert (code, out.decode()) == (0, CLEAN)
    assert "page.txt" in err
    assert "punctuation 1" in err
    assert page.read_bytes() == DIRTY.encode()


def test_standard_input_and_several_files(page):
    assert run("clean", "-", stdin=DIRTY.encode())[1].decode() == CLEAN
    assert run("clean", page, "-", stdin="ＡＢ\n".encode())[1].decode() == CLEAN + "AB\n"


def test_several_texts_on_standard_output_do_not_run_together(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(f"第{name}页".encode())
    assert run("clean", tmp_path / "one", tmp_path / "two")[1].decode() == "第one页\n第two页\n"
    assert run("clean", tmp_path / "one")[1].decode() == "第one页"


def test_script_and_recipe(page):
    assert "来" in run("clean", "-", "--script", "t2s", stdin="他們來了。".encode())[1].decode()
    assert run("clean", "-", "-r", "minimal", stdin="登录\n".encode())[1].decode() == "登录\n"


def test_output_to_a_file_and_into_a_folder(page, tmp_path):
    assert run("clean", page, "-o", tmp_path / "out.txt")[0] == 0
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == CLEAN
    other = tmp_path / "other.txt"
    other.write_text("ＡＢ\n", encoding="utf-8")
    assert run("clean", page, other, "-o", tmp_path / "folder")[0] == 0
    assert sorted(p.name for p in (tmp_path / "folder").iterdir()) == ["other.txt", "page.txt"]
    assert (tmp_path / "folder" / "other.txt").read_text(encoding="utf-8") == "AB\n"


def test_in_place_keeps_mode_and_leaves_nothing_beside(page, tmp_path):
    page.chmod(0o640)
    assert run("clean", "--in-place", page)[0] == 0
    assert page.read_text(encoding="utf-8") == CLEAN
    assert page.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["page.txt"]
    assert run("clean", "--check", page)[0] == 0


def test_check_writes_nothing_and_tells_by_its_exit_code(page):
    code, out, err = run("clean", "--check", page)
    assert (code, out) == (1, b"")
    assert "would change" in err
    assert page.read_bytes() == DIRTY.encode()


def test_diff(page):
    code, out, _ = run("clean", "--diff", page)
    assert code == 0
    assert "-２０２４年,他们来了。" in out.decode()
    assert "+2024年，他们来了。" in out.decode()


def test_line_endings_of_the_file_count_in_offsets(tmp_path):
    path = tmp_path / "crlf.txt"
    path.write_bytes("\ufeff甲,乙\r\n丙,丁\r\n".encode())
    _, out, _ = run("explain", path, "--json")
    edits = json.loads(out)["edits"]
    commas = [e["start"] for e in edits if e["new"] == "，"]
    assert commas == [2, 7]


def test_explain_names_rule_line_and_reason(page):
    code, out, _ = run("explain", page)
    text = out.decode()
    assert code == 0
    assert "punctuation/comma" in text
    assert "site-chrome/" in text


def test_explain_as_html(page, tmp_path):
    assert run("explain", page, "--html", tmp_path / "report.html")[0] == 0
    assert "<title>" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_html_prints_the_main_text(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(
        "<meta charset=gb2312><title>春</title><nav>首页</nav><p>春天来了,树木长出新叶,河水也开始上涨。</p>".encode(
            "gb18030"
        )
    )
    assert run("html", path)[1].decode() == "春天来了，树木长出新叶，河水也开始上涨。\n"
    assert "<nav" not in run("html", "--prune", path)[1].decode()


def test_list_and_show():
    listed = run("list")[1].decode()
    assert "corpus" in listed
    assert "site-chrome" in listed
    assert "t2s" in run("show", "corpus")[1].decode()


def test_bytes_of_another_encoding_are_decoded_with_a_note(tmp_path):
    path = tmp_path / "gbk.txt"
    path.write_bytes("这是一个用旧编码保存的网页，里面都是中文。\n".encode("gb18030"))
    code, out, err = run("clean", path)
    assert (code, out.decode()) == (0, "这是一个用旧编码保存的网页，里面都是中文。\n")
    assert "gb18030" in err
    assert run("clean", path, "--encoding", "gbk")[0] == 0


@pytest.mark.parametrize(
    ("args", "stdin", "message"),
    [
        (["clean", "missing.txt"], b"", "missing.txt: no such file"),
        (["clean", "."], b"", "is a folder"),
        (["clean", "-", "-r", "wbe"], b"", "did you mean 'web'"),
        (["clean", "-", "--script", "t2z"], b"", "t2s"),
        (["clean", "-", "--encoding", "big5"], b"\xff\xff\xff", "big5"),
        (["clean", "-", "--encoding", "klingon"], b"a", "klingon"),
        (["clean", "-"], bytes(range(256)) * 40, "no text"),
        (["clean", "-", "--in-place"], b"", "in place"),
        (["clean", "-", "-o", "nowhere/out.txt"], b"a", "no folder"),
        (["clean", "-", "--check", "--in-place"], b"", "choose one"),
        (["show", "wbe"], b"", "did you mean 'web'"),
        (["clean"], b"", "Missing argument"),
        (["clean", "--frobnicate", "-"], b"", "No such option"),
    ],
)
def test_failures_are_one_sentence_and_exit_with_2(tmp_path, args, stdin, message):
    code, out, err = run(*args, stdin=stdin, cwd=tmp_path)
    assert code == 2
    assert out == b""
    assert message.lower() in err.lower()
    assert list(tmp_path.iterdir()) == []


def test_a_failure_does_not_cost_the_other_files(page):
    code, out, err = run("clean", "missing.txt", page)
    assert (code, out.decode()) == (2, CLEAN)
    assert "missing.txt" in err


def test_two_inputs_with_one_name_are_refused_before_anything_is_written(page, tmp_path):
    twin = tmp_path / "sub" / "page.txt"
    twin.parent.mkdir()
    twin.write_text("ＡＢ", encoding="utf-8")
    code, _, err = run("clean", page, twin, "-o", tmp_path / "out")
    assert code == 2
    assert "two inputs" in err


def test_cleaning_its_own_output_changes_nothing(page):
    once = run("clean", page)[1]
    assert run("clean", "-", stdin=once)[1] == once
    assert run("clean", "--check", "-", stdin=once)[0] == 0


def test_a_closed_pipe_is_no_failure(page):
    command = f"{sys.executable} -m cnclean clean {page} {page} {page} | head -c 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


def test_what_clean_takes_is_told_by_help_and_version():
    assert "FILE" in run("clean", "--help")[1].decode()
    assert run("--version")[0] == 0
