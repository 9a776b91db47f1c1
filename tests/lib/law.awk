# The conservation law in each summary of a program's messages: what came in is what went out, was
# joined, rejected or dropped. Prints the lines that break it; exit status 1 if there are any.

function count(key) {
    if (!match($0, "[ \"]" key "\"?[=:][0-9]+"))
        return 0
    number = substr($0, RSTART, RLENGTH)
    sub(/.*[=:]/, "", number)
    return number + 0
}

/^mp-[a-z]+: summary: / || /^\{"tool":.*"level":"summary"/ {
    if (count("in") != count("out") + count("joined") + count("rejected") + count("dropped")) {
        print "records were lost: " $0
        bad = 1
    }
}

END { exit bad }
