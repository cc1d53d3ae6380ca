import { KmsFault, type KmsFaultName } from './fault';
import { type KmsKey, newKey, signDigest, spkiOf } from './keys';

type Input = Record<string, unknown>;
type Call = { keys: Map<string, KmsKey>; input: Input; fault: KmsFaultName | undefined };

function keyOf({ keys, input }: Call): KmsKey {
  const id = String(input.KeyId ?? '');
  const key = keys.get(id) ?? [...keys.values()].find(({ arn }) => arn.endsWith(`/${id}`));
  if (!key) throw new KmsFault('NotFoundException', `Key '${id}' does not exist`);
  return key;
}

function usable(call: Call): KmsKey {
  const key = keyOf(call);
  if (key.state === 'Disabled') throw new KmsFault('DisabledException', `${key.arn} is disabled.`);
  if (key.state === 'PendingDeletion') throw new KmsFault('KMSInvalidStateException', `${key.arn} is pending deletion.`);
  return key;
}

function createKey({ keys, input }: Call) {
  if (input.KeyUsage !== 'SIGN_VERIFY') throw new KmsFault('ValidationException', 'KeyUsage must be SIGN_VERIFY for this KeySpec.');
  const tags = (input.Tags ?? []) as { TagKey: string; TagValue: string }[];
  const key = newKey(String(input.KeySpec), Object.fromEntries(tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])));
  keys.set(key.arn, key);
  const KeyMetadata = { Arn: key.arn, KeyId: key.arn.split('/')[1], KeySpec: key.spec, KeyUsage: 'SIGN_VERIFY', KeyState: key.state, Enabled: true };
  return { KeyMetadata: { ...KeyMetadata, CreationDate: Date.now() / 1000, SigningAlgorithms: ['ECDSA_SHA_256'] } };
}

function getPublicKey(call: Call) {
  const key = usable(call);
  const PublicKey = spkiOf(key).toString('base64');
  return { KeyId: key.arn, PublicKey, KeySpec: key.spec, KeyUsage: 'SIGN_VERIFY', SigningAlgorithms: ['ECDSA_SHA_256'] };
}

function sign(call: Call) {
  const { input, fault } = call;
  const key = usable(call);
  const digest = Buffer.from(String(input.Message ?? ''), 'base64');
  if (input.SigningAlgorithm !== 'ECDSA_SHA_256') throw new KmsFault('InvalidKeyUsageException', 'The algorithm does not go with the key.');
  if (input.MessageType !== 'DIGEST') throw new KmsFault('UnsupportedOperationException', 'The stand-in signs digests only.');
  if (digest.length !== 32) throw new KmsFault('ValidationException', 'Digest is invalid length for algorithm ECDSA_SHA_256.');
  const der = signDigest(fault === 'other key' ? newKey(key.spec) : key, digest, fault === 'high s');
  const Signature = (fault === 'no signature' ? Buffer.from('nothing') : der).toString('base64');
  return { KeyId: key.arn, Signature, SigningAlgorithm: input.SigningAlgorithm };
}

function scheduleKeyDeletion(call: Call) {
  const key = keyOf(call);
  const days = Number(call.input.PendingWindowInDays ?? 30);
  if (!(days >= 7 && days <= 30)) throw new KmsFault('ValidationException', 'PendingWindowInDays must be between 7 and 30.');
  if (key.state === 'PendingDeletion') throw new KmsFault('KMSInvalidStateException', `${key.arn} is pending deletion.`);
  key.state = 'PendingDeletion';
  return { KeyId: key.arn, KeyState: key.state, PendingWindowInDays: days, DeletionDate: Date.now() / 1000 + days * 86_400 };
}

/** The operations that the app calls, by the name in `x-amz-target`. */
export const operations = new Map<string, (call: Call) => object>([
  ['CreateKey', createKey],
  ['GetPublicKey', getPublicKey],
  ['Sign', sign],
  ['ScheduleKeyDeletion', scheduleKeyDeletion],
]);
