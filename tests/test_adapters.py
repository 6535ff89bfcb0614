"""Every adapter inside the package that it is for."""

import sys

import pytest

import cnclean

pytestmark = [pytest.mark.peers, pytest.mark.filterwarnings("ignore")]

DIRTY = ["你好,世界", "ＡＢ公司發布了新產品,反應很好。\n登录 | 注册\n", ""]
CLEAN = [cnclean.clean(text, "corpus") for text in DIRTY]


def test_datasets(tmp_path):
    datasets = pytest.importorskip("datasets", reason="needs datasets")
    from cnclean.adapters.huggingface import map_function

    data = datasets.Dataset.from_dict({"id": [0, 1, 2, 3], "text": [*DIRTY, None]})
    one = data.map(map_function("corpus"), batched=True, batch_size=2)
    assert (one["id"][:], one["text"][:]) == ([0, 1, 2, 3], [*CLEAN, None])
    hashes = {datasets.fingerprint.Hasher.hash(map_function("corpus")) for _ in range(2)}
    assert len(hashes) == 1, "the cache of datasets is of use"
    two = data.map(map_function("corpus"), batched=True, num_proc=2)
    assert two["text"][:] == [*CLEAN, None]


def test_pandas():
    pandas = pytest.importorskip("pandas", reason="needs pandas")
    from cnclean.adapters.series import clean_series

    series = clean_series(pandas.Series([*DIRTY, None], index=[9, 8, 7, 6], name="text"), "corpus")
    assert series.tolist()[:3] == CLEAN
    assert pandas.isna(series[6])
    assert (series.index.tolist(), series.name) == ([9, 8, 7, 6], "text")


def test_polars():
    polars = pytest.importorskip("polars", reason="needs polars")
    from cnclean.adapters.series import clean_series

    frame = polars.DataFrame({"id": [1, 2, 3, 4], "text": [*DIRTY, None]})
    assert frame.with_columns(clean_series(frame["text"], "corpus"))["text"].to_list() == [*CLEAN, None]


def test_arrow_tables():
    pa = pytest.importorskip("pyarrow", reason="needs pyarrow")
    from cnclean.adapters.arrow import clean_table

    table = pa.table({"id": [1, 2, 3], "text": DIRTY})
    assert clean_table(table, "corpus").to_pydict() == {"id": [1, 2, 3], "text": CLEAN}
    empty = clean_table(table.slice(0, 0), "corpus", extras=True)
    assert empty.schema == clean_table(table, "corpus", extras=True).schema


def test_langchain():
    documents = pytest.importorskip("langchain_core.documents", reason="needs langchain-core")
    from cnclean.adapters.langchain import CncleanTransformer

    loaded = [documents.Document(page_content=text, metadata={"n": i}) for i, text in enumerate(DIRTY)]
    cleaned = CncleanTransformer("corpus").transform_documents(loaded)
    assert [(d.page_content, d.metadata) for d in cleaned] == [(text, {"n": i}) for i, text in enumerate(CLEAN)]
    assert loaded[0].page_content == DIRTY[0]


def test_scrapy():
    pytest.importorskip("scrapy", reason="needs scrapy")
    from scrapy.utils.test import get_crawler

    from cnclean.adapters.scrapy import CncleanPipeline

    crawler = get_crawler(settings_dict={"CNCLEAN_RECIPE": "corpus", "CNCLEAN_FIELD": "body"})
    pipeline = CncleanPipeline.from_crawler(crawler)
    assert pipeline.process_item({"body": DIRTY[1], "url": "x"}) == {"body": CLEAN[1], "url": "x"}
    assert pipeline.process_item({"url": "x"}) == {"url": "x"}


def test_datatrove():
    pytest.importorskip("datatrove", reason="needs datatrove")
    from datatrove.data import Document

    from cnclean.adapters.datatrove import CncleanFormatter

    documents = [Document(text=text, id=str(i)) for i, text in enumerate(DIRTY)]
    assert [document.text for document in CncleanFormatter("corpus").run(documents)] == CLEAN


def test_spark(tmp_path, monkeypatch):
    sql = pytest.importorskip("pyspark.sql", reason="needs pyspark and Java")
    from cnclean.adapters.arrow import map_in_arrow

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.warehouse.dir", str(tmp_path)).getOrCreate()
    try:
        frame = session.createDataFrame(list(enumerate([*DIRTY, None])), "id int, text string")
        rows = frame.mapInArrow(map_in_arrow("corpus"), frame.schema).orderBy("id").collect()
    finally:
        session.stop()
    assert [row.text for row in rows] == [*CLEAN, None]


def test_ray_data():
    ray = pytest.importorskip("ray", reason="needs ray")
    data = pytest.importorskip("ray.data", reason="needs ray[data]")
    from cnclean.adapters.arrow import clean_table

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, ignore_reinit_error=True)
    try:
        rows = data.from_items([{"id": i, "text": text} for i, text in enumerate(DIRTY)])
        done = rows.map_batches(clean_table, batch_format="pyarrow", fn_kwargs={"recipe": "corpus"})
        assert [row["text"] for row in sorted(done.take_all(), key=lambda row: row["id"])] == CLEAN
    finally:
        ray.shutdown()


def test_data_juicer():
    pytest.importorskip("data_juicer", reason="needs py-data-juicer")
    from data_juicer.core.data import NestedDataset
    from data_juicer.ops.base_op import OPERATORS

    from cnclean.adapters.data_juicer import CncleanMapper

    assert OPERATORS.modules["cnclean_mapper"] is CncleanMapper
    data = NestedDataset.from_list([{"id": i, "text": text} for i, text in enumerate(DIRTY)])
    done = CncleanMapper("corpus").run(data)
    assert [(row["id"], row["text"]) for row in done] == list(enumerate(CLEAN))
