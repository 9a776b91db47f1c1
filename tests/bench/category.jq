# The category alone, by the criteria U1 to U7 of nl-police: what the bench has jq do beside mp-triage.
def has($codes): any(.signals[]?; (.code | IN($codes[])) and (.status == "present" or .status == "suspected"));
. + {triage: {category: (
  if has(["criminal_network", "sexual_exploitation", "criminal_exploitation", "intellectual_disability",
          "medical_need", "pregnancy", "suicide_self_harm", "sexual_offence_victim", "violence_threat",
          "offence_victim_during", "sex_advert", "coercion", "court_order", "closed_placement"])
    or .place.setting == "closed" or (.person.age // 18) < 13
  then "urgent" else "other" end)}}
