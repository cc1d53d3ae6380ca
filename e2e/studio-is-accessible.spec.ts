import type { Page } from '@playwright/test';
import { hasNoFaults, isWalkedByKeyboard } from './fixtures/accessible';
import { goOn, saysWhat, testsEndpoint, urlAt } from './fixtures/studio';
import { expect, signIn, test } from './fixtures/wallet';

// A trace copies the whole page at each press of a key, and explains none of what is found here.
test.use({ trace: 'off' });

/** A dialog keeps the focus while it is open, and gives it back to what opened it. */
async function opensAndCloses(page: Page, button: string, title: string): Promise<void> {
  const opener = page.getByRole('button', { name: button, exact: true });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: title });
  await expect(dialog).toBeVisible();
  await hasNoFaults(page, title);
  await isWalkedByKeyboard(page, 'dialog[open]');
  for (let presses = 0; presses < 3; presses++) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog[open]') !== null)).toBe(
      true,
    );
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
}

test('every screen of the studio can be read and used by everybody, on phones and wide, light and dark', async ({ page, wallet }) => {
  await page.goto('/studio');
  await signIn(page, wallet);
  await expect(page.getByRole('link', { name: 'Put a model to work' })).toBeVisible();
  await hasNoFaults(page, 'an empty studio');

  await test.step('the form, step by step, with what is wrong told at its field', async () => {
    await page.goto('/studio/new');
    await goOn(page);
    await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
    await expect(page.getByLabel('Name', { exact: true })).toHaveAccessibleDescription('This has at least two characters.');
    await expect(page.getByRole('alert').filter({ hasText: 'mended' })).toBeVisible();
    await hasNoFaults(page, 'what');
    await saysWhat(page, 'Read By Everybody');
    await expect(page.getByRole('heading', { name: 'Where it runs' })).toBeFocused();
    await page.getByRole('radio', { name: /^Stable Diffusion/ }).check();
    await page.getByRole('textbox', { name: 'Address of the server' }).fill(urlAt(0));
    await page.getByLabel('Checkpoint', { exact: true }).fill('fields_v1');
    await testsEndpoint(page);
    await expect(page.getByRole('alert').filter({ hasText: 'It could not be reached' })).toBeVisible();
    await hasNoFaults(page, 'where');
    await isWalkedByKeyboard(page, '#main');
    await goOn(page);
    for (const preset of ['Size', 'Steps', 'Negative prompt']) await page.getByRole('button', { name: `+ ${preset}` }).click();
    await hasNoFaults(page, 'parameters');
    await goOn(page);
    await page.getByRole('button', { name: '+ A discount for several' }).click();
    await page.getByLabel('For each step').fill('five');
    await goOn(page);
    await expect(page.getByLabel('For each step')).toBeFocused();
    await hasNoFaults(page, 'price');
    await page.getByLabel('For each step').fill('0.1');
    await goOn(page);
    await hasNoFaults(page, 'rights');
    await page.getByRole('button', { name: 'Register the draft' }).click();
  });

  await test.step('a model and its dialogs', async () => {
    await expect(page.getByRole('region', { name: 'Version 1' })).toBeVisible({ timeout: 30_000 });
    await page
      .getByRole('button', { name: 'Replace the secret' })
      .or(page.getByRole('button', { name: 'Store a secret' }))
      .click();
    await page.getByRole('button', { name: 'Store it, and test' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Type the new secret first.' })).toBeVisible();
    await hasNoFaults(page, 'a model');
    await isWalkedByKeyboard(page, '#main');
    await opensAndCloses(page, 'Add an endpoint', 'Another endpoint');
    await opensAndCloses(page, 'Change the price', 'Another price');
    await opensAndCloses(page, 'Change its words', 'What its page says');
  });

  await test.step('trying, publishing, and the next version', async () => {
    const model = page.url();
    await page.getByRole('link', { name: 'Try it' }).click();
    await expect(page.getByTestId('price')).toBeVisible();
    await hasNoFaults(page, 'a draft to try');
    await page.goto(model);
    await page.getByRole('link', { name: 'Publish' }).click();
    await page.getByRole('button', { name: 'Show what it costs' }).click();
    await expect(page.getByRole('checkbox')).toBeFocused();
    await hasNoFaults(page, 'publishing');
    await isWalkedByKeyboard(page, '#main');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Show what it costs' }).click();
    await expect(page.getByRole('button', { name: 'Publish from your wallet' })).toBeVisible();
    await hasNoFaults(page, 'the plan');
    await page.goto(`${model}/new-version`);
    await expect(page.getByLabel('What is new in this version')).toBeVisible();
    await hasNoFaults(page, 'a new version');
    await page.goto('/studio');
    await expect(page.getByRole('link', { name: 'Read By Everybody' })).toBeVisible();
    await hasNoFaults(page, 'models');
  });
});
