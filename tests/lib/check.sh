# shellcheck shell=sh
# Read by the scripts in tests/checks: counting, and the inputs of the programs.
# shellcheck disable=SC2034 # the scripts use these

set -u
passed=0 failed=0
fixtures=$MP_TEST/fixtures
tools=$(cat "$MP_TEST/tools")

pass() { passed=$((passed + 1)); }

# fail TEXT...: the first line says what, the others what was seen.
fail() {
    failed=$((failed + 1))
    printf '\nFAIL %s\n' "$1"
    shift
    [ $# -eq 0 ] || printf '    %s\n' "$@"
}

# check NAME COMMAND...: passes if the command succeeds.
check() {
    check_name=$1
    shift
    if "$@"; then pass; else fail "$check_name"; fi
}

finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
    exit
}

# small_lexicon: programs that are run very often shall not read the whole lexicon each time.
small_lexicon() { export MP_SCHEMAS=$MP_TEST/schemas; }

# arguments PROGRAM: what it needs to be given beside its input.
arguments() {
    case $1 in
    mp-triage) echo --as-of 2018-06-30 ;;
    mp-eval) echo --records "$fixtures/mp-eval.records" ;; # the lexicon is mp-ingest's to test
    esac
}
