import { decodeAbiParameters, type Hex, parseSignature, serializeCompactSignature, signatureToCompactSignature, size } from 'viem';
import { RECEIPT_TYPES, type Receipt } from './receipt';
import type { Voucher } from './voucher';

export type MintInput = {
  receipt: Receipt;
  receiptSignature: Hex;
  voucher: Voucher;
  voucherSignature: Hex;
  /** Canonical parameter text, label and trait bytes: the texts that receipt and voucher bind by hash. */
  params: string;
  label: string;
  traits: Hex;
};

/**
 * The one argument of WorkCollection's `mint`. The contract computes the hashes itself, so they are left out; signatures of 65 bytes are
 * packed to 64 (EIP-2098), which saves some 500 gas.
 */
export function mintRequest({ receipt, receiptSignature, voucher, voucherSignature, params, label, traits }: MintInput) {
  const { version, seed, promptHash, content, parent } = receipt;
  const { to, price, captured, deadline, codec, image } = voucher;
  return {
    ...{ version, seed, promptHash, content, parent },
    ...{ to, price, captured, deadline, codec, image },
    ...{ params, label, traits, evolve: '0x' as Hex },
    receiptSignature: compactSignature(receiptSignature),
    voucherSignature: compactSignature(voucherSignature),
  };
}

/** A 65-byte signature in 64 bytes; anything else (an ERC-1271 signer's own format) is left as it is. */
export function compactSignature(signature: Hex): Hex {
  return size(signature) === 65 ? serializeCompactSignature(signatureToCompactSignature(parseSignature(signature))) : signature;
}

/** The receipt in an `AigcData` event's `aigcData`; its `proof` is the signature. */
export function receiptFromAigcData(aigcData: Hex): Receipt {
  const [version, seed, paramsHash, promptHash, content, parent] = decodeAbiParameters(RECEIPT_TYPES.Receipt, aigcData);
  return { version, seed, paramsHash, promptHash, content, parent };
}
