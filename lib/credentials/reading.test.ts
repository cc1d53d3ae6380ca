import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { storeSchema } from './manifest-store';
import { readingOf } from './reading';
import { record } from './testing/fixtures';

type Assertion = { label: string; data: unknown };
const receipt = (label: string, data: unknown = record): Assertion => ({ label, data });

/** What the official reader would say of a file with these assertions. */
function read(assertions: Assertion[], over: Record<string, unknown> = {}) {
  const store = { active_manifest: 'a', manifests: { a: { assertions } }, validation_state: 'Trusted', ...over };
  return readingOf(storeSchema.parse(store), []);
}
const codes = (reading: ReturnType<typeof read>) => reading.problems.map(({ code }) => code);

describe('what a file says, read', () => {
  it('has our record where there is exactly one', () => {
    expect(read([receipt('art.intaglio.receipt')])).toMatchObject({ record, problems: [] });
    expect(read([])).toMatchObject({ record: null, problems: [] });
  });

  it('has none where there are two: two readers must not find different ones', () => {
    const two = read([receipt('art.intaglio.receipt'), receipt('art.intaglio.receipt__1', { ...record, chainId: 1 })]);
    expect([two.record, codes(two)]).toEqual([null, ['intaglio.receipt.ambiguous']]);
  });

  it.each([[null], ['text'], [{}], [{ ...record, more: 1 }], [{ ...record, receipt: { ...record.receipt, seed: 7 } }]])(
    'has none where it is %j',
    (data) => {
      const found = read([receipt('art.intaglio.receipt', data)]);
      expect([found.record, codes(found)]).toEqual([null, ['intaglio.receipt.malformed']]);
    },
  );

  it('is never better than invalid without a manifest that we can read', () => {
    for (const manifests of [{}, { b: {} }, { a: { assertions: 'x' } }, { a: 7 }]) {
      expect(read([], { manifests })).toMatchObject({ state: 'invalid', manifest: null });
    }
  });

  it('names every failed check once, in words, also one that we do not know', () => {
    const failure = [{ code: 'assertion.dataHash.mismatch' }, { code: 'assertion.dataHash.mismatch' }, { code: 'new.check' }];
    const deltas = [{ validationDeltas: { failure: [{ code: 'claimSignature.mismatch' }] } }];
    const found = read([], { validation_state: 'Invalid', validation_results: { activeManifest: { failure }, ingredientDeltas: deltas } });
    expect(found.problems).toEqual([
      { code: 'assertion.dataHash.mismatch', where: 'file', words: 'The file was changed after it was signed.' },
      { code: 'new.check', where: 'file', words: 'A check of the credentials failed (new.check).' },
      { code: 'claimSignature.mismatch', where: 'ingredient', words: 'The signature does not belong to what the file says.' },
    ]);
  });
});

it('the reader’s own code runs in a browser, and does not bring the 9 MB library with it', async () => {
  const { metafile } = await build({
    entryPoints: ['lib/credentials/read-credentials.ts'],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
  });
  expect(Object.keys(metafile.inputs).filter((file) => /c2pa-wasm|server-only|peculiar|cborg/.test(file))).toEqual([]);
});
