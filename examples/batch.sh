#!/bin/sh
# A batch from a shell script: fetch and clean every URL of a list, then list what failed, and why.
# Running it again goes on where it was stopped, and tries the failed ones again.
#
#     examples/batch.sh urls.txt out [more flags of newsclean run]
set -u
if [ $# -lt 2 ]; then
    echo "usage: $0 urls.txt out [more flags of newsclean run]" >&2
    exit 2
fi
urls=$1
out=$2
shift 2

newsclean run "$urls" --out "$out" --records one --attempts 2 --retry-failed "$@"
status=$?

newsclean status "$out" --failed  # each with its reason

# 0 all done, 1 some failed, 3 all failed: a nightly job may well live with some
[ "$status" -le 1 ]
