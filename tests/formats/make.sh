#!/bin/sh
# Makes a stored set: `tests/formats/make.sh path/to/gristmill 3` writes tests/formats/v3.
# What belongs to the one run, times and machine, is left out.
set -eu
cd "$(dirname "$0")"
rm -rf "v$2"
"$1" run preset.toml --input tiny.warc.gz --out "v$2" --quiet
rm -rf "v$2/run" "v$2/run.json"
