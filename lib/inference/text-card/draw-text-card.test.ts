import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { sha256Hex } from '@/lib/protocol/hash';
import { CARD_HEIGHT_PX, CARD_WIDTH_PX, drawTextCard } from './draw-text-card';
import { fitText } from './fit-text';
import { box, layOut } from './lay-out';

vi.setConfig({ testTimeout: 60_000 });
const ROOM = { width: 912, height: 1152 };
const card = (text: string) => drawTextCard({ text, modelName: 'Minatory' });
const lacks = async (text: string) => (await layOut(box({ fontSize: 30 }, text), { width: 1000 }, true)).lacks;

describe('the card of a text', () => {
  it('is a plain 8-bit PNG of one size, and the same bytes each time', async () => {
    const [first, again] = [await card('Ink on copper,\nsaid once.'), await card('Ink on copper,\nsaid once.')];
    expect(await sharp(first.png).metadata()).toMatchObject({
      format: 'png',
      width: CARD_WIDTH_PX,
      height: CARD_HEIGHT_PX,
      depth: 'uchar',
      hasAlpha: false,
    });
    expect(first.png.equals(again.png)).toBe(true);
    expect((await card('Ink on copper,\nsaid twice.')).png.equals(first.png)).toBe(false);
  });

  it('is the same on a machine without fonts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'no-fonts-'));
    const config = join(folder, 'fonts.conf');
    writeFileSync(config, '<?xml version="1.0"?><fontconfig></fontconfig>');
    const program = `import('./lib/inference/text-card/draw-text-card.ts').then(async ({ drawTextCard }) => {
      const { png } = await drawTextCard({ text: 'Größe, Привет', modelName: 'Minatory' });
      process.stdout.write(require('node:crypto').createHash('sha256').update(png).digest('hex'));
    });`;
    const env = { NODE_ENV: 'test', PATH: process.env.PATH, FONTCONFIG_FILE: config, HOME: folder } as const;
    const said = execFileSync(process.execPath, ['--conditions=react-server', '--import', 'tsx', '-e', program], { env, encoding: 'utf8' });
    const { png } = await drawTextCard({ text: 'Größe, Привет', modelName: 'Minatory' });
    expect(`0x${said}`).toBe(sha256Hex(png));
  });

  it('draws markup as the letters it is written with', async () => {
    const { svg } = await layOut(box({}, '</text><script>alert(1)</script><image href="file:///etc/passwd"/>&amp;'), { width: 1000 });
    expect(svg).not.toMatch(/<(script|image|text)|passwd/);
  });

  it.each([
    ['control characters of direction and joiners', '\u202eabc\u202c a\u200db \ufeff\u2028x'],
    ['marks on marks', 'a\u0301\u0302\u0303\u0304'.repeat(4_000)],
    ['one word without end', 'x'.repeat(20_000)],
    ['nothing but lines', 'a\n'.repeat(5_000)],
    ['characters that no font of ours has', '版画は工房に残る。😀 مرحبا שלום '.repeat(300)],
    ['characters that nobody has given a meaning', '\ue000\uffff\u{10ffff}\u{1f9ff}'],
  ])('takes a text of %s', async (_, text) => {
    expect((await card(text)).png.length).toBeGreaterThan(5_000);
  });
});

describe('what has room', () => {
  it('is a short text whole and in large letters, a longer one in smaller', async () => {
    expect(await fitText(' A line. \n', ROOM)).toEqual({ fontSize: 76, shown: 'A line.', moreWords: 0 });
    const longer = await fitText('The plate stays in the workshop. '.repeat(20), ROOM);
    expect([longer.moreWords, longer.fontSize < 76]).toEqual([0, true]);
  });

  it('is of a long text its beginning, cut at a space, with the number of words left out', async () => {
    const all = Array.from({ length: 1_000 }, (_, i) => `word${i}`);
    const { shown, moreWords, fontSize } = await fitText(all.join(' '), ROOM);
    const words = shown.split(' ');
    expect([words.pop(), fontSize]).toEqual(['…', 34]);
    expect(words).toEqual(all.slice(0, words.length));
    expect(moreWords).toBe(1_000 - words.length);
    expect(words.length).toBeGreaterThan(100);
  });

  it('is never half a character', async () => {
    const { shown } = await fitText('🪶'.repeat(2_000), ROOM);
    expect(shown).not.toMatch(/\p{Surrogate}/u);
  });
});

describe('characters', () => {
  it('of Latin, Cyrillic, Greek and Vietnamese are drawn, and signs and emoji', async () => {
    for (const text of ['Łódź – “naïve” ½ ßÆ', 'Привіт, мир', 'Γειά σου', 'Tiếng Việt', '∀x ∈ ℝ: x² ≥ 0', '→ ✓ ★ 🪶'])
      expect([text, await lacks(text)]).toEqual([text, false]);
  });
  it('that no font of ours has are noticed, each time', async () => {
    for (const text of ['日本', 'שלום', 'हिन्दी', 'x 日本', '日本']) expect([text, await lacks(text)]).toEqual([text, true]);
    expect(await lacks('a\u200db\u202e')).toBe(false);
  });
});
