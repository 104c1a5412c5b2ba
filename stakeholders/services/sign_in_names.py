"""Names to sign in with, for people without e-mail. They say nothing about the person."""

import secrets

# Plain, short, easy to spell and to say over the telephone; nothing that could be taken amiss.
_WORDS = """
    acorn almond amber anchor apple apricot arrow autumn badge basil beach bean beech berry birch
    bonnet book bottle branch bread breeze brick bridge broom brook bucket butter button cabin
    candle canvas carpet carrot castle cedar chair chalk cherry chestnut circle clay clover coast
    cobble comet compass copper coral corner cotton cricket cup curtain daisy dance desk dolphin
    door dragon drum eagle east echo elm ember engine envelope falcon feather fern field finch
    flag flint flower flute forest fountain garden garlic gate ginger glass globe grape grass
    green guitar hammer harbour harp hat hazel heather hedge helmet hill honey horizon house
    indigo island ivory ivy jacket jasmine jigsaw juniper kettle kite kitten ladder lake lamp
    lantern laurel lavender leaf lemon letter lilac lily lime linen lizard maple marble marigold
    market meadow melon mill mint mirror mitten moon morning mountain mustard napkin nettle north
    nutmeg oak oats ocean olive onion orange orchard otter oven owl paddle paper parsley path peach
    pear pebble pencil pepper petal piano picnic pigeon pillow pine planet plum pocket pond poplar
    poppy purple quilt rabbit rain raisin ribbon river robin rocket rose rosemary saddle saffron
    sail salmon sand saucer scarf school sea shell silver slate snow sparrow spoon spring square
    squirrel stable star stone summer sunny table tailor tea temple thimble thistle thunder thyme
    ticket tiger timber toast tomato tower train tulip tunnel turnip valley vanilla velvet village
    violet violin walnut water wheat wheel willow window winter wood wool yellow
"""
WORDS = tuple(_WORDS.split())


def draw() -> str:
    """A name at random, such as heather-maple-48."""
    first = secrets.choice(WORDS)
    second = secrets.choice([word for word in WORDS if word != first])
    return f"{first}-{second}-{secrets.randbelow(90) + 10}"
