import { createServer } from 'node:http';
import OpenAI from 'openai';
import { Webhook } from 'standardwebhooks';
import { hasNoFaults, isWalkedByKeyboard } from './fixtures/accessible';
import { grantBonus } from './fixtures/credits';
import { portAt, urlAt } from './fixtures/studio';
import { expect, signIn, test } from './fixtures/wallet';

type Told = { headers: Record<string, string>; body: string };
const PLACE = 2;

/** A program of somebody's that takes messages, and answers them as it is told to. */
async function startProgram() {
  const told: Told[] = [];
  let status = 204;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    told.push({ headers: request.headers as Record<string, string>, body });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(portAt(PLACE), '127.0.0.1', resolve));
  return {
    told,
    answers: (next: number) => {
      status = next;
    },
    typesTold: () => told.map(({ body }) => JSON.parse(body).type as string),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

test('a program is told of each run in messages that a Standard Webhooks library verifies, and its use is drawn and told in a file', async ({
  page,
  wallet,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const program = await startProgram();
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const entry = (type: string) => page.getByRole('listitem').filter({ hasText: type }).first();
  await page.goto('/webhooks');
  await signIn(page, wallet);
  await grantBonus(wallet.address, 1_000_000);

  const first = await test.step('its address is added, and a test message arrives', async () => {
    await page.goto('/webhooks');
    await page.getByLabel('Address', { exact: true }).fill(`${urlAt(PLACE)}/intaglio`);
    await button('Add the address').click();
    const shown = (await page.getByText(/^whsec_/).textContent()) ?? '';
    await page.getByRole('link', { name: 'Send it a test message' }).click();
    await button('Send a test message').click();
    await expect(entry('webhook.test')).toContainText('Delivered', { timeout: 20_000 });
    await expect(entry('webhook.test')).toContainText('answered 204');
    expect(new Webhook(shown).verify(program.told[0]?.body ?? '', program.told[0]?.headers ?? {})).toMatchObject({ type: 'webhook.test' });
    return shown;
  });
  const address = page.url();

  const key = await test.step('a run by a key of theirs is told, delivered and sealed', async () => {
    await page.goto('/keys');
    await page.getByLabel('Name', { exact: true }).fill('Nightly prints');
    await button('Make the key').click();
    const secret = (await page.getByRole('dialog').getByText(/^igl_/).textContent()) ?? '';
    const client = new OpenAI({ apiKey: secret, baseURL: `${baseURL}/api/v1`, maxRetries: 0 });
    await client.images.generate({ model: 'nacre', prompt: 'a gate left open', size: '256x256' });
    await expect.poll(program.typesTold, { timeout: 30_000 }).toEqual(expect.arrayContaining(['generation.captured', 'work.sealed']));
    for (const { body, headers } of program.told) expect(() => new Webhook(first).verify(body, headers)).not.toThrow();
    expect(JSON.stringify(program.told)).not.toContain('a gate left open');
    return secret;
  });

  await test.step('what did not arrive stands in the log, and is sent again', async () => {
    await page.goto(address);
    await expect(entry('work.sealed')).toContainText('Delivered');
    await hasNoFaults(page, 'messages that arrived');
    await isWalkedByKeyboard(page, '#main');
    program.answers(503);
    await button('Send a test message').click();
    await expect(entry('webhook.test')).toContainText('answered 503', { timeout: 20_000 });
    await expect(entry('webhook.test')).toContainText('next try');
    program.answers(200);
    await button('Send webhook.test again').first().click();
    await expect(entry('webhook.test')).toContainText('answered 200', { timeout: 20_000 });
    await expect(entry('webhook.test')).toContainText('Delivered');
    expect(program.told.at(-1)?.headers['webhook-id']).toBe(program.told.at(-2)?.headers['webhook-id']);
  });

  await test.step('while its secret is turned, both sign', async () => {
    await button('Make a new secret').click();
    await button(/^Yes, the old one/).click();
    const second = (await page.getByText(/^whsec_/).textContent()) ?? '';
    const before = program.told.length;
    await button('Send a test message').click();
    await expect.poll(() => program.told.length, { timeout: 20_000 }).toBe(before + 1);
    const { body, headers } = program.told.at(-1) as Told;
    for (const secret of [first, second]) expect(() => new Webhook(secret).verify(body, headers)).not.toThrow();
  });

  await test.step('one that answers 410 is told nothing more, until it is let go on', async () => {
    program.answers(410);
    await button('Send a test message').click();
    await expect(page.getByText('It answered 410', { exact: false })).toBeVisible({ timeout: 20_000 });
    await hasNoFaults(page, 'a stopped address');
    program.answers(204);
    await button('Let it go on').click();
    await expect(page.getByText('Told of events')).toBeVisible();
  });

  await test.step('its use is drawn, told in tables, and in a file', async () => {
    await page.goto('/usage?days=1');
    await expect(page.getByRole('rowheader', { name: /^Nightly prints/ })).toBeVisible();
    await expect(page.getByRole('rowheader', { name: 'nacre' })).toBeVisible();
    await hasNoFaults(page, 'usage');
    await isWalkedByKeyboard(page, '#main');
    const csv = await (await page.request.get('/usage/export?days=1')).text();
    expect(csv).toContain('Nightly prints');
    expect(csv).not.toContain(key);
  });
  await program.stop();
});
