import { startAutomatic1111 } from '../scripts/standins/models/automatic1111';
import { grantBonus } from './fixtures/credits';
import { generates, goesPast, goOn, portAt, publishes, registers, saysWhat, urlAt } from './fixtures/studio';
import { expect, signIn, test } from './fixtures/wallet';

const checkpoints = [{ title: 'fields_v1.safetensors', model_name: 'fields_v1', filename: 'fields_v1', hash: '31e35c80fc', sha256: null }];
const serve = (place: number, auth: string) => startAutomatic1111({ checkpoints, auth, port: portAt(place) });
const [FIRST, CHANGED, SECOND] = ['maker:first', 'maker:changed', 'maker:second'];

test('a creator’s model goes on while one endpoint fails, and everything about it is set right in the studio', async ({ page, wallet }) => {
  let first = await serve(0, FIRST);
  const second = await serve(1, SECOND);
  const endpoint = (place: number) => page.getByRole('listitem').filter({ hasText: urlAt(place) });
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

  const slug = await test.step('registers a model of one endpoint, and publishes it', async () => {
    await page.goto('/studio');
    await signIn(page, wallet);
    await saysWhat(page, 'Kept Fields');
    await page.getByRole('radio', { name: /^Stable Diffusion/ }).check();
    await page.getByRole('textbox', { name: 'Address of the server' }).fill(urlAt(0));
    await page.getByLabel('Checkpoint', { exact: true }).fill('fields_v1');
    await page.getByLabel(/^user:password/).fill(FIRST);
    await goOn(page);
    const registered = await registers(page, '2');
    await publishes(page, registered);
    return registered;
  });

  await test.step('adds a second endpoint behind it', async () => {
    await page.goto(`/studio/${slug}`);
    await button('Add an endpoint').click();
    const dialog = page.getByRole('dialog', { name: 'Another endpoint' });
    await expect(dialog.getByLabel('Where it runs')).toHaveValue('automatic1111');
    await expect(dialog.getByRole('option', { name: 'fal' })).toHaveCount(0); // it reports no version, and this model claims that
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await expect(dialog.getByRole('alert')).toHaveText('Fill in what is marked above first.');
    await expect(dialog.getByLabel('Address of the server')).toBeFocused();
    await page.keyboard.type(urlAt(1));
    await dialog.getByLabel('Checkpoint', { exact: true }).fill('fields_v1');
    await dialog.getByLabel(/^user:password/).fill(SECOND);
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(button('Add an endpoint')).toBeFocused();
    await endpoint(1).getByRole('button', { name: 'Test', exact: true }).click();
    await expect(endpoint(1).getByRole('status')).toContainText('would take a run');
    await expect(endpoint(1)).toContainText('Answers');
  });

  await test.step('the second takes over when the first has another password, and the creator is told', async () => {
    await first.close();
    first = await serve(0, CHANGED);
    await grantBonus(wallet.address, 100_000);
    await page.goto(`/models/${slug}`);
    await generates(page, 'over to the other');
    expect([first.rendered(), second.rendered()]).toEqual([0, 1]);
    await page.goto('/studio');
    await expect(page.getByText('An endpoint does not accept its secret')).toBeVisible();
    await button('Seen').click();
    await expect(page.getByRole('heading', { name: 'To look at' })).toBeHidden();
  });

  await test.step('gives it the new password, which is tested at once', async () => {
    await page.goto(`/studio/${slug}`);
    await endpoint(0).getByRole('button', { name: 'Test', exact: true }).click();
    await expect(endpoint(0).getByRole('alert')).toContainText('It does not accept the secret: it answered 401. Copy the secret again');
    await endpoint(0).getByRole('button', { name: 'Replace the secret' }).click();
    await endpoint(0).getByLabel('New secret').fill(CHANGED);
    await page.keyboard.press('Enter');
    await expect(endpoint(0).getByRole('status')).toContainText('would take a run');
    await expect(endpoint(0)).toContainText('Answers');
    await expect(endpoint(0).getByLabel('New secret')).toBeHidden();
    await expect(endpoint(0).getByRole('button', { name: 'Test', exact: true })).toBeFocused();
  });

  await test.step('sees that the first is down, and retires it', async () => {
    await first.close();
    await endpoint(0).getByRole('button', { name: 'Test', exact: true }).click();
    await expect(endpoint(0).getByRole('alert')).toContainText('It could not be reached: no connection (ECONNREFUSED). Look whether it is running');
    await expect(endpoint(0)).toContainText('Fails');
    await endpoint(0).getByRole('button', { name: 'Retire' }).click();
    await endpoint(0).getByRole('button', { name: 'Leave it' }).click();
    await expect(endpoint(0).getByRole('button', { name: 'Retire' })).toBeFocused();
    await page.keyboard.press('Enter');
    await endpoint(0).getByRole('button', { name: 'Send it no more runs' }).click();
    await expect(endpoint(0)).toContainText(/Retired \d/);
    await endpoint(1).getByRole('button', { name: 'Retire' }).click();
    await expect(endpoint(1).getByRole('button', { name: 'Retire the only one: no more runs' })).toBeVisible();
    await endpoint(1).getByRole('button', { name: 'Leave it' }).click();
  });

  await test.step('sets another price', async () => {
    await button('Change the price').click();
    await page.getByLabel('For each picture').fill('a lot');
    await button('Set this price').click();
    await expect(page.getByText('This is an amount of credits, such as 4.5.')).toBeVisible();
    await expect(page.getByLabel('For each picture')).toBeFocused();
    await page.getByLabel('For each picture').fill('4.5');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/^4\.5 credits a run/)).toBeVisible();
  });

  await test.step('pauses it, and opens it again', async () => {
    await button('Pause').click();
    await expect(page.getByText('takes no runs until you open it again')).toBeVisible();
    await button('Open again').click();
    await expect(page.getByText('Takes runs from everybody.')).toBeVisible();
  });

  await test.step('a new version begins as this one where it runs now, and takes its place', async () => {
    await page.getByRole('link', { name: 'A new version' }).click();
    await page.getByLabel('What is new in this version').fill('Softer fields.');
    await goOn(page);
    await expect(page.getByRole('textbox', { name: 'Address of the server' })).toHaveValue(urlAt(1));
    await page.getByLabel(/^user:password/).fill(SECOND);
    await goOn(page);
    await goesPast(page, 'What can be set');
    await expect(page.getByLabel('For each picture')).toHaveValue('4.5');
    await goOn(page);
    await button('Register the draft').click();
    const version = (number: number) => page.getByRole('region', { name: `Version ${number}` });
    await expect(version(2)).toContainText('Softer fields.', { timeout: 30_000 });
    await publishes(page, slug);
    await page.getByRole('link', { name: 'Back to the studio' }).click();
    await expect(version(2)).toContainText('On its page');
    await expect(version(1)).toContainText('Superseded');
  });
  await second.close();
});
