import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, expect, test } from '@playwright/test';
import { query, stack } from './fixtures/stack';

type Private = { id: string; quote_id: string; preview_small: string; sealed_blob: string; content: string };
type Call = { path: string; init?: Parameters<APIRequestContext['fetch']>[1]; status: number; never?: (work: Private) => string[] };

let work: Private;
test.beforeAll(async () => {
  [work] = (await query<Private>(
    `UPDATE work w SET shared_at = NULL FROM generation g
     WHERE g.id = w.id AND w.id = (SELECT id FROM work WHERE receipt_digest NOT IN (SELECT receipt_digest FROM token) ORDER BY id LIMIT 1)
     RETURNING w.id, g.quote_id, w.preview_small, w.sealed_blob, w.content`,
  )) as [Private];
});
test.afterAll(() => query('UPDATE work SET shared_at = now() WHERE id = $1', [work.id]));

const json = (data: unknown) => ({ method: 'POST', data, headers: { origin: stack.env.PUBLIC_URL ?? '' } });
/** What each route says to somebody signed out who knows the addresses of somebody's private work. A new route fails here until it is listed. */
const routes: Record<string, () => Call> = {
  'app/(account)/credits/statement.csv/route.ts': () => ({ path: '/credits/statement.csv', status: 401 }),
  'app/(account)/usage/export/route.ts': () => ({ path: '/usage/export', status: 401 }),
  'app/(studio)/studio/[slug]/collection.car/route.ts': () => ({ path: '/studio/nacre/collection.car', status: 401 }),
  'app/(studio)/studio/[slug]/usage/export/route.ts': () => ({ path: '/studio/nacre/usage/export', status: 401 }),
  'app/(studio)/studio/earnings/export/route.ts': () => ({ path: '/studio/earnings/export', status: 401 }),
  'app/api/connect/refresh/route.ts': () => ({ path: '/api/connect/refresh', status: 303 }),
  'app/api/connect/return/route.ts': () => ({ path: '/api/connect/return', status: 303 }),
  'app/(site)/w/[content]/route.ts': () => ({ path: `/w/${work.content.slice(2)}`, status: 404 }),
  'app/api/auth/[...nextauth]/route.ts': () => ({ path: '/api/auth/session', status: 200 }),
  'app/api/credentials/root/route.ts': () => ({ path: '/.well-known/intaglio-content-credentials-root.pem', status: 200, never: () => ['PRIVATE'] }),
  'app/api/credentials/revoked/route.ts': () => ({ path: '/.well-known/intaglio-content-credentials-revoked.json', status: 200 }),
  'app/api/deposits/[memo]/route.ts': () => ({ path: `/api/deposits/0x${'ab'.repeat(32)}`, status: 401 }),
  'app/api/endpoint-keys/route.ts': () => ({ path: '/.well-known/intaglio-endpoint-keys.json', status: 200, never: () => ['"d"'] }),
  'app/api/faucet/route.ts': () => ({ path: '/api/faucet', init: json({}), status: 401 }),
  'app/api/generations/events/route.ts': () => ({ path: `/api/generations/events?quote=${work.quote_id}`, status: 401 }),
  'app/api/generations/route.ts': () => ({ path: `/api/generations?quote=${work.quote_id}`, status: 401 }),
  'app/api/passes/relays/[id]/route.ts': () => ({ path: `/api/passes/relays/${work.id}`, status: 401 }),
  'app/api/passes/sent/[hash]/route.ts': () => ({ path: `/api/passes/sent/0x${'ab'.repeat(32)}`, status: 401 }),
  'app/api/rpc/route.ts': () => ({ path: '/api/rpc', init: json({ jsonrpc: '2.0', id: 1, method: 'anvil_setBalance', params: [] }), status: 403 }),
  'app/api/siwe/nonce/route.ts': () => ({ path: '/api/siwe/nonce', init: json({}), status: 200 }),
  'app/api/uploads/route.ts': () => ({
    path: '/api/uploads',
    init: { method: 'POST', data: Buffer.from('a picture'), headers: { 'content-type': 'application/octet-stream' } },
    status: 401,
  }),
  'app/api/uploads/[content]/route.ts': () => ({ path: `/api/uploads/${work.content}`, status: 401 }),
  'app/api/v1/[...rest]/route.ts': () => ({ path: '/api/v1/embeddings', status: 404 }),
  'app/api/v1/chat/completions/route.ts': () => ({ path: '/api/v1/chat/completions', init: json({}), status: 400 }),
  'app/api/v1/files/[link]/route.ts': () => ({ path: `/api/v1/files/${work.id}`, status: 404 }),
  'app/api/v1/generations/[id]/events/route.ts': () => ({ path: `/api/v1/generations/${work.id}/events`, status: 401 }),
  'app/api/v1/generations/[id]/route.ts': () => ({ path: `/api/v1/generations/${work.id}`, status: 401 }),
  'app/api/v1/generations/route.ts': () => ({ path: '/api/v1/generations', status: 401 }),
  'app/api/v1/images/generations/route.ts': () => ({ path: '/api/v1/images/generations', init: json({}), status: 400 }),
  'app/api/health/route.ts': () => ({ path: '/api/health', status: 200 }),
  'app/api/v1/me/route.ts': () => ({ path: '/api/v1/me', status: 401 }),
  'app/api/v1/mcp/route.ts': () => ({ path: '/api/v1/mcp', status: 405 }),
  'app/api/v1/models/[slug]/route.ts': () => ({ path: '/api/v1/models/nacre', status: 200, never: ({ id }) => [id] }),
  'app/api/v1/models/[slug]/schema/route.ts': () => ({ path: '/api/v1/models/nacre/schema', status: 200 }),
  'app/api/v1/models/route.ts': () => ({ path: '/api/v1/models', status: 200, never: ({ id }) => [id] }),
  'app/api/v1/quotes/route.ts': () => ({ path: '/api/v1/quotes', init: json({}), status: 401 }),
  'app/api/v1/uploads/route.ts': () => ({ path: '/api/v1/uploads', init: { method: 'POST', data: Buffer.from('a picture') }, status: 401 }),
  'app/api/v1/uploads/[content]/route.ts': () => ({ path: `/api/v1/uploads/${work.content}`, status: 401 }),
  'app/api/v1/works/[id]/file/route.ts': () => ({ path: `/api/v1/works/${work.id}/file`, status: 401 }),
  'app/api/v1/works/[id]/receipt/route.ts': () => ({ path: `/api/v1/works/${work.id}/receipt`, status: 401 }),
  'app/api/v1/works/[id]/route.ts': () => ({ path: `/api/v1/works/${work.id}`, status: 401 }),
  'app/api/v1/works/[id]/text/route.ts': () => ({ path: `/api/v1/works/${work.id}/text`, status: 401 }),
  'app/api/v1/x402/models/[slug]/runs/route.ts': () => ({ path: '/api/v1/x402/models/nacre/runs', init: json({}), status: 400 }),
  'app/api/v1/verify/route.ts': () => {
    const digest = work.sealed_blob;
    const buffer = readFileSync(join(stack.env.STORAGE_DIR ?? '', digest.slice(0, 2), digest.slice(2, 4), digest));
    const multipart = { file: { name: 'work.png', mimeType: 'image/png', buffer } };
    return { path: '/api/v1/verify', init: { method: 'POST', multipart }, status: 200, never: ({ id, preview_small }) => [id, preview_small] };
  },
  'app/api/webhooks/endpoints/[deployment]/route.ts': () => ({ path: `/api/webhooks/endpoints/${work.id}`, init: json({}), status: 404 }),
  'app/api/webhooks/stripe/route.ts': () => ({ path: '/api/webhooks/stripe', init: json({ type: 'charge.refunded' }), status: 400 }),
  'app/api/works/[id]/mint/route.ts': () => ({ path: `/api/works/${work.id}/mint`, status: 404 }),
  'app/api/works/[id]/relay/route.ts': () => ({ path: `/api/works/${work.id}/relay`, status: 401 }),
  'app/ipfs/[cid]/route.ts': () => ({ path: '/ipfs/bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy', status: 404 }),
  'app/media/[work]/[file]/route.ts': () => ({ path: `/media/${work.id}/${work.preview_small}.webp`, status: 404 }),
  'app/works/[id]/file/route.ts': () => ({ path: `/works/${work.id}/file`, status: 404 }),
  'app/works/[id]/opening/route.ts': () => ({ path: `/works/${work.id}/opening`, status: 404 }),
  'app/works/[id]/receipt/route.ts': () => ({ path: `/works/${work.id}/receipt`, status: 404 }),
  'app/works/[id]/text/route.ts': () => ({ path: `/works/${work.id}/text`, status: 404 }),
};

test('every route is listed here', () => {
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('route.ts'));
  expect(files.map((file) => `app/${file}`).sort()).toEqual(Object.keys(routes).sort());
});

for (const [file, callOf] of Object.entries(routes)) {
  test(`${file} gives a signed-out visitor nothing that is not theirs`, async ({ request }) => {
    const { path, init, status, never } = callOf();
    const response = await request.fetch(path, { maxRedirects: 0, ...init });
    expect(response.status()).toBe(status);
    const body = await response.text();
    for (const secret of never?.(work) ?? []) expect(body).not.toContain(secret);
  });
}

test('every page shows a signed-out visitor nothing that is not theirs', async ({ request }) => {
  for (const path of [
    '/',
    '/models',
    '/models/nacre',
    '/models/strata',
    '/models/vitrail',
    '/credits',
    '/my',
    '/my/copies',
    '/keys',
    '/webhooks',
    '/my/passes',
    '/usage',
    '/studio',
    '/studio/new',
    '/studio/earnings',
    '/studio/passes',
    '/verify',
    '/docs',
    '/docs/api',
    '/docs/errors',
    '/docs/webhooks',
    '/docs/signed-requests',
    `/openings/${'a'.repeat(43)}`,
  ]) {
    const response = await request.get(path);
    expect(response.status(), path).toBe(200);
    expect(await response.text(), path).not.toContain(work.id);
  }
  for (const path of [
    '/admin',
    '/admin/payouts',
    '/admin/alerts',
    '/admin/deposits',
    '/admin/debts',
    '/admin/corrections',
    '/admin/reconciliation',
    '/admin/credentials',
    '/admin/works',
    '/openings/of-nothing',
    `/webhooks/${work.id}`,
    '/admin/pins',
    '/studio/nacre',
    '/studio/nacre/publish',
    '/studio/nacre/try',
    '/studio/nacre/new-version',
    '/studio/nacre/copies',
    '/studio/nacre/protection',
    '/studio/nacre/access',
    `/passes/0x${'ab'.repeat(20)}/100000001`,
    '/passes/nobody/1',
    '/studio/nacre/usage',
  ])
    expect((await request.get(path)).status(), path).toBe(404);
  const answer = await request.get(`/works/${work.id}`);
  expect(answer.status()).toBe(404);
  const page = await answer.text();
  for (const secret of [work.preview_small, work.content, work.sealed_blob]) expect(page).not.toContain(secret);
});

test('every server action refuses a signed-out caller', async ({ request }) => {
  const manifest = '.next/server/server-reference-manifest.json';
  expect(existsSync(manifest)).toBe(true);
  const actions = Object.entries(JSON.parse(readFileSync(manifest, 'utf8')).node as Record<string, { filename: string; exportedName: string }>);
  expect(actions.map(([, a]) => a.exportedName).sort()).toEqual([
    'acknowledgeAlertAction',
    'addCanaryAction',
    'addDeploymentAction',
    'approveCorrectionAction',
    'approvePayoutAction',
    'cancelAction',
    'cancelPayoutAction',
    'checkPurchaseAction',
    'confirmPublishedAction',
    'createAllowlistAction',
    'createKeyAction',
    'createVersionAction',
    'createWebhookAction',
    'creditLargeDepositAction',
    'deleteAllowlistAction',
    'describeModelAction',
    'dismissAlarmAction',
    'editAllowlistAction',
    'keepPassPictureAction',
    'linkOpeningAction',
    'openLinkAction',
    'openPortalAction',
    'planCapAction',
    'planMintWithdrawalAction',
    'planPublishingAction',
    'planPurchaseAction',
    'planRenewalAction',
    'planSaleAction',
    'planTiersAction',
    'planTransferAction',
    'planWithdrawalAction',
    'probeEndpointAction',
    'proposeCorrectionAction',
    'putBackWorkAction',
    'quoteAction',
    'quoteDepositAction',
    'quotePassPurchaseAction',
    'quotePassRenewalAction',
    'quoteRelayAction',
    'readAllowlistAction',
    'refundDepositAction',
    'refundRunsAction',
    'refuseCorrectionAction',
    'rejectPayoutAction',
    'removeCanaryAction',
    'removeWebhookAction',
    'replaceLeafAction',
    'replaceSecretAction',
    'replayWebhookAction',
    'requestPayoutAction',
    'requestRunAction',
    'requestVoucherAction',
    'restrainAction',
    'retireDeploymentAction',
    'revealOpeningAction',
    'revokeKeyAction',
    'revokeLeafAction',
    'rotateWebhookSecretAction',
    'seeNoticeAction',
    'setAccessAction',
    'setBudgetAction',
    'setModelStatusAction',
    'setPriceAction',
    'setTermsAction',
    'setWebhookStateAction',
    'shareAction',
    'signOutAction',
    'signRefundAction',
    'startAction',
    'startCheckoutAction',
    'startOnboardingAction',
    'startPassPurchaseAction',
    'startPassRenewalAction',
    'startRelayAction',
    'takeDownWorkAction',
    'testEndpointAction',
    'testWebhookAction',
    'withdrawLinkAction',
    'writeOffDebtAction',
  ]);
  for (const [id, { exportedName }] of actions) {
    const response = await request.post('/models/nacre', {
      headers: { 'next-action': id, 'content-type': 'text/plain;charset=UTF-8', origin: stack.env.PUBLIC_URL ?? '' },
      data: '[{}]',
    });
    const body = await response.text();
    expect(body, exportedName).toContain('"code":"signed_out"');
  }
});
