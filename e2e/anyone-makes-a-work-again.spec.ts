import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { CID } from 'multiformats/cid';
import { query } from './fixtures/stack';

type Row = { id: string; prompt: string; prompt_salt: string; content: string; image_cid: string };

/** A minted work of a house model, and what only whoever made it knows. */
async function mintedWork(): Promise<Row> {
  const [work] = await query<Row>(
    `SELECT w.id, g.prompt, g.prompt_salt, w.content, v.image_cid FROM work w JOIN generation g USING (id) JOIN voucher v ON v.work_id = w.id
      WHERE w.receipt_digest IN (SELECT receipt_digest FROM token) ORDER BY w.captured_at LIMIT 1`,
  );
  if (!work) throw new Error('no minted work');
  return work;
}

test('a stranger who was given the opening makes a work again in the browser and gets the signed picture', async ({ page }) => {
  test.setTimeout(120_000);
  const work = await mintedWork();
  await page.goto(`/works/${work.id}`);
  await page.getByRole('button', { name: 'Make it again in this browser' }).click();
  const opening = page.getByLabel('The opening of the prompt');
  const again = page.getByRole('button', { name: 'Make it again', exact: true });

  await opening.fill('{"prompt":"x"}');
  await again.click();
  await expect(page.getByText('That is no opening')).toBeVisible();
  await opening.fill(JSON.stringify({ salt: work.prompt_salt, prompt: `${work.prompt}.` }));
  await again.click();
  await expect(page.getByText('These are not the salt and prompt that were signed.')).toBeVisible();

  await opening.fill(JSON.stringify({ salt: work.prompt_salt, prompt: work.prompt }));
  const starting = page.waitForEvent('worker');
  await again.click();
  // What computes it may send nothing anywhere either: a worker has the policy of its own script.
  const script = await page.request.get((await starting).url());
  expect(script.headers()['content-security-policy']).toContain("connect-src 'self'");
  const outcome = page.getByTestId('re-run-outcome');
  await expect(outcome).toHaveAttribute('data-same', 'true', { timeout: 90_000 });
  await expect(outcome).toContainText(work.content);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test('a run can be stopped and started over', async ({ page }) => {
  test.setTimeout(120_000);
  const work = await mintedWork();
  await page.goto(`/works/${work.id}`);
  // Without WebAssembly a run takes minutes: long enough to stop it.
  await page.route('**/_next/static/**', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), 'content-security-policy': "script-src 'self'" } });
  });
  await page.getByRole('button', { name: 'Make it again in this browser' }).click();
  await page.getByLabel('The opening of the prompt').fill(JSON.stringify({ salt: work.prompt_salt, prompt: work.prompt }));
  await page.getByRole('button', { name: 'Make it again', exact: true }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start over' })).toBeVisible();
});

test('the picture of a token comes by its CID whole, in part, as a block and as a CAR', async ({ request }) => {
  const { image_cid: cid } = await mintedWork();
  const whole = await request.get(`/ipfs/${cid}`);
  expect(whole.headers()).toMatchObject({ 'content-type': 'image/png', etag: `"${cid}"`, 'x-ipfs-roots': cid, 'x-content-type-options': 'nosniff' });
  const part = await request.get(`/ipfs/${cid}`, { headers: { range: 'bytes=0-7' } });
  expect([part.status(), (await part.body()).equals((await whole.body()).subarray(0, 8))]).toEqual([206, true]);
  const head = await request.head(`/ipfs/${cid}`);
  expect([head.status(), head.headers().etag]).toEqual([200, `"${cid}"`]);
  const block = await request.get(`/ipfs/${cid}?format=raw`);
  expect(block.headers()['content-type']).toBe('application/vnd.ipld.raw');
  const digest = createHash('sha256')
    .update(await block.body())
    .digest('hex');
  expect(Buffer.from(CID.parse(cid).multihash.digest).toString('hex')).toBe(digest);
  const car = await request.get(`/ipfs/${cid}?format=car`);
  expect(car.headers()['content-type']).toContain('application/vnd.ipld.car; version=1');
  expect((await request.get(`/ipfs/${cid}`, { headers: { 'if-none-match': `"${cid}"` } })).status()).toBe(304);
  expect((await request.get(`/ipfs/${cid}?format=tar`)).status()).toBe(400);
});
