import { type Check, FINDINGS_SHOWN, type Finding, factFinding } from '../finding';

type Kind = 'token_without_work' | 'token_without_voucher' | 'token_differs' | 'voucher_differs' | 'minted_after_refund';
type Row = { kind: Kind; subject: string; want: string; have: string; href: string | null };

const meanings: Record<Kind, string> = {
  token_without_work:
    'It was minted in one of our collections from a receipt that no work of ours has. Revoke the platform key: it may be in other hands.',
  token_without_voucher: 'It was minted without a voucher of ours. Revoke the platform key: it may be in other hands.',
  token_differs: 'The token says something else than our work or voucher. Compare the two; the chain cannot be changed.',
  voucher_differs: 'A voucher binds something else than its work says. Do not let it be minted, and find out who changed the row.',
  minted_after_refund: 'The work was refunded because it had no sealed file, and it was minted all the same.',
};

/** Tokens, vouchers and works tell the same. Tokens come from the chain through the indexer. */
export const checkTokens: Check = {
  name: 'tokens',
  run: ({ snapshot }) =>
    snapshot(async (sql) => {
      const { rows } = await sql.query<Row>(
        `SELECT * FROM (
           SELECT CASE WHEN w.id IS NULL THEN 'token_without_work' WHEN v.work_id IS NULL THEN 'token_without_voucher'
                       WHEN w.refunded_at IS NOT NULL THEN 'minted_after_refund' ELSE 'token_differs' END AS kind,
                  'token ' || t.collection || ' ' || t.token_id AS subject,
                  concat_ws(' ', coalesce(w.content, 'a work'), coalesce(v.token_id, 'a voucher')) AS want, concat_ws(' ', t.content, t.token_id) AS have,
                  '/works/' || w.id AS href
             FROM token t LEFT JOIN work w ON w.receipt_digest = t.receipt_digest LEFT JOIN voucher v ON v.work_id = w.id
            WHERE w.id IS NULL OR v.work_id IS NULL OR w.refunded_at IS NOT NULL
               OR (t.content, t.token_id, t.chain_id, t.collection) IS DISTINCT FROM (w.content, v.token_id, v.chain_id, lower(v.collection))
           UNION ALL
           SELECT 'voucher_differs', 'voucher of work ' || w.id, concat_ws(' ', w.receipt_digest, w.content), concat_ws(' ', v.receipt_digest, v.content), '/works/' || w.id
             FROM voucher v JOIN work w ON w.id = v.work_id WHERE (v.receipt_digest, v.content) IS DISTINCT FROM (w.receipt_digest, w.content)) x LIMIT $1`,
        [FINDINGS_SHOWN],
      );
      const counted = await sql.query<{ tokens: string; vouchers: string }>(
        'SELECT (SELECT count(*) FROM token) AS tokens, (SELECT count(*) FROM voucher) AS vouchers',
      );
      return { compared: `${counted.rows[0]?.tokens} tokens, ${counted.rows[0]?.vouchers} vouchers`, findings: rows.map(toFinding) };
    }),
};

const toFinding = ({ kind, subject, want, have, href }: Row): Finding =>
  factFinding({ kind, subject, href, explanation: meanings[kind] }, want, have);
