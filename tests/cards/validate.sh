#!/usr/bin/env bash
# Checks the cards of sets with the validators and readers that other people use, each from PyPI.
#
#     tests/cards/validate.sh [--environment DIR] [--binary PROGRAM] [FOLDER]...
#
# FOLDER is a finished set. With --binary, PROGRAM makes two sets of the sample data first, the quickstart and one of several
# shards with all cards, and both are checked too. --environment keeps the Python environment for the next time.
# A line a check; exit code 0 if all said ok, 1 if one failed, 77 if Python or PyPI cannot be had and nothing was checked.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
repository="$(cd "$here/../.." && pwd)"
left_out=77

environment="" binary=""
while [ $# -gt 0 ]; do
  case "$1" in
    --environment) environment="$2"; shift 2 ;;
    --binary) binary="$(realpath "$2")"; shift 2 ;;
    --*) echo "$1 is no option; see the head of $0" >&2; exit 2 ;;
    *) break ;;
  esac
done
if [ $# -eq 0 ] && [ -z "$binary" ]; then
  echo "name the folder of a set, or a program with --binary" >&2
  exit 2
fi

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
environment="${environment:-$scratch/environment}"

leave_out() { echo "The cards are not validated: $1."; exit "$left_out"; }

command -v python3 >/dev/null 2>&1 || leave_out "there is no python3"
if ! cmp -s "$here/requirements.txt" "$environment/requirements.txt"; then
  rm -rf "$environment"
  timeout 120 python3 -m venv "$environment" >"$scratch/venv.log" 2>&1 || leave_out "python3 cannot make an environment"
  timeout 900 "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --retries 1 --timeout 20 \
    --requirement "$here/requirements.txt" >"$scratch/pip.log" 2>&1 ||
    leave_out "the packages cannot be installed from PyPI ($(tail -n 1 "$scratch/pip.log"))"
  cp "$here/requirements.txt" "$environment/requirements.txt"
fi

sets=("$@")
if [ -n "$binary" ]; then
  cd "$repository"
  "$binary" run pipelines/quickstart.toml --out "$scratch/quickstart" --quiet >/dev/null
  "$binary" run tests/cards/several_shards.toml --out "$scratch/several_shards" --quiet >/dev/null
  sets+=("$scratch/quickstart" "$scratch/several_shards")
fi

# Readers are to find everything in the folder: nothing may be fetched, and nothing may be cached outside of the scratch.
export HF_HUB_OFFLINE=1 HF_DATASETS_OFFLINE=1 HF_HOME="$scratch/hf" PYTHONDONTWRITEBYTECODE=1
export DO_NOT_TRACK=1 HF_HUB_DISABLE_TELEMETRY=1
failed=0
for set in "${sets[@]}"; do
  echo "$set"
  PATH="$environment/bin:$PATH" timeout 900 "$environment/bin/python" "$here/validate_set.py" "$set" "$scratch" || failed=1
done
exit "$failed"
