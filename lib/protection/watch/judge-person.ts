import type { PoolClient } from 'pg';
import { isLinked, type LinkedEvidence } from '../alarms/judge-links';
import { judgeSeeds } from '../alarms/judge-seeds';
import { judgeSweep } from '../alarms/judge-sweep';
import type { Dial } from '../traces/dials';
import { findLinks } from './find-links';
import type { FinishedRun } from './finished-runs';
import { raiseAlarm } from './raise-alarm';
import { lastTraces } from './write-traces';

/** Of a chain of wallets, each with something in common with the next, no more are taken together: whose runs are read for each of them. */
const MOST_WALLETS = 32;

type Person = Pick<FinishedRun, 'modelId' | 'userId' | 'versionDigest'>;

/** Looks at somebody who has new runs of a model. */
export async function judgePerson(tx: PoolClient, person: Person, dials: Dial[]): Promise<void> {
  const { modelId, userId, versionDigest } = person;
  const traces = await lastTraces(tx, modelId, [userId]);
  const about = { modelId, versionDigest, subject: userId, userIds: [userId] };
  const sweep = judgeSweep(traces, dials);
  if (sweep) await raiseAlarm(tx, { ...about, kind: 'sweep', evidence: sweep });
  const seeds = judgeSeeds(traces);
  if (seeds) await raiseAlarm(tx, { ...about, kind: 'seeds', evidence: seeds });
  await judgeLinks(tx, person, dials);
}

async function judgeLinks(tx: PoolClient, { modelId, userId, versionDigest }: Person, dials: Dial[]): Promise<void> {
  const links = (await findLinks(tx, modelId, userId)).filter(isLinked);
  if (links.length === 0) return;
  const known = await knownGroup(tx, modelId, [userId, ...links.map((link) => link.userId)]);
  const traces = await lastTraces(tx, modelId, known.userIds);
  const most = (of: 'payers' | 'addresses' | 'prompts') => Math.max(known.before?.[of] ?? 0, ...links.map((link) => link[of]));
  const evidence: LinkedEvidence = {
    wallets: known.userIds.length,
    ...{ payers: most('payers'), addresses: most('addresses'), prompts: most('prompts') },
    ...{ runs: traces.length, fromMs: traces[0]?.atMs ?? 0, toMs: traces.at(-1)?.atMs ?? 0 },
    jointly: judgeSweep(traces, dials)?.shape ?? null,
  };
  await raiseAlarm(tx, { modelId, versionDigest, kind: 'linked', subject: known.subject, userIds: known.userIds, evidence });
}

/** The open alarm that one of these people is in already, or a new group. */
async function knownGroup(
  tx: PoolClient,
  modelId: string,
  userIds: string[],
): Promise<{ subject: string; userIds: string[]; before: LinkedEvidence | null }> {
  const { rows } = await tx.query<{ subject: string; user_ids: string[]; evidence: LinkedEvidence }>(
    `SELECT subject, user_ids, evidence FROM protection_alarm WHERE model_id = $1 AND kind = 'linked' AND user_ids && $2::uuid[]
      ORDER BY dismissed_at DESC NULLS FIRST, first_at LIMIT 1`,
    [modelId, userIds],
  );
  const [open] = rows;
  const all = [...new Set([...(open?.user_ids ?? []), ...userIds])].slice(0, MOST_WALLETS).sort();
  return { subject: open?.subject ?? all[0] ?? '', userIds: all, before: open?.evidence ?? null };
}
