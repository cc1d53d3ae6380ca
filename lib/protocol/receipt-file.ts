import type { Hex } from 'viem';
import { z } from 'zod';
import { cidText, rawCid } from './cid';
import type { Manifest } from './manifest';
import { ProtocolError } from './protocol-error';
import { collectionDomain, type Receipt, receiptDigest } from './receipt';
import { receiptJson } from './work-record';

const hexText = (bytes: number) => z.string().regex(new RegExp(`^0x[0-9a-f]{${bytes * 2}}$`));
const field = (name: string, type: string) => z.strictObject({ name: z.literal(name), type: z.literal(type) });

/** EIP-712 asks for every type by name: with it the object is what `eth_signTypedData_v4` and every library take as it stands. */
export const typesSchema = z.strictObject({
  EIP712Domain: z.tuple([field('name', 'string'), field('version', 'string'), field('chainId', 'uint256'), field('verifyingContract', 'address')]),
  Receipt: z.tuple([
    field('version', 'bytes32'),
    field('seed', 'uint64'),
    field('paramsHash', 'bytes32'),
    field('promptHash', 'bytes32'),
    field('content', 'bytes32'),
    field('parent', 'bytes32'),
  ]),
});

const tokenSchema = z.strictObject({
  tokenId: hexText(32),
  /** The metadata's text: the token id is its sha-256, and it names the token's file. */
  metadata: z.string(),
  metadataCid: z.string(),
  imageCid: z.string(),
  mintTransaction: hexText(32),
});

/** A receipt as a file that says everything needed to check it, and how strong what it says is. docs/receipt.md explains each field. */
export const receiptFileSchema = z.strictObject({
  type: z.literal('intaglio-receipt'),
  v: z.literal(1),
  /** A signed statement. Neither a zero-knowledge proof nor a fraud proof: nothing here proves the computation. */
  proofType: z.literal('attestation'),
  reproducibility: z.enum(['A', 'B', 'C', 'D']),
  kind: z.enum(['image', 'text']),
  typedData: z.strictObject({
    domain: z.strictObject({
      name: z.literal('Intaglio'),
      version: z.literal('1'),
      chainId: z.number().int().positive(),
      verifyingContract: hexText(20),
    }),
    primaryType: z.literal('Receipt'),
    types: typesSchema,
    message: z.strictObject({
      version: hexText(32),
      /** uint64 as decimal text. */
      seed: z
        .string()
        .regex(/^(0|[1-9]\d{0,19})$/)
        .refine((text) => BigInt(text) < 2n ** 64n, 'above uint64'),
      paramsHash: hexText(32),
      promptHash: hexText(32),
      content: hexText(32),
      parent: hexText(32),
    }),
  }),
  /** The EIP-712 digest of typedData: what was signed. */
  digest: hexText(32),
  signature: z.string().regex(/^0x([0-9a-f]{2})*$/),
  signer: z.strictObject({
    address: hexText(20),
    /** What answers for the signature: a key, a contract account, or a key in a key management service. */
    kind: z.enum(['eoa', 'erc1271', 'kms']),
    custody: z.enum(['creator', 'platform']),
  }),
  /** The parameters' text: paramsHash is its sha-256. */
  params: z.string(),
  /** The version's manifest: its sha-256 is `version`. */
  manifest: z.strictObject({ cid: z.string(), text: z.string() }),
  token: tokenSchema.nullable(),
});
export type ReceiptFile = z.infer<typeof receiptFileSchema>;

type Parts = {
  chainId: number;
  collection: Hex;
  receipt: Receipt;
  signature: Hex;
  signer: { address: Hex; kind: ReceiptFile['signer']['kind'] };
  params: string;
  /** As it was signed, and what is in it. */
  manifestText: string;
  manifest: Pick<Manifest, 'kind' | 'reproducibility' | 'signerCustody'>;
  token: ReceiptFile['token'];
};

/** Writes a receipt as a file. Throws ZodError where a part is not what it has to be. */
export function makeReceiptFile({ chainId, collection, receipt, signature, signer, params, manifestText, manifest, token }: Parts): ReceiptFile {
  return receiptFileSchema.parse({
    type: 'intaglio-receipt',
    v: 1,
    proofType: 'attestation',
    reproducibility: manifest.reproducibility,
    kind: manifest.kind,
    typedData: {
      domain: collectionDomain(chainId, collection),
      primaryType: 'Receipt',
      types: {
        EIP712Domain: fieldsOf(typesSchema.shape.EIP712Domain),
        Receipt: fieldsOf(typesSchema.shape.Receipt),
      },
      message: receiptJson(receipt),
    },
    digest: receiptDigest(chainId, collection, receipt),
    signature,
    signer: { ...signer, custody: manifest.signerCustody },
    params,
    manifest: { cid: cidText(rawCid(manifestText)), text: manifestText },
    token,
  });
}

/** The schema is the one place where the types stand. */
function fieldsOf({ def }: { def: { items: readonly ReturnType<typeof field>[] } }) {
  return def.items.map(({ shape }) => ({ name: shape.name.value, type: shape.type.value }));
}

/** Reads a receipt's text. Whether it holds is to be checked. Throws ProtocolError on anything else. */
export function parseReceiptFile(text: string): ReceiptFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProtocolError('the receipt is not JSON');
  }
  const parsed = receiptFileSchema.safeParse(value);
  if (!parsed.success) throw new ProtocolError(`the receipt is not valid: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
