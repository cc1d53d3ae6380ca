import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { getDraft } from '@/lib/models/get-draft';
import { createDeploymentLoader, loadDeployment } from '@/lib/models/load-deployments';
import { getModel, listVersions } from '@/lib/models/queries';
import { seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';
import { addDeployment } from './add-deployment';
import { confirmPublished } from './confirm-published';
import { createVersion } from './create-version';
import { describeModel } from './describe-model';
import { planPublishing } from './plan-publishing';
import { getOwnModel, listOwnModels } from './queries';
import { replaceSecret } from './replace-secret';
import { retireDeployment } from './retire-deployment';
import { boundsInput, deploymentInput, priceInput, type VersionInput, versionInput } from './schema';
import { setModelStatus } from './set-model-status';
import { setPrice } from './set-price';
import { testEndpoint } from './test-endpoint';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const [ANNA, BORIS] = [3, 4];
const SECRET = 'canary-4711';
let [anna, boris]: Actor[] = [];
const deployment = { provider: 'automatic1111' as const, url: 'https://sd.example.com', reference: 'x', secret: SECRET };
const given: VersionInput = {
  name: 'Relief',
  parameters: { type: 'object', properties: {}, additionalProperties: false },
  seedKind: 'exact',
  reproducibility: 'D',
  licence: 'CC-BY-4.0',
  deployment,
  price: { perImageMillicredits: '5000' },
};
const create = (actor: Actor | undefined, part: Partial<VersionInput> = {}) =>
  createVersion(db, actor as Actor, versionInput.parse({ ...given, ...part }));
const bounds = boundsInput.parse({});

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  [anna, boris] = await Promise.all([ANNA, BORIS].map((wallet) => seedPerson(db, testChain.wallet(wallet).account.address)));
});
afterAll(() => db.close());

test('somebody else’s model, version and deployment are not there, whatever is asked of them', async () => {
  const { slug, version } = await create(anna);
  const row = await db.prisma.deployment.findFirstOrThrow({ where: { versionDigest: version } });
  const stranger = boris as Actor;
  const calls: (() => Promise<unknown>)[] = [
    () => create(boris, { model: slug }),
    () => setModelStatus(db, stranger, { model: slug, status: 'paused' }),
    () => addDeployment(db, stranger, { version, deployment: deploymentInput.parse(deployment) }),
    () => retireDeployment(db, stranger, { deployment: row.id }),
    () => replaceSecret(db, stranger, { deployment: row.id, secret: 'mine', webhookSecret: null }),
    () => describeModel(db, stranger, { model: slug, tagline: 'mine', description: '' }),
    () => setPrice(db, stranger, { version, price: priceInput.parse({}) }),
    () => testEndpoint(db, stranger, { deployment: row.id }),
    () => planPublishing(db, stranger, { version, bounds, affirmsRights: true }),
    () => confirmPublished(db, stranger, { version }),
  ];
  for (const call of calls) await expect(call(), String(call)).rejects.toMatchObject({ code: 'not_found' });
  expect([await getOwnModel(db, stranger, slug), await getDraft(db, stranger, slug, version), await listOwnModels(db, stranger)]).toEqual([
    null,
    null,
    [],
  ]);
  expect(await db.prisma.deployment.findUniqueOrThrow({ where: { id: row.id } })).toEqual(row);
});

test('a version is not put under a model of somebody else who has just taken its address, and leaves no key behind', async () => {
  const keys = () => db.prisma.sealedKey.count();
  const { slug } = await create(anna, { name: 'Taken' });
  const before = await keys();
  await expect(seedTestModel(db, boris as Actor, { slug })).rejects.toMatchObject({ code: 'conflict' });
  expect([await keys(), await db.prisma.modelVersion.count({ where: { model: { slug } } })]).toEqual([before, 1]);
});

test('a draft is its creator’s to see, without its secret, and nobody’s on the public page', async () => {
  const { slug, version } = await create(anna, { name: 'Quiet draft' });
  expect(await getModel(db, slug)).toBeNull();
  expect(await getDraft(db, anna as Actor, slug, version)).toMatchObject({ name: 'Quiet draft', version: { digest: version, publishedAt: null } });
  const own = await getOwnModel(db, anna as Actor, slug);
  expect(own?.versions[0]?.deployments[0]).toMatchObject({ hasSecret: true, url: 'https://sd.example.com' });
  expect(JSON.stringify(own)).not.toContain(SECRET);
});

test('a licence that what the model was made from rules out is refused, and nothing is registered', async () => {
  const refused = create(anna, { name: 'Conflicted', upstreamLicences: ['LicenseRef-FLUX-dev'] });
  await expect(refused).rejects.toMatchObject({ code: 'licence_conflict', details: { conflicts: [expect.stringContaining('selling access')] } });
  expect(await db.prisma.model.count({ where: { name: 'Conflicted' } })).toBe(0);
});

test('no version claims more than its endpoint can report', async () => {
  const claims: [Partial<VersionInput>, string][] = [
    [{ reproducibility: 'B' }, 'reproducibility'],
    [{ reproducibility: 'C', deployment: { ...deployment, provider: 'comfyui', options: { graph: {}, slots: {} } } }, 'options'],
    [{ reproducibility: 'C', deployment: { provider: 'fal', reference: 'fal-ai/flux/dev', secret: 'x' } }, 'reproducibility'],
    [{ signerCustody: 'creator', signerAddress: `0x${'11'.repeat(20)}` }, 'signerCustody'],
    [{ kind: 'text' }, 'kind'],
    [{ deployment: { provider: 'openai-images', reference: 'gpt-image-1', secret: 'x' } }, 'seedKind'],
  ];
  for (const [part, field] of claims)
    await expect(create(anna, part), field).rejects.toMatchObject({ code: 'invalid_input', details: { fields: { [field]: expect.any(String) } } });
  await expect(create(anna, { reproducibility: 'B', deployment: { ...deployment, mustReport: '31e35c80fc' } })).resolves.toMatchObject({});
});

test('a version that takes a picture is registered only where its endpoint has a place for one, and so is each deployment after', async () => {
  const picture = { type: 'string', title: 'Start from', default: '', contentMediaType: 'image/png' } as const;
  const parameters = { type: 'object', properties: { picture }, additionalProperties: false } as const;
  const node = { class_type: 'LoadImage', inputs: { text: '', image: '' } };
  const comfy = (slots: object) => ({ ...deployment, provider: 'comfyui' as const, options: { graph: { '1': node }, slots } });
  const prompt = { node: '1', input: 'text' };
  const nowhere: [Partial<VersionInput>, RegExp][] = [
    [{ deployment: comfy({ prompt }) }, /no slot “image”/],
    [{ deployment: { provider: 'replicate', reference: 'a/b', secret: 'x', options: { input: { image: '' } } } }, /“image” is empty/],
    [{ deployment: { provider: 'fal', reference: 'a/b', secret: 'x', options: { input: { image: '' } } } }, /“image” is empty/],
    [{ kind: 'text', deployment: { ...deployment, provider: 'openai-chat' } }, /no place for a picture/],
  ];
  for (const [part, message] of nowhere)
    await expect(create(anna, { parameters, ...part })).rejects.toMatchObject({ details: { fields: { options: expect.stringMatching(message) } } });
  // The same endpoint, where no picture is taken.
  await create(anna, { name: 'Wordy', deployment: comfy({ prompt }) });
  const { version } = await create(anna, { name: 'Pictured', parameters, deployment: comfy({ prompt, image: { node: '1', input: 'image' } }) });
  const add = (given: VersionInput['deployment']) => addDeployment(db, anna as Actor, { version, deployment: deploymentInput.parse(given) });
  await expect(add(comfy({ prompt }))).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(add(deployment)).resolves.toMatchObject({});
});

test('versions of a model count up, each a manifest of its own', async () => {
  const first = await create(anna, { name: 'Counted' });
  const second = await create(anna, { name: 'Counted', model: first.slug, changelog: 'Softer.' });
  expect(second.slug).toBe(first.slug);
  expect((await getOwnModel(db, anna as Actor, first.slug))?.versions.map(({ number, digest }) => [number, digest])).toEqual([
    [2, second.version],
    [1, first.version],
  ]);
});

test('a version opens when the chain has it under its creator’s own hand, and not before', async () => {
  const creator = boris as Actor;
  const { slug, version } = await create(boris, { name: 'Published', changelog: 'The first.' });
  expect(await confirmPublished(db, creator, { version })).toEqual({ published: false });
  const plan = await planPublishing(db, creator, { version, bounds, affirmsRights: true });
  expect(plan.calls).toMatchObject([{ what: expect.stringContaining('Deploys your collection'), gas: expect.stringMatching(/^\d+$/) }]);
  expect(await confirmPublished(db, creator, { version })).toEqual({ published: false });

  const [call] = plan.calls;
  const send = { to: call?.to as `0x${string}`, data: call?.data as `0x${string}`, gas: 3_000_000n };
  await testChain.wallet(ANNA).sendTransaction(send);
  await testChain.mine();
  expect(await confirmPublished(db, creator, { version }), 'sent by somebody else').toEqual({ published: false });
  await testChain.wallet(BORIS).sendTransaction(send);
  await testChain.mine();
  expect(await confirmPublished(db, creator, { version })).toEqual({ published: true });
  expect(await getModel(db, slug)).toMatchObject({ status: 'published', version: { digest: version } });
  expect(await listVersions(db, slug)).toMatchObject([{ number: 1, changelog: 'The first.' }]);
  expect(await getDraft(db, creator, slug, version)).toBeNull();

  const next = await create(boris, { name: 'Published', model: slug });
  const added = await planPublishing(db, creator, { version: next.version, bounds, affirmsRights: true });
  expect(added).toMatchObject({ collection: plan.collection, calls: [{ to: plan.collection }] });
  expect((await getModel(db, slug))?.versionNumber).toBe(1);
  expect(await getDraft(db, creator, slug, next.version)).toMatchObject({ status: 'published', versionNumber: 2 });
});

test('its creator adds an endpoint, stores another secret, retires one, sets a price and says something else of it', async () => {
  const { slug, version } = await create(anna, { name: 'Kept in hand' });
  const creator = anna as Actor;
  const first = await db.prisma.deployment.findFirstOrThrow({ where: { versionDigest: version } });
  const { id: second } = await addDeployment(db, creator, { version, deployment: deploymentInput.parse({ ...deployment, secret: 'other:word' }) });
  const usable = async () => (await createDeploymentLoader(db)({ version, preferred: first.id })).map(({ id, secret }) => [id, secret.secret]);
  expect(await usable()).toEqual([
    [first.id, SECRET],
    [second, 'other:word'],
  ]);
  await replaceSecret(db, creator, { deployment: first.id, secret: 'new:word', webhookSecret: null });
  expect((await loadDeployment(db, first.id))?.secret.secret).toBe('new:word');
  await retireDeployment(db, creator, { deployment: first.id });
  expect(await usable()).toEqual([[second, 'other:word']]);
  await setPrice(db, creator, { version, price: priceInput.parse({ perImageMillicredits: '7000', trialRuns: 2 }) });
  await describeModel(db, creator, { model: slug, tagline: 'In a sentence', description: 'At length' });
  expect(await getOwnModel(db, creator, slug)).toMatchObject({
    tagline: 'In a sentence',
    description: 'At length',
    versions: [{ price: { perImageMillicredits: '7000', trialRuns: 2 } }],
  });
});

test('a further endpoint bears out what the version claims, or is refused', async () => {
  const { version } = await create(anna, { name: 'Claimed', reproducibility: 'B', deployment: { ...deployment, mustReport: '31e35c80fc' } });
  const add = (part: object) => addDeployment(db, anna as Actor, { version, deployment: deploymentInput.parse({ ...deployment, ...part }) });
  const refused = (field: string) => ({ code: 'invalid_input', details: { fields: { [field]: expect.any(String) } } });
  await expect(add({}), 'nothing to compare its report with').rejects.toMatchObject(refused('reproducibility'));
  await expect(add({ provider: 'fal', url: null })).rejects.toMatchObject(refused('reproducibility'));
  await expect(add({ provider: 'openai-images', url: null })).rejects.toMatchObject(refused('seedKind'));
  await expect(add({ provider: 'openai-chat' })).rejects.toMatchObject(refused('kind'));
  await expect(add({ mustReport: '31e35c80fc' })).resolves.toMatchObject({ id: expect.any(String) });
});

test('a creator’s own test is kept as a look at the endpoint, and a fault that it finds does not count towards pausing', async () => {
  const { slug, version } = await create(anna, { name: 'Looked at' });
  const { id } = await db.prisma.deployment.findFirstOrThrow({ where: { versionDigest: version } });
  expect(await testEndpoint(db, anna as Actor, { deployment: id })).toMatchObject({ ok: false, fault: 'unreachable' });
  const own = await getOwnModel(db, anna as Actor, slug);
  expect(own?.versions[0]?.deployments).toMatchObject([{ failures: 0, uptimePercent: 0, lastCheck: { fault: 'unreachable' } }]);
});
