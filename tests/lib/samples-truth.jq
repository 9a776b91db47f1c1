# What tests/samples-truth prints: $linked (reports with link) and $merged (episodes) against
# $truth and $true_episodes.

def pairs: length | . * (. - 1) / 2;
def by(f): group_by(f) | map(pairs) | add // 0;
def percent: . * 10000 | round / 10000;

# Pair figures for the clusters `found` and `wanted` of a list of reports.
def score(found; wanted):
  by(found) as $found | by(wanted) as $wanted | by([found, wanted]) as $both
  | {precision: ($both / $found), recall: ($both / $wanted)}
  | . + {f1: (2 * .precision * .recall / (.precision + .recall))} | map_values(percent);

def line(name; s): "\(name)precision \(s.precision), recall \(s.recall), F1 \(s.f1)";

# Reports with their truth; `given` and the like as the report spells them.
def joined:
  ($truth | map({key: "\(.file) \(.line_of_record)", value: .}) | from_entries) as $rows
  | $linked
  | map(. as $r | $rows["\(.source.file | split("/")[-1]) \(.source.record)"]
      | select(. != null and .role != "other")
      | . + {found_person: $r.link.person_id, found_episode: $r.link.episode_id,
             found_role: $r.link.role, label: "\(.file | split(".")[0] | split("_")[-1]):\(.line_of_record)",
             given: ($r.person.given_name // ""), family: ($r.person.family_name // ""),
             birth: ($r.person.birth_date // ""), departure: $r.missing_since});

def initials: test("^([A-Za-z]\\.)+$") or test("^[A-Za-z]$");
def letters: ascii_downcase | gsub("[^a-z]"; "");

# What it would take to join all reports of one youth.
def person_class:
  if map(.found_person) | unique | length == 1 then "two youths joined"
  elif any(.given | initials) and (map(select(.given | initials | not)) | map(.found_person) | unique | length) <= 1
    then "initials only"
  elif any(.given | initials) then "initials, and another spelling or date"
  elif (map(.birth) | unique | length) > 1 and (map([.family, .given] | map(letters)) | unique | length) == 1
    then "birth date: day and month exchanged"
  elif (map(.birth) | unique | length) > 1 then "name and birth date written otherwise"
  else "name spelt otherwise" end;

def episode_class($persons):
  if (map(.found_person) | unique | length) > 1 then "its youth is not one person yet"
  elif (map(.found_episode) | unique | length) == 1 then "another absence joined to it"
  elif any(.departure == null) then "departure or return stands in the text only"
  else "sources differ" end;

def counted: group_by(.) | map("  \(length) \(.[0])") | .[];

joined as $all
| ($all | group_by(.person)) as $persons
| ($all | group_by(.episode)) as $episodes
| ($all | group_by(.found_person) | map({key: .[0].found_person, value: (map(.person) | unique)}) | from_entries) as $who
| ($all | group_by(.found_episode) | map({key: .[0].found_episode, value: (map(.episode) | unique)}) | from_entries) as $what
| ($persons | map(select((map(.found_person) | unique | length) > 1 or ($who[.[0].found_person] | length) > 1))) as $bad_persons
| ($episodes | map(select((map(.found_episode) | unique | length) > 1 or ($what[.[0].found_episode] | length) > 1))) as $bad_episodes
| ($true_episodes | map({key: .episode, value: .}) | from_entries) as $times
| ($merged | map({key: .link.episode_id, value: .}) | from_entries) as $lines
| ($episodes - $bad_episodes) as $good_episodes
| "reports   \($linked | length) found, \($truth | map(select(.role != "other")) | length) true (of \($truth | length) rows)",
  "persons   \($merged | map(.link.person_id) | unique | length) found, \($truth | map(.person) | unique | length) true, \($persons - $bad_persons | length) right",
  "episodes  \($merged | length) found, \($true_episodes | length) true, \($good_episodes | length) right",
  line("persons   "; $all | score(.found_person; .person)),
  line("episodes  "; $all | score(.found_episode; .episode)),
  "roles     \($all | map(select(.role == .found_role)) | length) of \($all | length) as in the truth",
  "departure \($good_episodes | map(select(($lines[.[0].found_episode].missing_since // null) == $times[.[0].episode].missing_since)) | length) of \($good_episodes | length) right episodes tell the true one",
  "return    \($good_episodes | map(select(($lines[.[0].found_episode].returned_at // null) == $times[.[0].episode].returned_at)) | length) of \($good_episodes | length) right episodes tell the true one",
  "persons not right yet, by what it takes:",
  ($bad_persons | map(person_class) | counted),
  "episodes not right yet, by what it takes:",
  ($bad_episodes | map(episode_class($persons)) | counted),
  (if $verbose == 1 then
     ($bad_persons[] | "\(.[0].person) \(person_class): " +
       (group_by(.found_person) | map(map("\(.given) \(.family) \(.birth)") | unique | join(", ")) | join(" | "))),
     ($bad_episodes[] | "\(.[0].episode) \(episode_class($persons)): " +
       (group_by(.found_episode) | map(map(.label) | join(", ")) | join(" | ")) +
       " with " + ([.[].found_episode | $what[.][]] | unique | join(",")))
   else empty end),
  ($who | to_entries[] | select(.value | length > 1) | "two youths under one person: \(.value | join(", "))", "FALSE"),
  ($what | to_entries[] | select((.value | length) > 1) | "absences joined: \(.value | join(", "))")
