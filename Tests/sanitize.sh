#!/usr/bin/env bash
# Runs the tests of the numeric targets and of the file readers under sanitizers: those that are named (address,
# undefined, thread), or all three. Each is built in a folder of its own, .build-address and so on.
set -euo pipefail
cd "$(dirname "$0")/.."

sanitizers=("$@")
if [ $# -eq 0 ]; then sanitizers=(address undefined thread); fi

# EXPLAIN_TARGETS may name some of the targets instead, with those that they import; EXPLAIN_SANITIZED_TESTS a filter.
export EXPLAIN_TARGETS=${EXPLAIN_TARGETS:-numeric}
# Words in the names of the tests' targets: those without pages.
targets='^(Formats|Tensors|Tokenization|ChatTemplates|Embeddings|Sampling|Traces|Transformer|Attribution|Files|Training)Tests\.'
filter=${EXPLAIN_SANITIZED_TESTS:-$targets}

# Leaks that are not of this project are named in leaks.txt; any other is a fault.
export LSAN_OPTIONS="suppressions=$PWD/Tests/leaks.txt:print_suppressions=0"
export ASAN_OPTIONS="detect_stack_use_after_return=1:strict_string_checks=1"
export UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1"
export TSAN_OPTIONS="halt_on_error=0"

# Swift checks its own arithmetic. On Linux its compiler knows no such sanitizer for the C beside it, but clang does, and
# the toolchain brings the library.
undefined=(--sanitize=undefined)
if [ "$(uname)" = Linux ]; then
  clang=$(dirname "$(readlink -f "$(command -v swift)")")/clang
  library=$(find "$("$clang" -print-resource-dir)/lib" -name "libclang_rt.ubsan_standalone-$(uname -m).a")
  undefined=(
    -Xcc -fsanitize=undefined -Xcc -fno-sanitize-recover=undefined
    -Xlinker --whole-archive -Xlinker "$library" -Xlinker --no-whole-archive
  )
fi

for sanitizer in "${sanitizers[@]}"; do
  printf '\n== %s\n' "$sanitizer"
  export EXPLAIN_SANITIZER=$sanitizer
  options=(--sanitize="$sanitizer")
  if [ "$sanitizer" = undefined ]; then options=("${undefined[@]}"); fi
  swift test --disable-xctest "${options[@]}" --scratch-path ".build-$sanitizer" --filter "$filter"
done
