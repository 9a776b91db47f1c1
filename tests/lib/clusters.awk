# clusters.awk - how well clusters agree with the true ones: pairwise precision, recall and F1, and exact clusters.
#
# Usage: awk -f clusters.awk TRUTH FOUND     both: lines of id, tab, cluster, in any order
#
# An id that comes several times (two persons in one report) is matched in its order: the first with the first. Both
# files must have the same ids. Prints one line of name=value; a cluster is exact if it has the ids of a true one and
# no others, its share is that of the true clusters. Exit status: 0, or 2 if the files do not fit.
BEGIN {
    FS = "\t"
    if (ARGC != 3)
        fail("usage: awk -f clusters.awk TRUTH FOUND")
}

FNR == 1 { file++ }

NF != 2 || $2 == "" { fail(FILENAME ":" FNR ": here must stand an id, a tab and a cluster") }

file == 1 {
    truth[$1, ++seen[$1]] = $2
    in_true[$2]++
    n++
    next
}

{
    again[$1]++
    id = $1 SUBSEP again[$1]
    if (!(id in truth))
        fail(FILENAME ":" FNR ": " $1 " is not in " ARGV[1] (again[$1] > 1 ? " so often" : ""))
    in_found[$2]++
    in_both[truth[id] SUBSEP $2]++
    found++
}

END {
    if (failed)
        exit 2
    if (found != n)
        fail(ARGV[2] ": " found + 0 " ids, but " n + 0 " in " ARGV[1])
    for (c in in_true) {
        n_true++
        true_pairs += pairs(in_true[c])
    }
    for (c in in_found) {
        n_found++
        found_pairs += pairs(in_found[c])
    }
    for (c in in_both) {
        split(c, of, SUBSEP)
        right += pairs(in_both[c])
        exact += in_both[c] == in_true[of[1]] && in_both[c] == in_found[of[2]]
    }
    printf "ids=%.0f clusters=%.0f found=%.0f pairs=%.0f precision=%.4f recall=%.4f f1=%.4f exact=%.4f\n", n, n_true,
        n_found, found_pairs, share(right, found_pairs), share(right, true_pairs),
        share(2 * right, found_pairs + true_pairs), share(exact, n_true)
}

function pairs(n) {
    return n * (n - 1) / 2
}

# Of nothing, all is right.
function share(part, whole) {
    return whole ? part / whole : 1
}

function fail(why) {
    print "clusters.awk: " why | "cat >&2"
    failed = 1
    exit 2
}
