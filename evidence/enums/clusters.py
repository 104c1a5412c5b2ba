"""Care clusters: what people need, in 21 groups, as once used for planning and payment."""

CLUSTER_SOURCE = (
    "Mental Health Clustering Booklet, Department of Health; labels shortened. Look in the current "
    "edition before paying by them."
)

CARE_CLUSTERS: dict[int, str] = {
    0: "Does not fit another cluster",
    1: "Common mental health problems, low severity",
    2: "Common mental health problems, low severity with greater need",
    3: "Non-psychotic, moderate severity",
    4: "Non-psychotic, severe",
    5: "Non-psychotic, very severe",
    6: "Non-psychotic, over-valued ideas",
    7: "Enduring non-psychotic problems, high disability",
    8: "Non-psychotic, chaotic and challenging",
    9: "Not used",
    10: "First episode of psychosis",
    11: "Ongoing recurrent psychosis, low symptoms",
    12: "Ongoing or recurrent psychosis, high disability",
    13: "Ongoing or recurrent psychosis, high symptoms and disability",
    14: "Psychotic crisis",
    15: "Severe psychotic depression",
    16: "Psychosis with drug or alcohol use",
    17: "Psychosis, difficult to engage",
    18: "Cognitive impairment, low need",
    19: "Cognitive impairment or dementia, moderate need",
    20: "Cognitive impairment or dementia, high need",
    21: "Cognitive impairment or dementia, high physical need or engagement",
}
# A number that the booklet keeps empty: nothing can be in it.
EMPTY_CLUSTER = 9
