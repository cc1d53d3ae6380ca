import { paletteIndex } from '../colour/palettes';

/** Style axes that words move. */
export const AXES = ['energy', 'dense', 'symmetry', 'depth', 'lines', 'light', 'vivid', 'warm', 'gloss', 'grit', 'organic', 'geometric'] as const;
export type Axis = (typeof AXES)[number];

/** What one word asks for: sparse axis values and sparse palette affinities, by index. */
export interface WordSense {
  axes: readonly (readonly [number, number])[];
  palettes: readonly (readonly [number, number])[];
}

/*
 * One line is a family: words = axis weight, ... | palette weight, ...
 * Weights run from -1 to 1.
 */
const FAMILIES = `
red scarlet vermilion cherry = vivid .3 warm .5 | crimson 1 ember .55 saffron .25
crimson ruby blood garnet carmine wine burgundy = warm .4 light -.15 | crimson 1 rosewood .35
orange tangerine apricot amber pumpkin = vivid .4 warm .7 | tangerine 1 ember .45 saffron .35
yellow lemon canary sunflower = light .4 vivid .5 warm .5 | citrus 1 gilt .5
gold golden gilded gilt brass = gloss .5 warm .5 light .1 | gilt 1.1 saffron .2 peacock .2
green emerald leaf grass clover = organic .2 | jade .8 moss .7 aurora .2
lime chartreuse acid = vivid .6 light .3 | citrus .9 aurora .5
jade malachite viridian = gloss .2 | jade 1.1
teal turquoise cyan aqua = vivid .2 warm -.3 | lagoon .9 abyss .6 peacock .3
blue azure sapphire cerulean = warm -.5 | cobalt .9 delft .5 abyss .3
navy indigo ultramarine = warm -.5 light -.3 | midnight .8 cobalt .8
cobalt lapis = warm -.4 vivid .3 | cobalt 1.1
purple violet amethyst plum = warm -.1 | iris 1 orchid .5 obsidian .15
lavender lilac mauve = light .4 vivid -.2 | iris .8 opal .5 orchid .3
magenta fuchsia = vivid .6 | orchid 1 neon .5
pink rose rosy = light .25 warm .25 | blush 1 sakura .6 orchid .2
salmon coral peach = light .25 warm .5 | sorbet .8 terracotta .5 blush .4
brown chestnut umber sepia tan = warm .4 vivid -.2 | cacao 1 terracotta .4 rosewood .3
chocolate coffee cocoa espresso cacao mocha = warm .4 light -.2 | cacao 1.1
terracotta clay adobe brick rust rusty rusted = warm .5 grit .35 | terracotta 1 verdigris .35 autumn .3
copper bronze verdigris patina = gloss .4 warm .3 | verdigris 1.1 gilt .3
black onyx jet ebony = light -.7 vivid -.2 | obsidian 1 graphite .7 midnight .3
obsidian = light -.6 gloss .6 geometric .2 | obsidian 1.1
white ivory snowy alabaster = light .8 vivid -.4 | bone .8 glacier .7 graphite .2
grey gray silver ash ashen slate = vivid -.6 warm -.1 | graphite 1.1 storm .5
beige cream sand sandy linen ecru = light .5 vivid -.4 warm .3 | bone 1.1 cacao .3
olive khaki sage = vivid -.3 organic .2 | olive 1.1 moss .5
monochrome grayscale greyscale colourless colorless = vivid -1 | graphite 1.1 obsidian .4
rainbow colorful colourful multicolored multicoloured prismatic kaleidoscopic = vivid .8 | tropic .7 neon .5 bauhaus .5 sorbet .4
pastel pastels soft softness = light .5 vivid -.35 energy -.2 | opal .7 sakura .7 sorbet .4
iridescent pearl pearlescent nacre opal opalescent shell = gloss .8 light .3 | opal 1 sakura .2 lagoon .2
chrome mercury metal metallic steel = gloss .9 warm -.2 vivid -.3 | graphite .9 storm .3
fire flame flames blaze burning inferno bonfire = energy .8 warm .9 vivid .5 | ember 1.1 saffron .5 tangerine .3
lava magma volcano volcanic molten eruption = energy .7 warm .9 depth .5 gloss .3 | ember 1.2 crimson .3 obsidian .2
ember embers coal cinder smoulder smolder = warm .7 light -.4 grit .3 | ember 1 obsidian .3
sun solar sunlight sunlit noon = light .7 warm .7 vivid .4 | gilt .7 citrus .5 tangerine .4
sunset sundown = warm .6 light .1 | dusk 1 sorbet .6 tangerine .3
sunrise dawn daybreak morning = light .5 warm .4 energy -.1 | sorbet .9 dusk .5 blush .3
dusk twilight evening gloaming = light -.25 warm .1 | dusk 1.1 iris .3
night nocturne nocturnal nightfall = light -.7 warm -.4 | midnight 1.1 obsidian .4
midnight = light -.8 warm -.4 | midnight 1.2
moon moonlight moonlit lunar = light -.1 warm -.5 energy -.3 | midnight .7 glacier .5 storm .4
star stars starlight stellar starry = light -.3 grit .3 symmetry .3 | midnight .8 iris .4 gilt .2
galaxy cosmos cosmic nebula space universe astral = depth .5 light -.4 vivid .4 | obsidian .6 iris .6 neon .4 midnight .4
ocean sea deep underwater marine abyss atlantic pacific = depth .5 warm -.5 organic .3 | abyss 1.1 lagoon .4 cobalt .25
wave waves tide surf swell = energy .5 organic .4 | abyss .7 lagoon .5 delft .3
water river stream lake flow flowing liquid fluid = organic .5 gloss .4 warm -.2 | abyss .5 lagoon .5 glacier .25
rain drizzle downpour monsoon = lines .3 warm -.4 light -.2 | storm .8 abyss .4
storm thunder lightning tempest hurricane typhoon = energy .9 depth .4 light -.3 | storm 1 midnight .5 cobalt .2
lagoon beach tropical island paradise reef = light .4 vivid .4 | lagoon 1 tropic .6
ice icy frost frozen frosty glacier glacial = warm -.9 light .5 gloss .5 geometric .2 | glacier 1.2 delft .3
snow winter arctic polar blizzard = light .7 warm -.7 energy -.2 | glacier 1 delft .4 graphite .2
crystal crystalline diamond quartz gem gems gemstone jewel jewels = gloss .7 geometric .6 symmetry .3 light .2 | glacier .5 iris .4 peacock .3
sky cloud clouds air heaven heavenly celestial = light .6 energy -.3 organic .2 | glacier .6 delft .5 opal .4
mist misty fog foggy haze hazy smoke = light .2 vivid -.5 energy -.4 lines -.4 | storm .8 bone .3 opal .3
wind windy breeze = energy .3 lines .3 | storm .3 glacier .3 opal .2
forest wood woods woodland jungle rainforest = organic .7 dense .3 light -.2 | moss 1.1 jade .4 olive .2
tree trees root roots bark branch branches = organic .8 lines .3 grit .2 | moss .7 cacao .6 olive .3
moss mossy fern lichen = organic .7 grit .2 | moss 1.1 olive .3
garden meadow spring springtime botanical flora floral = organic .6 light .4 vivid .3 | moss .5 sakura .6 tropic .3
flower flowers blossom bloom blooming petal petals lotus = organic .6 symmetry .4 light .3 | blush .7 sakura .7 orchid .4
rosette rosace = symmetry .9 organic .3 | crimson .4 blush .4
sakura = light .5 organic .4 | sakura 1.2
orchid peony tulip dahlia = organic .6 vivid .3 | orchid .9 blush .5
autumn fall october harvest maple = warm .5 organic .3 | autumn 1.1 terracotta .4
summer july august = light .5 warm .5 vivid .4 | tropic .6 citrus .5 tangerine .3
desert dune dunes sahara arid = warm .6 light .3 lines .3 energy -.2 | terracotta .8 bone .6 tangerine .3
mountain mountains hill hills canyon valley cliff = depth .6 lines .4 | storm .4 terracotta .5 glacier .3
earth soil land geology strata sediment layer layers layered = lines .6 organic .4 warm .3 | terracotta .7 cacao .5 olive .3
stone rock marble granite agate geode = grit .3 lines .5 depth .2 | graphite .5 bone .5 verdigris .3
wooden oak walnut mahogany timber = lines .5 warm .4 organic .4 | cacao .8 rosewood .6
aurora borealis northern = vivid .5 light -.2 energy .2 | aurora 1.3
peacock feather feathers plumage = lines .4 vivid .4 organic .5 | peacock 1.1
butterfly wings moth = symmetry .7 organic .5 vivid .4 | peacock .4 orchid .4 tangerine .3
bird birds phoenix dragon = energy .6 vivid .4 organic .4 | ember .6 peacock .4 crimson .2
fish koi jellyfish octopus coralreef = organic .6 gloss .3 | lagoon .6 abyss .4 tangerine .3
snake serpent scales reptile = lines .6 dense .4 organic .4 | jade .6 olive .5
tiger leopard zebra = lines .8 energy .4 warm .3 | tangerine .6 obsidian .3
honey caramel syrup toffee = gloss .6 warm .6 | gilt .8 tangerine .4 cacao .2
milk vanilla yoghurt = light .7 vivid -.4 | bone 1
fruit fruity juice juicy = vivid .6 gloss .4 warm .3 | sorbet .6 citrus .5 tropic .5
citrus orangeade grapefruit = vivid .6 light .4 | citrus 1 tangerine .5
sorbet icecream candy sweet sugar bubblegum = vivid .4 light .4 gloss .3 | sorbet 1 blush .5 opal .3
spice saffron curry turmeric paprika = warm .7 vivid .4 grit .2 | saffron 1.2
mint menthol = light .4 warm -.4 | jade .6 lagoon .5 opal .3
berry berries grape fig = vivid .3 | iris .7 crimson .5 orchid .3
neon cyber cyberpunk synthwave vaporwave electric laser = vivid 1 energy .5 light -.2 geometric .3 | neon 1.3
glow glowing luminous radiant radiance shining bright brilliant = light .6 vivid .4 gloss .3 | gilt .3 aurora .3 citrus .2
dark darkness gloomy shadow shadows shadowy murky noir = light -.8 depth .4 | obsidian .7 midnight .6 graphite .3
light lighter airy = light .7 energy -.1 | bone .4 opal .4 glacier .3
pale faded washed muted subdued dusty = vivid -.7 light .2 | bone .6 opal .3 storm .4
vivid vibrant saturated intense bold punchy = vivid .9 energy .3 | tropic .4 neon .3 bauhaus .3
warm hot heat warmth cosy cozy = warm .9 | ember .4 tangerine .4 terracotta .4
cool cold chill chilly = warm -.9 | glacier .5 abyss .4 cobalt .3
calm calming serene peaceful tranquil still quiet silence silent = energy -.8 dense -.5 lines -.2 | glacier .25 opal .25 bone .2
gentle tender delicate subtle mild = energy -.5 dense -.2 light .2 | opal .4 sakura .4 bone .2
zen meditation meditative mindful contemplative = energy -.7 symmetry .4 dense -.3 | bone .4 moss .3 jade .2
minimal minimalist simple sparse empty bare = dense -.9 energy -.4 lines -.2 | bone .3 graphite .3
relaxed lazy slow drifting floating dreamy dream dreams = energy -.5 organic .3 light .2 | opal .5 dusk .4 iris .2
chaos chaotic wild frantic frenzy turbulent turbulence = energy 1 dense .6 | neon .3 storm .3 ember .3
energetic dynamic explosive explosion burst dancing dance = energy .9 vivid .4 | tropic .5 saffron .4 bauhaus .3
fast speed rushing racing velocity = energy .8 lines .5 | neon .3 cobalt .2
anger angry rage fury furious war = energy .9 warm .5 light -.3 vivid .3 | crimson .9 ember .7
love romance romantic passion heart valentine = warm .5 vivid .3 gloss .2 | blush .7 crimson .7
joy joyful happy happiness cheerful playful fun = light .5 vivid .6 energy .4 | tropic .7 sorbet .5 citrus .4
sad sadness sorrow grief tears = energy -.5 light -.3 warm -.5 vivid -.4 | storm .8 midnight .4 delft .2
melancholy melancholic lonely solitude longing = energy -.5 light -.3 vivid -.3 | storm .7 dusk .4 midnight .3
fear horror scary dread nightmare haunted = light -.7 energy .4 grit .4 | obsidian .8 crimson .3 midnight .3
mystery mysterious mystic mystical magic magical enchanted occult = depth .4 light -.3 symmetry .3 | iris .7 obsidian .5 aurora .3
hope hopeful optimism = light .6 | sorbet .5 aurora .3 lagoon .3
nostalgia nostalgic memory vintage retro antique old = vivid -.3 warm .4 grit .4 | rosewood .5 autumn .5 cacao .3 dusk .2
future futuristic scifi alien robot = gloss .6 geometric .5 warm -.3 | neon .4 graphite .4 aurora .3
royal regal king queen majestic noble luxurious luxury opulent = gloss .5 symmetry .3 depth .3 | iris .5 gilt .7 peacock .4
elegant elegance graceful refined = energy -.2 gloss .4 lines .2 | rosewood .4 bone .4 graphite .3
sacred holy divine spiritual temple church cathedral gothic = symmetry .8 geometric .3 light .1 | gilt .5 cobalt .5 crimson .4
stained window glass rosewindow = symmetry .5 lines .5 gloss .4 | cobalt .4 crimson .4 gilt .3
mandala mandalas kaleidoscope symmetrical symmetric symmetry radial = symmetry 1.2 geometric .4 |
mirror mirrored reflection = symmetry .8 gloss .5 | graphite .3 glacier .2
asymmetric asymmetrical irregular lopsided = symmetry -1 organic .3 |
spiral swirl swirls swirling vortex whirl whirlpool twist twisted = energy .7 organic .5 lines .3 |
smooth silk silky satin velvet velvety = gloss .5 lines -.4 grit -.5 energy -.2 | rosewood .2 blush .2 iris .2
rough gritty raw coarse sandpaper grainy = grit .9 gloss -.5 | terracotta .2 graphite .2
glossy shiny polished lacquer wet slick = gloss .9 |
matte matt chalk chalky dry paper felt = gloss -.8 grit .4 | bone .3
sharp crisp angular jagged shard shards edge edges = geometric .8 lines .4 energy .3 |
geometric geometry cubist bauhaus polygon tessellation grid = geometric 1 symmetry .3 | bauhaus .8
organic natural nature biomorphic living alive = organic 1 | moss .4 olive .3
abstract expressionist painting painterly = energy .3 vivid .2 | bauhaus .3 saffron .2
line lines linear stripe stripes striped contour contours topographic = lines 1 |
wavy curvy curves curve ribbon ribbons folded folds drapery = organic .5 lines .4 energy .1 |
bubble bubbles foam droplets droplet drop = organic .5 gloss .6 | lagoon .3 opal .4
pattern ornate ornamental decorative filigree lace arabesque baroque = dense .8 symmetry .4 lines .4 | gilt .4 rosewood .2
intricate detailed complex elaborate fine = dense .9 lines .3 |
dense crowded busy full rich lush = dense .7 vivid .2 |
large big huge vast giant monumental = dense -.5 depth .4 |
small tiny micro miniature = dense .6 |
deepness depths cave cavern = depth .8 light -.4 | midnight .3 cacao .2
flat flatness poster screenprint = depth -.8 gloss -.4 | bauhaus .5
music jazz song rhythm melody symphony = energy .4 lines .4 vivid .2 | dusk .3 saffron .3 cobalt .3
techno rave disco party festival carnival = energy .8 vivid .8 | neon .8 tropic .5
city urban street neonlights tokyo metropolis = geometric .5 energy .4 light -.2 | neon .5 graphite .4
japan japanese kyoto ukiyo hokusai = lines .4 | delft .5 sakura .6 crimson .2
persian moroccan arabic islamic ottoman = symmetry .8 dense .6 geometric .5 | peacock .6 saffron .4 lagoon .3
mexican mexico fiesta = vivid .8 energy .4 warm .4 | tropic .7 saffron .5
african savanna safari = warm .6 lines .3 | saffron .5 terracotta .6
egypt egyptian pharaoh = gloss .3 symmetry .4 geometric .3 | gilt .7 peacock .5
greek mediterranean aegean santorini = light .4 | delft .9 bone .3 lagoon .3
nordic scandinavian = dense -.4 light .3 vivid -.3 | glacier .5 bone .4 storm .3
porcelain delft ceramic china = gloss .6 light .4 | delft 1.2
ink inky sumi calligraphy = light -.2 organic .4 vivid -.4 lines .4 | graphite .8 midnight .4
oil petroleum gasoline spill = gloss .8 light -.4 vivid .3 | obsidian .7 peacock .4 orchid .3
watercolor watercolour wash aquarelle = light .4 organic .4 gloss -.3 | opal .6 glacier .4 sorbet .3
psychedelic trippy acidic hallucination surreal = energy .8 vivid 1 symmetry .2 | neon .8 tropic .6
poison toxic venom = vivid .6 light -.1 | citrus .6 aurora .6 obsidian .2
rosewood cedar = warm .3 | rosewood 1
death bones skull grave = light -.5 vivid -.6 | graphite .7 bone .5 obsidian .3
life birth growth grow growing = organic .6 light .3 | moss .5 jade .4 sakura .2
machine mechanical industrial engine factory = geometric .7 grit .5 | graphite .8 terracotta .3
brain mind neural thought thoughts = organic .4 dense .4 lines .3 | blush .3 iris .4
parrot parrots toucan hibiscus mango pineapple = vivid .7 light .2 | tropic 1.1
alpine granitic overcast november = warm -.2 vivid -.2 | storm 1
primary constructivist mondrian = geometric .8 vivid .4 depth -.3 | bauhaus 1.1
money wealth treasure coin coins = gloss .5 | gilt 1 jade .2
`;

function parseFamily(line: string, into: Map<string, WordSense>): void {
  const [words = '', effect = ''] = line.split('=');
  const [axisPart = '', palettePart = ''] = effect.split('|');
  const pairs = (part: string, index: (name: string) => number) => {
    const cells = part.trim().split(/\s+/).filter(Boolean);
    const found: [number, number][] = [];
    for (let i = 0; i + 1 < cells.length; i += 2) {
      const at = index(cells[i] ?? '');
      if (at >= 0) found.push([at, Number(cells[i + 1])]);
    }
    return found;
  };
  const sense: WordSense = {
    axes: pairs(axisPart, (name) => (AXES as readonly string[]).indexOf(name)),
    palettes: pairs(palettePart, paletteIndex),
  };
  for (const word of words.trim().split(/\s+/)) into.set(word, sense);
}

function build(): ReadonlyMap<string, WordSense> {
  const map = new Map<string, WordSense>();
  for (const line of FAMILIES.trim().split('\n')) parseFamily(line, map);
  return map;
}

export const LEXICON = build();

const ENDINGS: readonly (readonly [string, string])[] = [
  ['ies', 'y'],
  ['es', ''],
  ['es', 'e'],
  ['s', ''],
  ['ing', ''],
  ['ing', 'e'],
  ['ed', ''],
  ['ed', 'e'],
  ['ish', ''],
  ['ness', ''],
  ['ly', ''],
  ['like', ''],
  ['y', ''],
  ['ic', ''],
  ['al', ''],
  ['ful', ''],
  ['er', ''],
  ['est', ''],
];

/** Sense of a word, its ending taken off if need be. */
export function senseOf(word: string): WordSense | undefined {
  const direct = LEXICON.get(word);
  if (direct) return direct;
  for (const [ending, replacement] of ENDINGS) {
    if (word.length < ending.length + 3 || !word.endsWith(ending)) continue;
    const stem = word.slice(0, word.length - ending.length) + replacement;
    const found = LEXICON.get(stem);
    if (found) return found;
    const undoubled = stem.length > 3 && stem.at(-1) === stem.at(-2) ? LEXICON.get(stem.slice(0, -1)) : undefined;
    if (undoubled) return undoubled;
  }
  return undefined;
}
