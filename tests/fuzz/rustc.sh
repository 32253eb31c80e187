#!/bin/sh
# Called by cargo in place of rustc: counts edges in the parsers alone. Counting them in every dependency takes a
# compiler four times as long, and a fuzzer gains nothing by them.
counted=" gristmill gristmill_fuzz parquet toml toml_parser toml_datetime winnow serde_core serde_json serde_spanned url \
encoding_rs flate2 zlib_rs brotli_decompressor "
rustc=$1
shift
name=
before=
for argument in "$@"; do
    [ "$before" = --crate-name ] && name=$argument
    before=$argument
done
# What asks for speed lies in the libraries: of the crate itself optimization takes ten times as long as all else.
case $name in
    gristmill | gristmill_fuzz) exec "$rustc" "$@" -Copt-level=0 -Clto=off -Cdebuginfo=0 ;;
esac
case "$counted" in
    *" $name "*) exec "$rustc" "$@" ;;
esac
# The last of two options holds; the flags that count are taken out.
for argument in "$@"; do
    shift
    case $argument in
        -Cpasses=sancov-module | -Cllvm-args=-sanitizer-coverage-*) ;;
        *) set -- "$@" "$argument" ;;
    esac
done
[ -n "$name" ] && [ "$name" != ___ ] && set -- "$@" -Copt-level=1
exec "$rustc" "$@"
