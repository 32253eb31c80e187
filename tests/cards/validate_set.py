"""Checks the cards of one set with the validators and readers that other people use: a line a check.

    python validate_set.py FOLDER SCRATCH

Whatever a card says of a file is compared with the file, and whatever it counts with `manifest.json`.
"""

import hashlib
import json
import logging
import pathlib
import subprocess
import sys
import warnings

import yaml

import readers

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)


class Set:
    """A finished set: its folder, its run record, its Parquet files."""

    def __init__(self, folder, scratch):
        self.folder = pathlib.Path(folder).resolve()
        self.scratch = pathlib.Path(scratch)
        self.manifest = json.loads((self.folder / "manifest.json").read_text("utf-8"))
        self.rows = sum(shard["rows"] for shard in self.manifest["shards"])
        self.shards = [self.folder / shard["path"] for shard in self.manifest["shards"]]

    def json(self, name):
        return json.loads((self.folder / name).read_text("utf-8"))

    def has(self, name):
        return (self.folder / name).is_file()

    def digest(self, name):
        with open(self.folder / name, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def published(self):
        """Path and digest of every file that the run record names, and of the record itself."""
        lists = ["shards", "ledger", "dropped", "pairs", "signatures", "lines", "tables"]
        files = [file for name in lists for file in self.manifest.get(name, [])]
        return {file["path"]: file["sha256"] for file in files} | {"manifest.json": self.digest("manifest.json")}


def expect(found, wanted, what):
    if found != wanted:
        raise AssertionError(f"{what}: found {found!r:.300}, wanted {wanted!r:.300}")


def sums(of):
    """`sha256sum` finds every file as it is listed, and every published file is listed."""
    subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=of.folder, check=True, capture_output=True
    )
    lines = (of.folder / "SHA256SUMS").read_text("utf-8").splitlines()
    listed = {name for _, name in (line.split("  ", 1) for line in lines)}
    here = {str(path.relative_to(of.folder)) for path in of.folder.rglob("*") if path.is_file()}
    own = {name for name in here if name.startswith("run/")} | {"run.json", "SHA256SUMS"}
    expect(sorted(listed), sorted(here - own), "files")
    return f"{len(listed)} files"


def croissant_is_valid(of):
    """`mlcroissant validate` has no error."""
    command = ["mlcroissant", "validate", "--jsonld", "croissant.json"]
    ran = subprocess.run(command, cwd=of.folder, capture_output=True, text=True, check=False)
    expect(ran.returncode, 0, ran.stderr[-300:])
    objects = [entry for entry in of.json("croissant.json")["distribution"] if entry["@type"] == "cr:FileObject"]
    expect({entry["contentUrl"]: entry["sha256"] for entry in objects}, of.published(), "digests")
    sources = [entry["sha256"] for entry in of.json("croissant.json")["prov:wasDerivedFrom"]]
    expect(sources, [entry["sha256"] for entry in of.manifest["inputs"]], "inputs")
    return f"{len(objects)} files, {len(sources)} inputs"


def bill_of_materials(of):
    """The strict schema of CycloneDX 1.7 holds; every digest is that of the file."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = (of.folder / "bom.cdx.json").read_text("utf-8")
    expect(JsonStrictValidator(SchemaVersion.V1_7).validate_str(text), None, "schema")
    bom = json.loads(text)
    digests = {one["name"]: one["hashes"][0]["content"] for one in bom["components"] if "hashes" in one}
    published = of.published()
    del published["manifest.json"]
    expect({name: digests.get(name) for name in published}, published, "digests")
    inputs = next(one for one in bom["components"] if one["bom-ref"] == "inputs")["components"]
    found = [one["hashes"][0]["content"] for one in inputs]
    expect(found, [entry["sha256"] for entry in of.manifest["inputs"]], "inputs")
    return f"{len(bom['components'])} components, {len(inputs)} inputs, {bom['serialNumber']}"


def attestation(of):
    """The statement is one of in-toto; its subjects are the published files as they are."""
    from google.protobuf import json_format
    from in_toto_attestation.v1 import statement_pb2
    from in_toto_attestation.v1.statement import Statement

    text = (of.folder / "provenance.intoto.json").read_text("utf-8")
    statement = Statement.copy_from_pb(json_format.Parse(text, statement_pb2.Statement()))
    statement.validate()
    subjects = {subject.name: subject.digest["sha256"] for subject in statement.pb.subject}
    expect(subjects, of.published(), "subjects")
    from in_toto_attestation.v1.resource_descriptor import ResourceDescriptor
    from in_toto_attestation.v1 import resource_descriptor_pb2

    resolved = json.loads(text)["predicate"]["buildDefinition"]["resolvedDependencies"]
    for dependency in resolved:
        pb = json_format.ParseDict(dependency, resource_descriptor_pb2.ResourceDescriptor())
        ResourceDescriptor.copy_from_pb(pb).validate()
    return f"{len(subjects)} subjects, {len(resolved)} dependencies"


def spdx(of):
    """The model of SPDX 3.0.1 takes every element, and no element is missing."""
    if not of.has("spdx.json"):
        return "not asked for"
    from spdx_python_model import v3_0_1

    objects = v3_0_1.SHACLObjectSet()
    with open(of.folder / "spdx.json", "rb") as file:
        v3_0_1.JSONLDDeserializer().read(file, objects)
    packages = list(objects.foreach_type(v3_0_1.dataset_DatasetPackage))
    expect(len(packages), 1, "packages")
    unknown = {str(name) for name in objects.missing_ids} if hasattr(objects, "missing_ids") else set()
    expect({name for name in unknown if name.startswith("urn:uuid:")}, set(), "references")
    files = {one.name: one.verifiedUsing[0].hashValue for one in objects.foreach_type(v3_0_1.software_File)}
    published = of.published()
    expect({name: files.get(name) for name in published}, published, "digests")
    return f"{len(files)} files"


def citation(of):
    """CITATION.cff is YAML with the keys that its format 1.2.0 requires."""
    if not of.has("CITATION.cff"):
        return "not asked for"
    cff = yaml.safe_load((of.folder / "CITATION.cff").read_text("utf-8"))
    missing = {"authors", "cff-version", "message", "title"} - cff.keys()
    expect(missing, set(), "missing keys")
    if not cff["authors"]:
        raise AssertionError("no author")
    return cff["title"]


CHECKS = [
    ("sha256sum --check", sums),
    ("mlcroissant validate", croissant_is_valid),
    ("mlcroissant reads rows", readers.croissant),
    ("CycloneDX 1.7, strict", bill_of_materials),
    ("in-toto statement", attestation),
    ("SPDX 3.0.1", spdx),
    ("CITATION.cff", citation),
    ("front matter", readers.front_matter),
    ("datasets.load_dataset", readers.datasets),
    ("DuckDB", readers.duckdb),
    ("Polars", readers.polars),
    ("pyarrow", readers.pyarrow),
]


def main(folder, scratch):
    of = Set(folder, scratch)
    failed = 0
    for name, check in CHECKS:
        try:
            print(f"ok      {name}: {check(of)}", flush=True)
        except Exception as error:  # Whatever a validator throws is its answer.
            failed += 1
            said = getattr(error, "stderr", None) or error
            said = " ".join(str(said.decode() if isinstance(said, bytes) else said).split())
            print(f"failed  {name}: {type(error).__name__}: {said:.600}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
