#!/usr/bin/env bash
# Runs the tests of the numeric targets and of the file readers under sanitizers: those that are named (address,
# undefined, thread), or all three. Each is built in a folder of its own, .build-address and so on.
set -euo pipefail
cd "$(dirname "$0")/.."

sanitizers=("$@")
if [ $# -eq 0 ]; then sanitizers=(address undefined thread); fi

# Words in the names of the tests' targets: those without pages.
targets='^(Formats|Tensors|Tokenization|ChatTemplates|Embeddings|Sampling|Traces|Transformer|Files|Training)Tests\.'
filter=${EXPLAIN_SANITIZED_TESTS:-$targets}

# Leaks that are not of this project are named in leaks.txt; any other is a fault.
export LSAN_OPTIONS="suppressions=$PWD/Tests/leaks.txt:print_suppressions=0"
export ASAN_OPTIONS="detect_stack_use_after_return=1:strict_string_checks=1"
export UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1"
export TSAN_OPTIONS="halt_on_error=1"

for sanitizer in "${sanitizers[@]}"; do
  printf '\n== %s\n' "$sanitizer"
  EXPLAIN_TARGETS=numeric swift test --disable-xctest --sanitize="$sanitizer" --scratch-path ".build-$sanitizer" --filter "$filter"
done
