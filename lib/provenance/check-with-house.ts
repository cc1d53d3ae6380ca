import { checkWork } from '@/lib/verifier/check-work';
import { contentOf, digestOf, openFile } from '@/lib/verifier/open-file';
import type { CheckInput, Expected } from '@/lib/verifier/schema';
import type { Digests, HouseAnswer, VerifyReport } from './schema';

type Given = Pick<CheckInput, 'file' | 'opened' | 'chain' | 'opening' | 'related' | 'rerun'> & {
  expected?: Expected;
  /** Reads Content Credentials against the house's roots; left out: they stay unchecked. */
  credentials?: (file: Uint8Array, anchors: HouseAnswer['anchors']) => ReturnType<NonNullable<CheckInput['credentials']>>;
};

/**
 * The check of a file, in the browser or on the server, with what the house adds. `ask` is told digests and never the file. Of its answer
 * only `known` is taken on its word.
 */
export async function checkWithHouse({ credentials, ...given }: Given, ask: (digests: Digests) => Promise<HouseAnswer>): Promise<VerifyReport> {
  const opened = given.opened ?? (await openFile(given.file));
  const { record } = opened;
  const content = contentOf(opened);
  const house = await ask({
    content: record?.receipt.content ?? content,
    receiptDigest: record && digestOf(record),
    collection: record?.collection ?? null,
    version: record?.receipt.version ?? null,
  });
  // A file sealed before its work had a title is a true copy of the work, and not the token's file.
  const hint: Expected = record?.label !== undefined && house.token ? { tokenId: house.token.tokenId, image: house.token.image ?? undefined } : {};
  const { verdict, summary, rows, found } = await checkWork({
    ...given,
    opened,
    trust: house.trust,
    manifest: house.manifest ?? undefined,
    expected: { ...hint, ...given.expected },
    credentials: credentials && ((file) => credentials(file, house.anchors)),
  });
  return { verdict, summary, rows, text: found.text, ...house.known };
}
