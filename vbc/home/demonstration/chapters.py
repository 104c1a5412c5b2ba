"""The chapters of the needs assessment. The first sentence of each says what the chapter says."""

from evidence.enums import NeedsChapter

STATEMENT = (
    "About 147,000 adults in South Yorkshire are on their doctor’s list of people with depression. "
    "In 2024-25, 16,725 people finished a course of talking therapy, and half of them recovered, as "
    "in England. So about 130,000 did not finish one. The list is of 2019/20, so this is a rough "
    "size.\n\n"
    "Help does not reach everybody in the same way. Of Asian or Asian British people who finished, "
    "38 in 100 recovered. In the poorest tenth of places it was 41 in 100, and in the best off "
    "tenth 61 in 100. Older people do well, and are hardly ever referred."
)

CHAPTERS = {
    NeedsChapter.ABOUT: (
        "This looks at adults with depression or anxiety, and at who gets talking therapies.\n\n"
        "Hospital care is left out. Children, and people with dementia, have plans of their own; of "
        "them it says only what bears on talking therapies. The figures are published ones, each "
        "with its source.\n\n"
        "Service users, carers, therapists, public health and the four councils took part. "
        "(invented)"
    ),
    NeedsChapter.PEOPLE: (
        "About 1,467,000 people are on the lists of doctors in South Yorkshire, and 1,172,000 of "
        "them are adults.\n\n"
        "They live in four places (adults on doctors’ lists, 2019/20; House of Commons Library):\n"
        "- Sheffield: about 494,000\n"
        "- Doncaster: about 256,000\n"
        "- Rotherham: about 219,000\n"
        "- Barnsley: about 203,000\n\n"
        "In 2024-25, 46,725 people were referred to talking therapies: they asked for it themselves, "
        "or somebody sent them. More than one in four live in the poorest tenth of places in "
        "England. Of those whose background is known, one in eight is Asian, Black, of mixed "
        "background or of another group than White."
    ),
    NeedsChapter.WIDER: (
        "Where people have least, they recover least.\n\n"
        "In the poorest tenth of places 41 in 100 of those who finish recover. In the best off tenth "
        "it is 61 in 100. They also stop more often: 29 in 100 of those referred from the poorest "
        "tenth finish a course, and 46 in 100 from the best off.\n\n"
        "What people told us of daily life (invented):\n"
        "- Transport: two buses to the clinic, and none after six.\n"
        "- Leisure: the pool and the library are where people meet, and both open less.\n"
        "- Education: classes in English are full until spring.\n"
        "- Housing: damp, and fear of the landlord, come up in most talks.\n"
        "- Health: a long illness and low mood go together.\n"
        "- Employment: people on shifts cannot take a call at eleven.\n"
        "- Information, advice and somebody to speak for you: few know where to ask."
    ),
    NeedsChapter.WELLBEING: (
        "Asked how happy they felt yesterday, people here said 7.4 out of 10, a little less than "
        "the 7.6 of the whole country.\n\n"
        "In 2018-19 it was 7.5 in Barnsley, 7.5 in Sheffield, 7.4 in Doncaster and 7.4 in Rotherham "
        "(Office for National Statistics). In Sheffield people were also asked how worried they "
        "were: 3.0 out of 10, against 2.9 in the whole country.\n\n"
        "That survey has too few people here to tell one group from another. It was before the "
        "pandemic. The councils ask again in May, and ask about language and background too. "
        "(invented)"
    ),
    NeedsChapter.AT_RISK: (
        "People who live alone, are out of work or have a long illness are more often unwell.\n\n"
        "This is known from the national survey of 2014 (NHS Digital). It found a common "
        "mental health problem in one woman in five and one man in eight. Among Black women it was "
        "29 in 100. People who claim benefits because they cannot work had very high rates of all "
        "that it looked for.\n\n"
        "Here the panel adds people who have just come to this country, and people who look after "
        "somebody. Why: worry about money and home, being alone, and being treated unfairly. "
        "(invented)"
    ),
    NeedsChapter.NEED: (
        "About one adult in eight here is on their doctor’s list of people with depression.\n\n"
        "That is 12.5 in 100 (2019/20). In England it is 11.5. In Rotherham it is 15.1, in Barnsley "
        "13.1, in Sheffield 11.7 and in Doncaster 11.6. About 12,900 people are on the lists for "
        "severe mental illness (House of Commons Library).\n\n"
        "The lists leave out whoever never told a doctor. The national survey asked people at home, "
        "and found a common mental health problem in 17 in 100 adults in 2014. As many here would "
        "be about 199,000. Of those it found, 37 in 100 had some treatment, more often pills than "
        "talking therapy (NHS Digital)."
    ),
    NeedsChapter.FUTURE: (
        "We expect the need to grow a little, and more of it among people who speak another "
        "language.\n\n"
        "If as many in 100 have it as now, there will be about 150,600 adults with depression on "
        "the lists in 2030. The number who finish a course is going up: from 15,385 in 2022-23 to "
        "16,725 in 2024-25. At that pace the gap hardly closes.\n\n"
        "That there will be 1,200,000 adults in 2030 is invented, and so is the growth of "
        "languages."
    ),
    NeedsChapter.SERVICES: (
        "Four services offer talking therapy, mostly by phone or video, and in English.\n\n"
        "Of 100 people who are referred, 36 finish a course. Interpreters can be booked, and few "
        "people know it. The four services are invented, and so is all that the list of services "
        "says of them."
    ),
    NeedsChapter.ASSETS: (
        "There are places that people trust already, and people who would go along with somebody "
        "new.\n\n"
        "What is there (invented):\n"
        "- four community centres, two mosques and a temple that talk about low mood\n"
        "- a choir and walking groups, which need no letter from anybody\n"
        "- workers in libraries, who have room for more\n"
        "- about thirty people who have been through therapy and would go along\n\n"
        "What the figures say is strong: Black or Black British people who finish recover as often "
        "as everybody, 51 in 100. Of people of 65 to 74, 65 in 100 recover."
    ),
    NeedsChapter.EXPERIENCE: (
        "People told us that the first letter is hard to read, and that a call from a hidden number "
        "feels unsafe.\n\n"
        "They asked for somebody who speaks their language, for a place they know, and for times "
        "after work. Some said that it was good once they got there. (invented)\n\n"
        "> I would have gone if it had been at the centre I know. (invented)"
    ),
    NeedsChapter.CLINICAL_VIEW: (
        "Therapists see people come late, and lose many after the first call.\n\n"
        "They say that a form in English makes people look less unwell than they are. With an "
        "interpreter a talk takes twice as long, and the diary has no room for that. They would "
        "like to work where people already are.\n\n"
        "They do not all agree. Two of nine think that the phone is right for most, and that a room "
        "in a centre would stand empty. (invented)"
    ),
    NeedsChapter.WORKS: (
        "Talking therapy (CBT) helps adults with depression more than usual care does, and the good "
        "lasts for months.\n\n"
        "This is well tested: 409 trials with 52,702 people, put together (Cuijpers and others, "
        "2023). The trials do not tell us who never gets as far as the first appointment. What "
        "brings people there who do not come now has hardly been studied, so we would have to try "
        "it and count."
    ),
    NeedsChapter.MONEY: (
        "A course costs somewhere between £490 and £1,420, so all courses here come to something "
        "like £15 million a year.\n\n"
        "That is a rough size. In five parts of the East of England a course cost £877 on average, "
        "and each person who recovered £1,766 (Radhakrishnan and others, 2013). Prices have risen "
        "since. What is spent here on talking therapies alone is not published. The list of "
        "services says £11.8 million, which is invented.\n\n"
        "Doing nothing costs more. In England, mental ill health cost about £300 billion in 2022, "
        "most of it borne by those who are unwell and their families (Centre for Mental Health). "
        "Spread evenly, that is about £7 billion for South Yorkshire. It is for all mental ill "
        "health, and not for depression alone."
    ),
    NeedsChapter.NATIONAL: (
        "The country wants people to find it easy to ask for help, to be seen soon, and to recover, "
        "whoever they are.\n\n"
        "What supports it: talking therapies in every area, people can go without a letter from a "
        "doctor, and the figures come out every year by group. What stands against it: too few "
        "trained people, little money for anything new, and shame.\n\n"
        "National policy names what people want from it: a place to live, a chance to learn, a job, "
        "and other people (No Health Without Mental Health, 2011)."
    ),
    NeedsChapter.LOCAL: (
        "People here want help in more languages, near home and after work.\n\n"
        "It is likely to be wanted more. Who could offer it: the four services that there are, "
        "community centres, mosques and temples, the colleges, and groups run by people who have "
        "been unwell. The councils can lend rooms. (invented)"
    ),
    NeedsChapter.GAPS: (
        "Three needs are not met, and the largest is not counted: people who are never "
        "referred at all.\n\n"
        "The numbers below are of people who were referred and did not finish. How many need help and "
        "never ask for it, nobody knows."
    ),
    NeedsChapter.PRIORITIES: (
        "First come Asian and Asian British people, who come less often and get less out of it.\n\n"
        "Then younger adults, who stop early. Then older people, whom nobody asks. The panel put "
        "them in this order, and each part of it was asked: service users and carers, clinicians, "
        "and those who look at the evidence. (invented)"
    ),
    NeedsChapter.UNKNOWN: (
        "Four things we do not know, and each has somebody who finds out.\n\n"
        "- How many people need help and are never referred. The councils ask in May.\n"
        "- How well people feel, group by group. The same survey asks.\n"
        "- What talking therapies alone cost here. The finance team works it out by March.\n"
        "- Why people stop after the first call. Two members of the panel ask twenty of them.\n\n"
        "(invented)"
    ),
}
