import { type Hex, parseSignature, serializeCompactSignature, signatureToCompactSignature, size } from 'viem';
import type { FileCid } from './cid';
import type { Receipt } from './receipt';
import { encodeRecord } from './record-bytes';
import type { Voucher } from './voucher';

export type MintInput = {
  receipt: Receipt;
  receiptSignature: Hex;
  voucher: Voucher;
  /** Empty in a batch, which has one signature for all vouchers. */
  voucherSignature: Hex;
  /** Canonical parameter text, label, trait bytes and evolve terms: what receipt and voucher bind by hash. */
  params: string;
  label: string;
  traits: Hex;
  evolve: Hex;
};

/**
 * The one argument of WorkCollection's `mint`. The contract computes the hashes itself, so they are left out; signatures of 65 bytes are
 * packed to 64 (EIP-2098), which saves some 500 gas.
 */
export function mintRequest({ receipt, receiptSignature, voucher, voucherSignature, params, label, traits, evolve }: MintInput) {
  const { to, price, captured, deadline } = voucher;
  const image = { codec: voucher.codec, digest: voucher.image } as FileCid;
  return {
    ...{ to, price, captured, deadline },
    record: encodeRecord({ receipt, image, label, traits, params, evolve }),
    receiptSignature: compactSignature(receiptSignature),
    voucherSignature: compactSignature(voucherSignature),
  };
}

/** A 65-byte signature in 64 bytes; anything else (an ERC-1271 signer's own format) is left as it is. */
export function compactSignature(signature: Hex): Hex {
  return size(signature) === 65 ? serializeCompactSignature(signatureToCompactSignature(parseSignature(signature))) : signature;
}
