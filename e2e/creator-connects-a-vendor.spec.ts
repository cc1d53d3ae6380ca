import { startAutomatic1111 } from '../scripts/standins/models/automatic1111';
import { startReplicate } from '../scripts/standins/models/replicate';
import { grantBonus } from './fixtures/credits';
import { query, stack } from './fixtures/stack';
import { generates, goOn, lastRun, portAt, publishes, registers, saysWhat, testsEndpoint, triesDraft, urlAt } from './fixtures/studio';
import { expect, installWallet, signIn, test } from './fixtures/wallet';

// Both vendors are stand-ins that speak their documented wire formats (scripts/standins/models): no vendor was called, and none of it shows
// that a live one answers alike.

const CHECKPOINT = { title: 'fields_v1.safetensors [31e35c80fc]', model_name: 'fields_v1', filename: '/models/fields_v1.safetensors' };
const SHA256 = `31e35c80fc${'4a'.repeat(27)}`;

type Visit = { browser: import('@playwright/test').Browser; baseURL: string | undefined; slug: string };

/** Somebody else, in a browser of their own, makes a work with the model; resolves to their address. */
async function somebodyElseRuns({ browser, baseURL, slug }: Visit): Promise<string> {
  const room = await browser.newContext({ baseURL });
  const other = await installWallet(room, { rpcUrl: stack.env.RPC_URL ?? '' });
  const visitor = await room.newPage();
  await visitor.goto(`/models/${slug}`);
  await signIn(visitor, other);
  await grantBonus(other.address, 100_000);
  await visitor.reload();
  await generates(visitor, 'first light');
  await visitor.getByRole('link', { name: 'Open the work' }).click();
  await expect(visitor).toHaveURL(/\/works\//);
  await room.close();
  return other.address.toLowerCase();
}

test('a creator sells a model at Replicate: its job is followed until the picture is there', async ({ page, wallet, browser, baseURL }) => {
  const vendor = await startReplicate({ port: portAt(0) });
  await page.goto('/studio');
  await signIn(page, wallet);

  const slug = await test.step('registers it', async () => {
    await saysWhat(page, 'Hosted Fields');
    await page.getByRole('radio', { name: /^Replicate/ }).check();
    await page.getByLabel('Version id, or owner/name').fill(vendor.world.model);
    await goOn(page);
    await expect(page.getByText('This is needed.')).toBeVisible();
    await page.getByLabel('API token', { exact: true }).fill(vendor.world.token);
    await page.getByLabel('Version id it must report').fill(vendor.world.version);
    await goOn(page);
    return registers(page, '3');
  });

  await test.step('tests it, once its address is the stand-in’s: the studio asks for none, since Replicate has one for everybody', async () => {
    await query(
      'UPDATE deployment d SET url = $1 FROM model_version v JOIN model m ON m.id = v.model_id WHERE v.digest = d.version_digest AND m.slug = $2',
      [vendor.url, slug],
    );
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(page.getByText(`It says it runs ${vendor.world.version}`)).toBeVisible();
  });

  await test.step('tries the draft, publishes it, and somebody else pays for a run', async () => {
    await triesDraft(page);
    await publishes(page, slug);
    const address = await somebodyElseRuns({ browser, baseURL, slug });
    const jobs = [...vendor.jobs.keys()];
    expect(jobs).toHaveLength(2);
    expect(await lastRun(slug)).toEqual({ address, price: '3000', reported: vendor.world.version, job: jobs[1] });
  });
  await vendor.close();
});

test('a creator sells a Stable Diffusion of their own: a wrong address and a wrong password are told apart', async ({
  page,
  wallet,
  browser,
  baseURL,
}) => {
  const auth = 'maker:a password';
  const options = { checkpoints: [{ ...CHECKPOINT, hash: '31e35c80fc', sha256: SHA256 }], auth, port: portAt(0) };
  await page.goto('/studio');
  await signIn(page, wallet);
  await saysWhat(page, 'Own Fields');
  await page.getByRole('radio', { name: /^Stable Diffusion/ }).check();
  await page.getByLabel('Checkpoint', { exact: true }).fill('fields_v1');
  const found = page.getByRole('alert').filter({ hasText: /^It|^This/ });

  await test.step('is told that nothing runs there, and what to look at', async () => {
    await page.getByRole('textbox', { name: 'Address of the server' }).fill(urlAt(0));
    await page.getByLabel(/^user:password/).fill('maker:another');
    await testsEndpoint(page);
    await expect(found).toContainText('It could not be reached: no connection (ECONNREFUSED). Look whether it is running');
  });

  const server = await startAutomatic1111(options);
  await test.step('is told that the password is wrong, and of another checkpoint', async () => {
    await testsEndpoint(page);
    await expect(found).toContainText('It does not accept the secret: it answered 401.');
    await page.getByLabel(/^user:password/).fill(auth);
    await page.getByLabel('Checkpoint', { exact: true }).fill('fields_v2');
    await testsEndpoint(page);
    await expect(found).toContainText('it has no checkpoint of that name');
  });

  const slug = await test.step('claims what the server can report, and registers it', async () => {
    await page.getByLabel('Checkpoint', { exact: true }).fill('fields_v1');
    await testsEndpoint(page);
    await expect(page.getByText('would take a run. It says it runs 31e35c80fc.')).toBeVisible();
    await goOn(page);
    return registers(page, '2');
  });

  await test.step('tries the draft, publishes it, and somebody else pays for a run', async () => {
    await triesDraft(page);
    await publishes(page, slug);
    const address = await somebodyElseRuns({ browser, baseURL, slug });
    expect(server.rendered()).toBe(2);
    expect(await lastRun(slug)).toEqual({ address, price: '2000', reported: '31e35c80fc', job: null });
  });
  await server.close();
});
