#!/usr/bin/env bash
# Builds the fuzz targets and runs one of them, or all, for so many seconds of processor time each:
#
#     ./run.sh TARGET|all [CPU-SECONDS] [FOLDER WITH MORE SEEDS]
#
# One line a target: processor time, executions, edges met at the beginning and at the end, inputs kept, findings.
# What is found lies in findings/TARGET, what reached new code in work/TARGET; neither is committed.
set -euo pipefail
cd "$(dirname "$0")"

wanted=${1:?"a target of Cargo.toml, or all"}
seconds=${2:-600}
more=${3:-}
triple=$(rustc -vV | sed -n 's/^host: //p')

# `--target` keeps the flags away from build scripts; rustc.sh keeps them away from what is no parser.
export RUSTC_WRAPPER=$PWD/rustc.sh
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares"
if [ "$wanted" = all ]; then
    cargo build --quiet --release --target "$triple" --bins
    targets=$(sed -n 's/^name = "\([a-z_]*\)"$/\1/p' Cargo.toml)
else
    cargo build --quiet --release --target "$triple" --bin "$wanted"
    targets=$wanted
fi

dictionary() {
    case $1 in
        members | records) echo warc ;;
        message | chunked | codings) echo http ;;
        decode | tokens | tree | extraction) echo html ;;
        json_ld) echo rights ;;
        robots) echo robots ;;
        preset) echo preset ;;
        manifest | run_files | tokenizer) echo json ;;
        *) echo lists ;;
    esac
}

# Time on the clock says little on a machine that others use too, so a target runs in slices until their processor time
# is used up; each slice goes on with what the ones before it have kept.
slice_seconds=${SLICE_SECONDS:-30}

for target in $targets; do
    mkdir -p "work/$target" "findings/$target"
    log=work/$target.log
    : > "$log"
    used=0 executions=0 first= last=0
    while [ "${used%.*}" -lt "$seconds" ] && [ -z "$(ls "findings/$target")" ]; do
        left=$((seconds - ${used%.*}))
        slice=$((left < slice_seconds ? left : slice_seconds))
        TIMEFORMAT='%U %S'
        spent=$({ time "${CARGO_TARGET_DIR:-target}/$triple/release/$target" "work/$target" "corpus/$target" $more \
            -dict="dictionaries/$(dictionary "$target").dict" -artifact_prefix="findings/$target/" \
            -max_len=16384 -timeout=30 -rss_limit_mb=2048 -max_total_time="$slice" -print_final_stats=1 \
            > work/$target.slice 2>&1 || true; } 2>&1)
        cat "work/$target.slice" >> "$log"
        used=$(echo "$used $spent" | awk '{ printf "%.1f", $1 + $2 + $3 }')
        ran=$(sed -n 's/^stat::number_of_executed_units: *//p' "work/$target.slice" | tail -1)
        executions=$((executions + ${ran:-0}))
        first=${first:-$(sed -n 's/.*INITED cov: \([0-9]*\).*/\1/p' "work/$target.slice" | head -1)}
        last=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "work/$target.slice" | tail -1)
    done
    printf '%-11s %7.1f CPU-s %10d executions %6d edges (%d at first) %5d inputs %d findings\n' "$target" "$used" \
        "$executions" "${last:-0}" "${first:-0}" "$(ls "work/$target" | wc -l)" "$(ls "findings/$target" | wc -l)"
done
