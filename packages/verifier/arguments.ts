import { parseArgs } from 'node:util';

export const USAGE = `Usage: intaglio-verify <file> --rpc URL [options]
       intaglio-verify --token 0xCOLLECTION/ID --rpc URL [options]

  --rpc URL          any JSON-RPC address of the work's chain; without it only the file itself is checked
  --token C/ID       the token that is meant: its collection, and its number (decimal or 0x)
  --opening FILE     a prompt's opening, JSON with "salt" and "prompt"
  --manifest FILE    the version's manifest, for files that do not carry it
  --related FILE     the file of a parent, or of a later record of the token; may be repeated
  --gateway URL      any IPFS gateway: with --token and no file, the file is fetched there and its CID checked
  --roots FILE       PEM of signers of Content Credentials whom you trust; may be repeated
  --revoked FILE     the house's list of revoked certificates: what they signed counts as broken; may be repeated
  --factory 0x…      a factory you trust beside those that this version ships; may be repeated
  --copies           search the chain's logs for tokens of the same content (many nodes refuse)
  --no-credentials   do not load the C2PA reader
  --json             the whole result as JSON
  --version, --help

Exit code: 0 verified, 1 something failed or could not be checked, 2 wrong usage.`;

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const options = {
  rpc: { type: 'string' },
  token: { type: 'string' },
  opening: { type: 'string' },
  manifest: { type: 'string' },
  gateway: { type: 'string' },
  related: { type: 'string', multiple: true, default: [] as string[] },
  roots: { type: 'string', multiple: true, default: [] as string[] },
  revoked: { type: 'string', multiple: true, default: [] as string[] },
  factory: { type: 'string', multiple: true, default: [] as string[] },
  copies: { type: 'boolean', default: false },
  'no-credentials': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  version: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

export type Token = { collection: `0x${string}`; tokenId: `0x${string}` };

function tokenOf(text: string): Token {
  const [, collection, id] = /^(0x[0-9a-fA-F]{40})\/(0x[0-9a-fA-F]{1,64}|\d{1,78})$/.exec(text) ?? [];
  if (!collection || !id || BigInt(id) >= 1n << 256n) throw new UsageError('--token is a collection and a number: 0x…/123');
  return { collection: collection.toLowerCase() as `0x${string}`, tokenId: `0x${BigInt(id).toString(16).padStart(64, '0')}` };
}

function addressOf(name: string, text: string | undefined): string | undefined {
  if (text !== undefined && !/^https?:\/\//.test(text)) throw new UsageError(`--${name} is an http or https address`);
  return text;
}

/** Reads the command line. Throws UsageError. */
export function readArguments(args: string[]) {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (positionals.length > 1) throw new UsageError('One file at a time.');
  const [file] = positionals;
  const token = values.token === undefined ? undefined : tokenOf(values.token);
  const [rpc, gateway] = [addressOf('rpc', values.rpc), addressOf('gateway', values.gateway)];
  const wantsWords = values.help || values.version;
  if (!wantsWords && !file && !token) throw new UsageError('Name a file, or a token.');
  if (!wantsWords && !file && !rpc) throw new UsageError('A token is asked of its chain: give --rpc.');
  if (values.revoked.length > 0 && values['no-credentials'])
    throw new UsageError('--revoked is about credentials, which --no-credentials leaves unread.');
  if (values.factory.some((address) => !/^0x[0-9a-fA-F]{40}$/.test(address))) throw new UsageError('--factory is an address.');
  return { ...values, file, token, rpc, gateway, credentials: !values['no-credentials'] };
}
export type Arguments = ReturnType<typeof readArguments>;

const parse = (args: string[]) => parseArgs({ args, options, allowPositionals: true });
