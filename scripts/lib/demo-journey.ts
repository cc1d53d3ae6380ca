import { setTimeout as sleep } from 'node:timers/promises';
import { encodeFunctionData, type Hex } from 'viem';
import { tillAbi } from '@/lib/chain/abi/till';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { startGenerations } from '@/lib/generations/start-generations';
import { issueVoucher } from '@/lib/mint/issue-voucher';
import { getModel, listModels } from '@/lib/models/queries';
import { quoteDeposit } from '@/lib/payments/quote-deposit';
import type { VerifyReport } from '@/lib/provenance/schema';
import { getWork } from '@/lib/works/get-work';
import { demoWallet, signInOverHttp } from './demo-wallet';
import { createReport, type Report, timingTable } from './report';

const PATIENCE_MS = 120_000;

/** Asks until there is an answer. */
async function until<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (const started = Date.now(); Date.now() - started < PATIENCE_MS; await sleep(100)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`waited ${PATIENCE_MS / 1000} s for: ${what}`);
}

/** The main job, start to end: over HTTP where a person would use the browser's address, through the same use-cases elsewhere. */
async function runDemo(web: string, report: Report) {
  const db = openDatabase(env.DATABASE_URL, 4);
  try {
    const wallet = await demoWallet();
    const cookie = await report.step('Sign in with a new wallet', () => signInOverHttp(web, wallet));
    const session = await db.prisma.session.findFirstOrThrow({ where: { user: { address: wallet.account.address.toLowerCase() } } });
    const actor = { userId: session.userId, address: wallet.account.address.toLowerCase() as Hex, sessionId: session.id };

    await report.step('Buy 500 credits at the till', async () => {
      await wallet.fund();
      const deposit = await quoteDeposit(db, actor, { credits: 500 });
      const data = encodeFunctionData({ abi: tillAbi, functionName: 'deposit', args: [deposit.memo] });
      await wallet.send(deposit.till, BigInt(deposit.amount), data);
    });
    await report.step('Credited by the indexer', () =>
      until('credits', async () => (await getBalance(db, actor)).availableMillicredits === '500000'),
    );

    const [card] = await listModels(db);
    const model = card && (await getModel(db, card.slug));
    if (!model) throw new Error('no model is published');
    const { token } = await report.step(`Quote a run of ${model.name}`, () =>
      quote(db, actor, { version: model.version.digest, prompt: 'a first impression, copper on slate', params: {}, seed: null, count: 1 }),
    );
    const { quoteId } = await report.step('Hold the credits and enqueue', () => startGenerations(db, actor, { token }));
    const look = async () => (await listGenerations(db, actor, { quoteId }))[0];
    const run = await report.step('Run, store, attest, capture', () =>
      until('capture', async () => {
        const now = await look();
        if (now?.error) throw new Error(now.error.message);
        return now?.state === 'captured' && now;
      }),
    );
    await report.step('Seal the record into the file', () => until('sealing', async () => (await look())?.sealed));

    const call = await report.step('Ask for a voucher', () => issueVoucher(db, actor, { workId: run.id, label: 'First Impression' }));
    const transactionHash = await report.step('Mint from the wallet', () => wallet.send(call.collection, BigInt(call.valueWei), call.data));
    const work = await report.step('Seen by the indexer', () =>
      until('the token', async () => (await getWork(db, actor, run.id).then((w) => w?.token && w)) ?? null),
    );

    const verify = await report.step('Download the file and verify it', () => downloadAndVerify(web, cookie, run.id));
    await report.step('Check the books', async () => {
      const contradictions = await auditBooks(db);
      if (contradictions.length > 0) throw new Error(`the books contradict themselves: ${JSON.stringify(contradictions)}`);
      const open = async () => (await db.prisma.generation.count({ where: { state: { in: ['held', 'running'] } } })) === 0;
      await until('every hold to be captured or released', open);
    });
    return {
      generationId: run.id,
      workDigest: work.digests.content,
      cid: work.token?.imageCid,
      tokenId: work.token?.tokenId,
      transactionHash,
      verify: verify.verdict,
    };
  } finally {
    await db.close();
  }
}

async function downloadAndVerify(web: string, cookie: string, workId: string): Promise<VerifyReport> {
  const file = await fetch(`${web}/works/${workId}/file`, { headers: { cookie } });
  if (!file.ok) throw new Error(`the file answered ${file.status}`);
  const form = new FormData();
  form.set('file', await file.blob(), 'work.png');
  const answer = await fetch(`${web}/api/v1/verify`, {
    method: 'POST',
    body: form,
    headers: { origin: env.PUBLIC_URL, 'sec-fetch-site': 'same-origin' },
  });
  const report: VerifyReport = await answer.json();
  if (report.verdict !== 'verified') throw new Error(`verify says ${JSON.stringify(report)}`);
  return report;
}

try {
  const report = createReport(console.log);
  const result = await runDemo(process.env.DEMO_WEB_URL ?? env.PUBLIC_URL, report);
  for (const line of timingTable(report.timings)) console.log(`            ${line}`);
  console.log('demo: ok');
  console.log(JSON.stringify(result));
  process.exit(0);
} catch (error) {
  console.error(error);
  console.log('demo: failed');
  process.exit(1);
}
