import type { Hex } from 'viem';
import { chainId } from '@/lib/chain/client';
import { indexedHead } from '@/lib/chain/queries';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { cidText, RAW } from '@/lib/protocol/cid';
import type { PinKind } from '@/prisma/client/client';

const TOKENS_AT_ONCE = 100;

type Row = { metadata_cid: string; image_cid: string; preview_large: string | null; version_digest: string };

/** Lists what newly minted tokens need to be found without us. Only once their mint is at the confirmed depth: a fork takes no pin back. */
export async function listPins({ prisma, pool }: Database): Promise<number> {
  const chain = await chainId();
  const head = await indexedHead({ prisma, pool }, chain);
  if (!head) return 0;
  const { rows } = await pool.query<Row>(
    `SELECT v.metadata_cid, v.image_cid, w.preview_large, w.version_digest
       FROM token t JOIN voucher v USING (chain_id, collection, token_id) JOIN work w ON w.id = v.work_id
      WHERE t.chain_id = $1 AND t.block_number <= $2 AND NOT EXISTS (SELECT 1 FROM pin p WHERE p.cid = v.metadata_cid)
      ORDER BY t.block_number LIMIT $3`,
    [chain, head.number - BigInt(env.CONFIRMATIONS), TOKENS_AT_ONCE],
  );
  const { count } = await prisma.pin.createMany({ data: rows.flatMap(needsOf), skipDuplicates: true });
  return count;
}

const raw = (digest: Hex) => cidText({ codec: RAW, digest });

function needsOf(row: Row): { cid: string; kind: PinKind }[] {
  return [
    { cid: row.metadata_cid, kind: 'metadata' },
    { cid: row.image_cid, kind: 'image' },
    { cid: raw(row.version_digest as Hex), kind: 'manifest' },
    ...(row.preview_large ? [{ cid: raw(`0x${row.preview_large}`), kind: 'preview' as const }] : []),
  ];
}
