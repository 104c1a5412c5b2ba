"""What the needs assessment says of each group whose needs are easily missed: what is known in the
country, what is known here, and what is not. Figures are published ones, with their source."""

from evidence.enums import ParticularGroup

THERAPIES = "NHS Talking Therapies annual report 2024-25, NHS England"
# Registers of general practices, 2019/20, modelled to local authorities and added up for the four.
REGISTERS = (
    "House of Commons Library, Local health data from QOF 2019/20: modelled estimates, Open "
    "Parliament Licence"
)

# The group: what is known, a figure, what people of it say.
COVERAGE = {
    ParticularGroup.CHILDREN: (
        "In England: about one child in five of 8 to 16 probably has a mental health problem (NHS "
        "England’s survey, 2023).\n"
        "Here: their help has a plan of its own. A few young people come to talking therapies before "
        "they are 18, and those who finish recover less often than adults.\n"
        "Not known: how many wait to turn 18, and are lost between the two services.",
        f"Under 18: 360 referred, 65 finished, 38 in 100 recovered ({THERAPIES})",
        "“Nobody told me that I could ring myself.” (invented)",
    ),
    ParticularGroup.OLDER: (
        "In England: people over 65 were hoped to be 12 in 100 of those referred, and in 2020/21 were 5 "
        "(Age UK, 2022).\n"
        "Here: they are 6 in 100. Those who finish do better than anybody else.\n"
        "Not known: how many are low and are told that it is their age.",
        f"65 and over: 2,865 of 46,725 referred; of 65 to 74, 65 in 100 recovered ({THERAPIES})",
        "“I thought it was for young people.” (invented)",
    ),
    ParticularGroup.DEMENTIA: (
        "In England: about two in three people of 65 and over who probably have dementia have been "
        "told so by a doctor (2018; Public Health England).\n"
        "Here: more have been told, from 69 in 100 in Barnsley to 83 in Rotherham. Dementia has a "
        "plan of its own.\n"
        "Not known: how many people with dementia, and of those who care for them, are low or "
        "worried, and whether talking therapies take them.",
        f"About 12,800 people on doctors’ lists, 2019/20 ({REGISTERS})",
        "",
    ),
    ParticularGroup.LEARNING_DISABILITY: (
        "In England: about 40 in 100 adults with a learning disability have a mental health problem "
        "at any one time (NICE guideline NG54, 2016).\n"
        "Here: about 9,600 people are on doctors’ lists (2019/20). Those who finish a course recover "
        "less often than in England, 34 in 100 against 42.\n"
        "Not known: whether letters and talks were made easier for them. The services count that "
        "from April. (invented)",
        "Trouble with memory, learning or understanding: 605 referred, 190 finished, 34 in 100 "
        f"recovered ({THERAPIES})",
        "“It went too fast, and there was a lot to read.” (invented)",
    ),
    ParticularGroup.ETHNIC_MINORITIES: (
        "In England: of Asian or Asian British people who finish, 45 in 100 recover; of everybody, "
        "50.5.\n"
        "Here: it is 38 in 100, and 31 in 100 of Muslim people. Fewer finish, too. Of Black or Black "
        "British people 51 in 100 recover, as many as of everybody, but few come.\n"
        "Not known: who speaks which language, and how often an interpreter was there. This group "
        "is the centre of this assessment.",
        f"Asian or Asian British: 2,360 referred, 715 finished, 38 in 100 recovered ({THERAPIES})",
        "“I would have gone if it had been at the centre I know.” (invented)",
    ),
    ParticularGroup.OFFENDERS: (
        "In England: the state does not know how many people in prison are mentally ill; self-harm "
        "there rose by 73 in 100 from 2012 to 2016 (National Audit Office, 2017).\n"
        "Here: what is bought inside prisons is bought by NHS England, and not by us. People on "
        "probation use the same services as everybody.\n"
        "Not known: how many of them come, since the services do not ask. We ask the probation "
        "service what it sees. (invented)",
        "40,161 times that somebody in prison harmed themselves, England and Wales, 2016 (National "
        "Audit Office)",
        "",
    ),
    ParticularGroup.SOCIAL_INCLUSION: (
        "In England: most mental illness is more common in people who live alone or have no work "
        "(NHS Digital’s survey, 2014).\n"
        "Here: most of those who are referred live in the poorer half of places. From the poorest tenth "
        "29 in 100 finish, and 41 in 100 of them recover.\n"
        "Not known: who has no phone or no quiet room to take a call in.",
        f"The poorest tenth of places: 12,715 referred, 3,695 finished ({THERAPIES})",
        "“Nobody asked about the damp.” (invented)",
    ),
    ParticularGroup.CHRONIC_EXCLUSION: (
        "In England: of people without a home who were asked from 2018 to 2021, 82 in 100 had "
        "been told that they have a mental health problem, and 45 in 100 used drink or drugs to bear "
        "it (Homeless Link, 2022).\n"
        "Here: a service that works by phone and post does not reach somebody without either. No "
        "service on our list is made for them.\n"
        "Not known: how many they are here, and how many have ever been referred. The councils’ outreach "
        "teams are asked to count for a month. (invented)",
        "82 in 100 people without a home who were asked, England, 2018 to 2021 (Homeless Link)",
        "“They closed my case because I missed a call.” (invented)",
    ),
    ParticularGroup.PERSONALITY_DISORDER: (
        "In Britain: a survey found 4.4 in 100 people of 16 to 74, and the true number is probably "
        "between 2.9 and 6.7 (Coid and others, 2006). Some people find the name itself unfair.\n"
        "Here: as many would be tens of thousands. Talking therapies often turn them away, and one "
        "team in Sheffield takes them. (invented)\n"
        "Not known: how many are turned away, and where they go then.",
        "4.4 in 100 people of 16 to 74, Great Britain (Coid and others, British Journal of "
        "Psychiatry, 2006)",
        "“The diagnosis closed the door.” (invented)",
    ),
    ParticularGroup.SUBSTANCE_MISUSE: (
        "In England: 290,635 adults had help with drugs or alcohol in 2022-23. More than two in "
        "three of those who began said that they needed help with their mental health (Office for "
        "Health Improvement and Disparities).\n"
        "Here: each service asks people to go to the other first. (invented)\n"
        "Not known: how many are sent back and forth. Neither counts it.",
        "More than two in three of those who began treatment, England, 2022-23 (Office for Health "
        "Improvement and Disparities)",
        "“Stop drinking first, they said. I drank because of it.” (invented)",
    ),
}
