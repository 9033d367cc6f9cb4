#!/bin/sh
# Fails when the TypeScript types in the repository are not those that the Rust types give.
#   tests/run/stale-types.sh FOLDER    FOLDER was just written by the export tests (TS_RS_EXPORT_DIR)
set -eu
cd "$(dirname "$0")/../.."
fresh=$1
committed=ui/src/backend/generated

if [ -z "$(ls "$fresh" 2>/dev/null)" ]; then
    echo "No type was exported to $fresh." >&2
    exit 1
fi
if diff -ru "$committed" "$fresh"; then
    echo "types: $(find "$fresh" -name '*.ts' | wc -l) files, the same as in $committed"
else
    echo "The types in $committed are stale. Run: make types" >&2
    exit 1
fi
