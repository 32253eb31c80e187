"""Reads a set with the libraries that other people read sets with, and counts what comes out."""

import itertools


def expect(found, wanted, what):
    if found != wanted:
        raise AssertionError(f"{what}: found {found!r:.300}, wanted {wanted!r:.300}")


def columns(of):
    """Names of the columns, as the first shard has them."""
    from pyarrow import parquet

    return parquet.read_schema(of.shards[0]).names


def plain(value):
    """A value of mlcroissant as pyarrow would give it."""
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name.rsplit("/", 1)[-1]: plain(item) for name, item in value.items()}
    return value.item() if hasattr(value, "item") else value


def croissant(of):
    """mlcroissant reads every row with every column, and each value is that of the Parquet file."""
    import mlcroissant
    from pyarrow import parquet

    documents = mlcroissant.Dataset(jsonld=of.folder / "croissant.json").records("documents")
    # It reads the files in an order of its own, so rows are found by their ids.
    rows = {}
    for record in documents:
        row = {name.removeprefix("documents/"): plain(value) for name, value in record.items()}
        rows[row["id"]] = row
    wanted = list(itertools.chain.from_iterable(parquet.read_table(shard).to_pylist() for shard in of.shards))
    expect(len(rows), of.rows, "rows")
    expect(len(wanted), of.rows, "rows of the Parquet files")
    for row in wanted:
        expect(list(rows[row["id"]]), list(row), "columns")
        for name, value in row.items():
            expect(rows[row["id"]][name], value, f"{row['id']} {name}")
    return f"{len(rows)} rows of {len(columns(of))} columns, each value equal"


def configurations(of):
    """Name and files of each configuration of the front matter."""
    from huggingface_hub import DatasetCard

    data = DatasetCard.load(of.folder / "README.md").data
    found = {}
    for config in data.configs:
        files = config["data_files"]
        patterns = [files] if isinstance(files, str) else [part["path"] for part in files]
        patterns = list(itertools.chain.from_iterable([p] if isinstance(p, str) else p for p in patterns))
        found[config["config_name"]] = sorted({path for pattern in patterns for path in of.folder.glob(pattern)})
    return data, found


def front_matter(of):
    """huggingface_hub parses the front matter; its configurations are all shards, its figures those of the record."""
    data, configs = configurations(of)
    expect(sorted(itertools.chain.from_iterable(configs.values())), sorted(of.shards), "files of configurations")
    rows = {of.folder / shard["path"]: shard["rows"] for shard in of.manifest["shards"]}
    sizes = {of.folder / shard["path"]: shard["bytes"] for shard in of.manifest["shards"]}
    infos = data.to_dict().get("dataset_info") or []
    infos = [infos] if isinstance(infos, dict) else infos
    for info in infos:
        files = configs[info.get("config_name", "default")]
        expect([feature["name"] for feature in info["features"]], columns(of), "features")
        expect(sum(split["num_examples"] for split in info["splits"]), sum(rows[file] for file in files), "examples")
        expect(info["download_size"], sum(sizes[file] for file in files), "download_size")
    return f"{len(configs)} configurations, {len(infos)} with dataset_info, license {data.license}"


def datasets(of):
    """datasets loads every configuration without the network."""
    import datasets as hub

    hub.disable_progress_bars()
    _, configs = configurations(of)
    rows = {of.folder / shard["path"]: shard["rows"] for shard in of.manifest["shards"]}
    for name, files in configs.items():
        loaded = hub.load_dataset(str(of.folder), name, cache_dir=str(of.scratch / "datasets" / of.folder.name))
        expect(sum(split.num_rows for split in loaded.values()), sum(rows[file] for file in files), f"rows of {name}")
        for split in loaded.values():
            expect(split.column_names, columns(of), "columns")
    return f"{len(configs)} configurations, {of.rows} rows"


def duckdb(of):
    """DuckDB counts the rows and sums the text."""
    import duckdb as engine

    files = [str(shard) for shard in of.shards]
    query = "SELECT count(*), coalesce(sum(strlen(text)), 0) FROM read_parquet(?)"
    rows, text_bytes = engine.connect().execute(query, [files]).fetchone()
    expect(rows, of.rows, "rows")
    expect(int(text_bytes), of.manifest["statistics"]["total"]["text_bytes"], "bytes of text")
    return f"{rows} rows, {text_bytes} bytes of text"


def polars(of):
    """Polars reads all columns."""
    import polars as engine

    frame = engine.read_parquet(of.shards)
    expect(frame.height, of.rows, "rows")
    expect(frame.columns, columns(of), "columns")
    text_bytes = int(frame["text"].str.len_bytes().sum() or 0)
    expect(text_bytes, of.manifest["statistics"]["total"]["text_bytes"], "bytes of text")
    return f"{frame.height} rows, {text_bytes} bytes of text"


def pyarrow(of):
    """pyarrow reads every Parquet file of the record with as many rows as it says."""
    from pyarrow import parquet

    lists = ["shards", "ledger", "dropped", "pairs", "signatures", "lines"]
    files = [file for name in lists for file in of.manifest.get(name, [])]
    for file in files:
        expect(parquet.read_table(of.folder / file["path"]).num_rows, file["rows"], file["path"])
    return f"{len(files)} files"
