/** A named colour scale: five sRGB stops, from its darkest ground to its light. */
export interface Palette {
  id: string;
  title: string;
  stops: readonly string[];
}

const TABLE = `
abyss        Abyss        05101f 0b3954 087e8b 5fb7b5 e6f2ec
ember        Ember        1a0605 6b0f0f c8321a f58220 ffd58a
blush        Blush        3b1226 8c2f57 e07a9b f7c1cd fff1ea
aurora       Aurora       04141f 0b5351 1fa187 9be564 dcc6ff
gilt         Gilt         2a1606 7a4a12 cf9a34 f3ce6b fff5da
iris         Iris         150a2e 43208a 7d4fd1 b99cf0 f3ecff
cobalt       Cobalt       060b2b 14248a 3454d1 8aa5f5 eef2ff
terracotta   Terracotta   2a0f08 7a2e1a c25a34 eaa175 f8e3cf
moss         Moss         10180c 2f4a22 66873c aebf6e f0efcf
jade         Jade         04211c 0b5d4b 2a9d7c 8fd8b0 effaee
graphite     Graphite     0b0c0f 2b2f36 5d646e a7adb5 f1f1ee
bone         Bone         3a332b 857a6a c4b8a2 e6dccb fbf7ee
neon         Neon         12002f 5b00d6 e000c8 ff5d3a 4de8ff
sorbet       Sorbet       5b2a6e e0577b ff9a76 ffd9a0 d7f2ee
lagoon       Lagoon       012a36 007a87 2ec4b6 a6ede0 fff4e0
verdigris    Verdigris    1c0f0a 6d3318 c9743a 7fb6a4 e8f1e4
crimson      Crimson      1c0208 6a0420 c11338 f0616d ffdcd6
rosewood     Rosewood     1f0a0c 4f1f24 8f4a46 cf9587 f4e2d6
citrus       Citrus       1f2a05 6f8f10 c7d21f ffe14d fffbe0
tangerine    Tangerine    2b0d00 983200 f26a1b ffb25e fff0d8
dusk         Dusk         0f1033 3d2c6b 8d4b87 e08a8a ffd7b0
midnight     Midnight     03040d 0c1233 26376f 6e86c4 dfe6f7
glacier      Glacier      0b2236 2f6690 81b1d1 c8e3ef fdfefe
orchid       Orchid       2a0833 7a1f7f c95bc0 efadde fff0fa
peacock      Peacock      031b26 0d4f6c 119da4 c9a227 fbf0c9
saffron      Saffron      2b0a1c 8a1c3b e0502f f7b32b fdf2c0
cacao        Cacao        1a0f0a 4a2c1c 8b5e3c c9a27a e3f0df
bauhaus      Bauhaus      1b1b1e d7263d f4a019 1b5fa8 f4efe1
sakura       Sakura       4a2a3a b56a86 eeb3c4 f9dfe2 e8f0e4
storm        Storm        0e151b 2e3f4c 5f7685 9fb1b8 e9d8a6
opal         Opal         2c3a55 7aa0c4 c7b8e0 f6c8d0 eaf7e6
obsidian     Obsidian     020203 101018 2a2238 5c4a7a d9c7f0
tropic       Tropic       05303a 0a8f6a f7d002 ff6b4a ff3d7f
delft        Delft        0a1a4f 2146a0 7a9bd6 d7e3f3 ffffff
autumn       Autumn       23110b 6f2410 b9551b dda032 8a8f3c
olive        Olive        17170a 45461a 87803a c3b673 f1ead0
`;

export const PALETTES: readonly Palette[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [id = '', title = '', ...stops] = line.trim().split(/ +/);
    return { id, title, stops };
  });

/** Index of a palette by id, or -1. */
export function paletteIndex(id: string): number {
  return PALETTES.findIndex((p) => p.id === id);
}
